"""Templates: an agenda, a programme, a checklist kept once and used again, hours and days where they belong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import When
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import templates
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def _parts(desk: Desk, id_: str, kind: str) -> list[Any]:
    return list(records.children(desk, id_)[kind])


def test_an_agenda_is_kept_and_used_for_the_next_meeting(desk: Desk) -> None:
    first, second = (_add(desk, "meeting", f"title.en={name}") for name in ("First", "Second"))
    _add(desk, "agenda_item", f"owner={first}", "title.en=Opening", "title.zh=开幕", "minutes=10", "outcome.en=Opened")
    _add(desk, "agenda_item", f"owner={first}", "title.en=Next steps")
    template = templates.keep(desk, first, "agenda", "Our usual agenda")
    before = maintenance.digest(desk)
    assert [(each.type, each.name, each.n) for each in templates.fitting(desk, "meeting")] == [
        ("agenda", "Our usual agenda", 2)
    ]
    assert templates.fitting(desk, "visit") == []
    assert templates.use(desk, template, second) == 2
    assert [(dict(each.title), each.minutes, dict(each.outcome)) for each in _parts(desk, second, "agenda_item")] == [
        ({"en": "Opening", "zh": "开幕"}, 10, {}), ({"en": "Next steps"}, None, {}),
    ]  # fmt: skip
    assert history.next_undo(desk, "en") == "Used “Our usual agenda” for “Second”"
    history.undo(desk)
    assert maintenance.digest(desk) == before


@pytest.mark.row("X11")
def test_a_programme_keeps_its_hours_and_counts_its_days_from_the_first(desk: Desk) -> None:
    first = _add(desk, "visit", "title.en=Autumn", "dates=2026-11-23/2026-11-26", "time_zone=Europe/Madrid")
    _add(desk, "itinerary_item", f"owner={first}", "title.en=Talks", "type=meeting", "fixed=yes", "room=2",
         when=When("2026-11-24", "09:30", "10:30"))  # fmt: skip
    _add(desk, "itinerary_item", f"owner={first}", "title.en=Some time", when=When("2026-11"))
    template = templates.keep(desk, first, "itinerary", "Four days")
    second = _add(desk, "visit", "title.en=Spring", "dates=2027-05-03/2027-05-06")
    assert templates.use(desk, template, second) == 1
    (item,) = _parts(desk, second, "itinerary_item")
    assert (item.when, item.type, item.fixed, item.room) == (
        When("2027-05-04", "09:30", "10:30"),
        "meeting",
        True,
        None,
    )
    later = _add(desk, "visit", "title.en=Some day", "dates=2028")
    with user_error("no-first-day") as refused:
        templates.use(desk, template, later)
    assert "Nothing was changed" in str(refused.value)


def test_a_journey_over_night_ends_on_the_next_day_by_the_clock_there(desk: Desk) -> None:
    first = _add(desk, "visit", "title.en=Autumn", "dates=2026-11-23/2026-11-26")
    flight = When("2026-11-23", "15:05", "06:40", "2026-11-24", "Europe/Warsaw", "Asia/Shanghai")
    _add(desk, "itinerary_item", f"owner={first}", "title.en=Warsaw to Beijing", "type=flight", when=flight)
    template = templates.keep(desk, first, "itinerary", "There")
    second = _add(desk, "visit", "title.en=Spring", "dates=2027-05-03/2027-05-06")
    templates.use(desk, template, second)
    (item,) = _parts(desk, second, "itinerary_item")
    assert item.when == When("2027-05-03", "15:05", "06:40", "2027-05-04", "Europe/Warsaw", "Asia/Shanghai")


def test_a_checklist_keeps_its_days_before_and_after(desk: Desk) -> None:
    visit = _add(desk, "visit", "title.en=Autumn")
    _add(desk, "checklist_item", f"owner={visit}", "text.en=Gifts", "offset_days=-14", "done=yes")
    template = templates.keep(desk, visit, "checklist", "")
    meeting = _add(desk, "meeting", "title.en=Talks")
    assert templates.use(desk, template, meeting) == 1
    (item,) = _parts(desk, meeting, "checklist_item")
    assert (dict(item.text), item.offset_days, item.done) == ({"en": "Gifts"}, -14, None)
    assert records.titles(desk, [template])[template] == "Autumn"


def test_what_is_empty_or_does_not_fit_is_refused_with_a_sentence(desk: Desk) -> None:
    meeting, visit = _add(desk, "meeting", "title.en=Talks"), _add(desk, "visit", "title.en=Tour")
    with user_error("nothing-to-keep") as refused:
        templates.keep(desk, meeting, "agenda", "x")
    assert "Nothing was changed" in str(refused.value)
    with user_error("template-does-not-fit"):
        templates.keep(desk, visit, "agenda", "x")
    empty = _add(desk, "template", "name.en=Empty", "type=agenda", content="no list at all")
    letter = _add(desk, "template", "name.en=Letter", "type=letter")
    for template in (empty, letter, visit):
        with user_error("template-does-not-fit"):
            templates.use(desk, template, meeting)
    assert templates.fitting(desk, "meeting") == []
