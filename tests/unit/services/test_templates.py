"""Templates of agendas, programmes and checklists; visits and meetings copied to other days."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import templates, visit_itinerary
from ucapdesk.services.workspaces import maintenance


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


@pytest.fixture
def visit(desk: Desk) -> str:
    """A visit that took place, with a programme, people, a checklist and a gift."""
    chen = _add(desk, "person", "name.family=Chen")
    id_ = _add(desk, "visit", "title.en=Study visit", "dates=2026-11-23/2026-11-26", "status=reported",
               "report.en=It went well.", "time_zone=Europe/Madrid", f"head={chen}")  # fmt: skip
    _add(desk, "itinerary_day", f"owner={id_}", "date=2026-11-24", "title.en=Second day")
    leg = _add(
        desk,
        "transport_leg",
        f"owner={id_}",
        "number=CA1",
        "booking=XY",
        when=When("2026-11-23", "23:00", "06:00", "2026-11-24"),
    )
    _add(desk, "itinerary_item", f"owner={id_}", "title.en=Talks", "confirmed=yes", f"transport={leg}",
         when=When("2026-11-24", "09:30", "10:30"))  # fmt: skip
    _add(desk, "itinerary_item", f"owner={id_}", "title.en=Some time", when=When("2026-11"))
    _add(
        desk,
        "participation",
        f"owner={id_}",
        f"person={chen}",
        "role=head",
        "attendance=attended",
        "seat=4",
    )
    _add(desk, "checklist_item", f"owner={id_}", "text.en=Print", "due=2026-11-20", "done=yes", "offset_days=-3")
    _add(desk, "gift", f"owner={id_}", "item.en=Vase")
    return id_


@pytest.mark.row("X11")
def test_a_visit_is_made_again_with_its_plan_moved_and_nothing_of_what_came_of_it(desk: Desk, visit: str) -> None:
    before = maintenance.digest(desk)
    made = templates.copy_to(desk, visit, PartialDate("2027-05-03"))
    copy: Any = records.get(desk, made)
    assert (copy.dates.edtf, copy.status, dict(copy.report), dict(copy.title)) == (
        "2027-05-03/2027-05-06", None, {}, {"en": "Study visit"},
    )  # fmt: skip
    (day,), (leg,) = _parts(desk, made, "itinerary_day"), _parts(desk, made, "transport_leg")
    assert (day.date, dict(day.title)) == ("2027-05-04", {"en": "Second day"})
    assert (leg.when, leg.booking) == (When("2027-05-03", "23:00", "06:00", "2027-05-04"), None)
    talks, some = sorted(_parts(desk, made, "itinerary_item"), key=lambda each: each.title["en"], reverse=True)
    assert (talks.when, talks.confirmed, talks.transport) == (When("2027-05-04", "09:30", "10:30"), None, leg.id)
    assert some.when is None
    (person,) = _parts(desk, made, "participation")
    assert (person.role, person.attendance, person.seat) == ("head", None, None)
    (todo,) = _parts(desk, made, "checklist_item")
    assert (todo.due.edtf, todo.done) == ("2027-04-30", None)
    assert _parts(desk, made, "gift") == []
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_a_meeting_is_made_again_with_its_agenda_and_people_but_no_minutes(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen")
    id_ = _add(
        desk, "meeting", "title.en=Talks", "status=closed", "summary.en=Agreed.", when=When("2026-11-24", "09:00")
    )
    _add(desk, "agenda_item", f"owner={id_}", "title.en=Opening", "minutes=10", "outcome.en=Opened")
    _add(desk, "minute_entry", f"owner={id_}", "text.en=All agreed.")
    _add(desk, "action_item", f"owner={id_}", "text.en=Send data")
    _add(desk, "participation", f"owner={id_}", f"person={chen}")
    made = templates.copy_to(desk, id_, PartialDate("2026-12-01"))
    copy: Any = records.get(desk, made)
    assert (copy.when, copy.status, dict(copy.summary)) == (When("2026-12-01", "09:00"), None, {})
    (item,) = _parts(desk, made, "agenda_item")
    assert (item.minutes, dict(item.outcome)) == (10, {})
    assert [len(_parts(desk, made, kind)) for kind in ("participation", "minute_entry", "action_item")] == [1, 0, 0]


def test_what_has_no_day_gets_the_one_that_was_said(desk: Desk) -> None:
    id_ = _add(desk, "visit", "title.en=Some visit", "dates=2026-11")
    copy: Any = records.get(desk, templates.copy_to(desk, id_, PartialDate("2027-05-03")))
    assert copy.dates.edtf == "2027-05-03"


def test_other_records_and_a_month_are_refused_with_a_sentence(desk: Desk, visit: str) -> None:
    before = maintenance.digest(desk)
    with user_error("not-to-be-copied") as refused:
        templates.copy_to(desk, records.listing(desk, "person")[0], PartialDate("2027-05-03"))
    assert "Nothing was changed" in str(refused.value)
    with user_error("no-day-to-move-to"):
        templates.copy_to(desk, visit, PartialDate("2027-05"))
    assert maintenance.digest(desk) == before


def test_the_programme_of_a_visit_that_was_moved_goes_along_with_meetings_of_its_days(desk: Desk, visit: str) -> None:
    at = {
        name: _add(desk, "meeting", f"title.en={name}", f"visit={visit}", f"status={status}", when=When(day, "15:00"))
        for name, status, day in (
            ("preparation", "scheduled", "2026-11-02"),
            ("in the visit", "scheduled", "2026-11-24"),
            ("held", "held", "2026-11-24"),
        )
    }
    records.edit(desk, visit, {"dates": PartialDate("2027-01-04/2027-01-07")})
    signing = {"signing_meeting": at["in the visit"], "signing_planned": PartialDate("2026-11-24")}
    mous = [records.add(desk, "agreement", {**signing, "status": status}) for status in ("negotiation", "signed")]
    before = desk.read.get(Visit, visit)
    assert before is not None
    assert visit_itinerary.move_along(desk, before) == 4
    planned = [each.signing_planned for each in desk.read.page(Agreement, mous) if each.signing_planned]
    assert [each.edtf for each in planned] == ["2027-01-05", "2026-11-24"], "what is signed was planned as it was"
    days = [record.when.date for kind in ("transport_leg", "itinerary_item") for record in _parts(desk, visit, kind)]
    assert sorted(days) == ["2026-11", "2027-01-04", "2027-01-05"]
    assert _parts(desk, visit, "transport_leg")[0].when.end_date == "2027-01-05"
    assert [day.date for day in _parts(desk, visit, "itinerary_day")] == ["2027-01-05"]
    days = [getattr(records.get(desk, id_), "when").date for id_ in at.values()]  # noqa: B009
    assert days == ["2026-11-02", "2027-01-05", "2026-11-24"]
    assert visit_itinerary.move_along(desk, before) == 0
    records.edit(desk, at["in the visit"], {"when": When(start="15:00")})
    kept = [each.signing_planned.edtf for each in desk.read.page(Agreement, mous) if each.signing_planned]
    assert kept == ["2027-01-05", "2026-11-24"], "a meeting without a day takes none away"
    history.undo(desk)
    history.undo(desk)
    assert _parts(desk, visit, "transport_leg")[0].when.date == "2026-11-23"


@pytest.mark.parametrize(
    ("dates", "arrival", "day"),
    [
        ("2026-11-24/2026-11-27", True, "2026-11-25"),  # by one day
        ("2026-11-20/2026-11-23", True, "2026-11-21"),
        ("2027-01-04/2027-01-07", False, "2027-01-05"),  # nothing is on its first day yet
    ],
)
def test_what_moves_along_keeps_its_day_of_the_visit(
    desk: Desk, visit: str, dates: str, arrival: bool, day: str
) -> None:
    if not arrival:
        records.trash(desk, _parts(desk, visit, "transport_leg")[0].id)
    records.edit(desk, visit, {"dates": PartialDate(dates)})
    record = desk.read.get(Visit, visit)
    assert record is not None
    assert visit_itinerary.move_along(desk, record) == 2 + arrival
    assert [each.date for each in _parts(desk, visit, "itinerary_day")] == [day]
    assert visit_itinerary.move_along(desk, record) == 0


@pytest.mark.parametrize("dates", ["2026-11-24", "2026-11-20/2026-11-24", "2026-11", "2026-11-23/.."])
def test_a_programme_with_a_day_in_its_visit_was_not_left_behind(desk: Desk, visit: str, dates: str) -> None:
    records.edit(desk, visit, {"dates": PartialDate(dates)})
    record = desk.read.get(Visit, visit)
    assert record is not None
    assert visit_itinerary.move_along(desk, record) == 0
