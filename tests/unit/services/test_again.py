"""A visit or a meeting on other days: the plan goes along and moves, what came of it stays where it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import templates, visit_itinerary
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def _parts(desk: Desk, id_: str, kind: str) -> list[Any]:
    return list(records.children(desk, id_)[kind])


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
