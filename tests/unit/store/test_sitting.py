"""Two languages that one person types in one sitting are both fresh, whichever is corrected; later one lags behind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, meet, shown
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual

__all__ = ["ana", "bo"]

MINUTE = 60


def write(desk: TestDesk, id_: str, lang: str, text: str, label: str = "record.edit") -> None:
    """As a form does, which has both languages before its eyes."""
    with desk.save([label, {}]) as save:
        record: Any = save.get(Meeting, id_)
        record.title = (record.title or Bilingual()).write(lang, text)


def states(desk: TestDesk, id_: str) -> tuple[str, str]:
    title = shown(desk, id_, "title")
    return title.state("en"), title.state("zh")


@pytest.mark.parametrize(("lang", "text"), [("zh", "开幕式"), ("en", "Opening ceremony")])
def test_a_correction_a_few_minutes_after_both_were_typed_makes_nothing_outdated(
    ana: TestDesk, lang: str, text: str
) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening"))
    ana.own_clock.tick(2 * MINUTE)
    write(ana, id_, "zh", "开幕")
    ana.own_clock.tick(5 * MINUTE)
    write(ana, id_, lang, text)
    assert states(ana, id_) == ("", "")
    assert not [cell for cell in shown(ana, id_, "title").cells if cell.endswith(".state")]


@pytest.mark.parametrize("minutes", [31, 24 * 60])
def test_the_next_day_the_other_language_lags_behind(ana: TestDesk, minutes: int) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    ana.own_clock.tick(minutes * MINUTE)
    write(ana, id_, "zh", "闭幕")
    assert states(ana, id_) == ("outdated", "")
    ana.own_clock.tick(MINUTE)
    write(ana, id_, "en", "Closing")
    ana.own_clock.tick(MINUTE)
    write(ana, id_, "zh", "闭幕式")
    assert states(ana, id_) == ("", ""), "caught up in the same sitting, then corrected"


def test_what_somebody_else_typed_a_minute_ago_lags_behind(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    pass_on(ana, bo)
    write(bo, id_, "zh", "闭幕")
    assert states(bo, id_) == ("outdated", "")


def test_another_person_on_the_same_laptop_is_another_sitting(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    ana.workspace.person = "Somebody else"
    write(ana, id_, "zh", "闭幕")
    assert states(ana, id_) == ("outdated", "")


@pytest.mark.parametrize("label", ["records.import", "record.duplicate", "undo"])
def test_what_was_copied_or_imported_was_not_written_side_by_side(ana: TestDesk, label: str) -> None:
    with ana.save([label, {}]) as save:
        id_ = save.new(Meeting, title=Bilingual(en="Opening", zh="开幕")).id
    write(ana, id_, "en", "Closing")
    assert states(ana, id_) == ("", "outdated")


STEPS = st.lists(
    st.tuples(st.sampled_from(("ana", "bo")), st.sampled_from(("en", "zh")), st.sampled_from("abcd"), st.integers(0, 45)),
    max_size=8,
)  # fmt: skip


@given(STEPS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_desks_that_have_the_same_changes_agree_on_what_lags_behind(
    steps: list[tuple[str, str, str, int]], meeting: list[bool]
) -> None:
    desks = {name: TestDesk(name) for name in ("ana", "bo")}
    try:
        id_ = add(desks["ana"], Meeting, title=Bilingual(en="x", zh="y"))
        meet(*desks.values())
        for (name, lang, text, minutes), met in zip(steps, meeting, strict=False):
            for desk in desks.values():
                desk.own_clock.tick(minutes * MINUTE)
            write(desks[name], id_, lang, text)
            if met:
                meet(*desks.values())
        meet(*desks.values())
        one, other = (shown(desk, id_, "title") for desk in desks.values())
        assert one.cells == other.cells
        assert [one.state(lang) for lang in ("en", "zh")] == [other.state(lang) for lang in ("en", "zh")]
    finally:
        for desk in desks.values():
            desk.close()
