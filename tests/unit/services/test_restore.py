"""One field brought back to what it once was."""

from __future__ import annotations

from typing import Any

import pytest

from ucapdesk.model.values import Bilingual, Codes, When
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.refusals import InTrash

SHAPES: dict[str, tuple[Any, Any]] = {
    "when": (When(date="2026-11-25", start="09:00", tz="Europe/Madrid"), When(date="2026-11-26")),
    "ordinal": (3, 4),
    "room": ("12", None),
    "tags": (Codes(["a", "b"]), Codes(["b", "c", "d"])),
    "title": (Bilingual(en="One"), Bilingual(en="Two")),
    "mode": ("online", "in_person"),
}


@pytest.fixture
def meeting(desk: Desk) -> str:
    """A record to write into."""
    return records.add(desk, "meeting", {"summary": Bilingual(en="Something")})


@pytest.mark.rule("U3")
@pytest.mark.parametrize("field", SHAPES)
def test_values_of_every_shape_come_back_in_one_step_that_can_be_undone(desk: Desk, meeting: str, field: str) -> None:
    first, second = SHAPES[field]
    for value in (first, second):
        records.edit(desk, meeting, {field: value})
    before = maintenance.digest(desk)
    assert history.restore(desk, meeting, history.of(desk, meeting)[-1], before=True)
    back = getattr(records.get(desk, meeting), field)
    assert sorted(back) == sorted(first) if isinstance(first, Codes) else back == first
    assert history.of(desk, meeting)[-1].sentence.startswith("Restored an earlier state of ")
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_one_language_comes_back_and_the_other_stays(desk: Desk, meeting: str) -> None:
    for value in (Bilingual(en="One", zh="一"), Bilingual(en="Two", zh="二")):
        records.edit(desk, meeting, {"title": value})
    entry = next(each for each in history.of(desk, meeting) if each.field == "title.en" and each.new == "One")
    assert history.restore(desk, meeting, entry)
    assert records.get(desk, meeting).title == Bilingual(en="One", zh="二")  # type: ignore[attr-defined]


def test_what_is_said_of_a_text_comes_back_with_the_texts_it_was_said_of(desk: Desk, meeting: str) -> None:
    said = Bilingual(en="One", zh="一").mark("zh", "approved")
    records.edit(desk, meeting, {"title": said})
    records.edit(desk, meeting, {"title": said.mark("zh", "draft")})
    entry = next(each for each in history.of(desk, meeting) if each.new == "approved")
    assert history.restore(desk, meeting, entry)
    assert records.get(desk, meeting).title.state("zh") == "approved"  # type: ignore[attr-defined]


def test_what_a_field_holds_already_is_not_written_again(desk: Desk, meeting: str) -> None:
    log = maintenance.digest(desk, log=True)
    assert not history.restore(desk, meeting, history.of(desk, meeting)[-1])
    assert maintenance.digest(desk, log=True) == log


def test_a_link_into_the_trash_is_not_brought_back(desk: Desk, meeting: str) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit")})
    for value in (visit, None):
        records.edit(desk, meeting, {"visit": value})
    records.trash(desk, visit)
    with pytest.raises(InTrash):
        history.restore(desk, meeting, history.of(desk, meeting)[-1], before=True)
