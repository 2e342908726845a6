"""Meetings as they are logged: from the clock or the programme, with who is expected and what earlier ones left open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ucapdesk.model.kinds.visit_kinds import ActionItem
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs, When
from ucapdesk.services import meetings
from ucapdesk.services.records import history, records
from ucapdesk.store.desk import Desk

NOON = datetime.fromisoformat("2026-11-25T12:00:00")


@pytest.mark.parametrize(("clock", "start"), [("09:07", "09:00"), ("09:08", "09:15"), ("23:55", "00:00")])
def test_now_is_told_to_the_quarter_of_an_hour(desk: Desk, clock: str, start: str) -> None:
    when = meetings.begun_now(desk, datetime.fromisoformat(f"2026-11-25T{clock}:00"))["when"]
    assert when.start == start
    assert when.date == ("2026-11-26" if clock == "23:55" else "2026-11-25")


def test_a_meeting_takes_the_visit_its_zone_and_its_only_ucap(desk: Desk) -> None:
    ucap = records.add(desk, "ucap", {"title": Bilingual(en="UCAP")})
    values = {"dates": PartialDate("2026-11-24/2026-11-26"), "time_zone": "Asia/Shanghai", "ucaps": Refs([ucap])}
    visit = records.add(desk, "visit", values)
    given = meetings.begun_now(desk, NOON)
    assert (given["visit"], given["ucap"], given["when"].tz) == (visit, ucap, "Asia/Shanghai")


@pytest.mark.parametrize(
    "visit",
    [
        {"dates": PartialDate("2026")},
        {"dates": PartialDate("2026-11")},
        {"dates": PartialDate("2026-11-26/2026-11-27")},
        {"dates": PartialDate("2026-11-25"), "status": "cancelled"},
        {"title": Bilingual(en="Some day")},
    ],
)
def test_a_visit_of_vague_or_other_dates_or_one_that_was_cancelled_does_not_run(
    desk: Desk, visit: dict[str, object]
) -> None:
    records.add(desk, "visit", visit)
    assert meetings.running_visits(desk, "2026-11-25") == []


def test_of_two_visits_that_run_the_one_that_began_last_is_meant(desk: Desk) -> None:
    first = records.add(desk, "visit", {"dates": PartialDate("2026-11-20/2026-11-30")})
    later = records.add(desk, "visit", {"dates": PartialDate("2026-11-24/2026-11-26")})
    assert [each.id for each in meetings.running_visits(desk, "2026-11-25")] == [later, first]
    now = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)
    assert [meetings.begun_now(desk, now, shown)["visit"] for shown in ("", first)] == [later, first]
    for visit, start in ((first, "09:00"), (later, "09:15")):
        when = When("2026-11-25", start, "10:00", tz="UTC")
        records.add(desk, "itinerary_item", {"owner": visit, "type": "meeting", "when": when})
    at_hand: list[Any] = [meetings.meeting_to_log(desk, now, shown=shown) for shown in ("", first)]
    assert [each.owner for each in at_hand] == [later, first], "of the visit on whose page one is"


def test_actions_are_ticked_together_and_opened_together(desk: Desk) -> None:
    made = [records.add(desk, "action_item", {"text": Bilingual(en=text)}) for text in ("One", "Two")]
    day = date(2026, 11, 25)

    def states() -> list[tuple[str | None, PartialDate | None]]:
        return [(item.status, item.done_on) for item in desk.read.page(ActionItem, made)]

    assert meetings.tick_actions(desk, made[:1], day)
    assert meetings.tick_actions(desk, made, date(2026, 11, 26)), "one of them is still open"
    assert states() == [("done", PartialDate("2026-11-25")), ("done", PartialDate("2026-11-26"))]
    assert not meetings.tick_actions(desk, made, day)
    assert states() == [("open", None), ("open", None)]


def test_a_day_is_set_on_all_of_them(desk: Desk) -> None:
    made = [records.add(desk, "action_item", {"text": Bilingual(en=text)}) for text in ("One", "Two")]
    meetings.set_due_of_actions(desk, made, PartialDate("2026-11-27"))
    assert {str(item.due and item.due.edtf) for item in desk.read.page(ActionItem, made)} == {"2026-11-27"}


def test_a_point_and_its_meeting_that_are_called_the_same_go_on_being_called_the_same(desk: Desk) -> None:
    def called(id_: str) -> dict[str, str]:
        return dict(records.get(desk, id_).title)  # type: ignore[attr-defined]

    talks = Bilingual(en="talks on port logistics")
    meeting = records.add(desk, "meeting", {"title": talks})
    visit = records.add(desk, "visit", {"title": Bilingual(en="Gdańsk visits Changsha")})
    item = records.add(desk, "itinerary_item", {"owner": visit, "title": talks, "meeting": meeting})
    records.edit(desk, meeting, {"title": Bilingual(en="talks on port logistics", zh="港口物流会谈")})
    assert called(item) == {"en": "talks on port logistics", "zh": "港口物流会谈"}
    records.edit(desk, item, {"title": Bilingual(en="Port talks", zh="港口物流会谈")})
    assert called(meeting)["en"] == "Port talks"
    own = records.add(desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Arrival"), "meeting": meeting})
    records.edit(desk, meeting, {"title": Bilingual(en="Second port talks", zh="第二次港口会谈")})
    assert called(own) == {"en": "Arrival"}, "a title of its own stays"


ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 24, 16, 7, tzinfo=ROME)


def _person(desk: Desk, name: str) -> str:
    return records.add(desk, "person", {"name": PersonName(None, name)})


def _visit(desk: Desk, **values: Any) -> str:
    return records.add(
        desk, "visit", {"dates": PartialDate("2026-11-23/2026-11-26"), "time_zone": "Europe/Rome", **values}
    )


def _item(desk: Desk, visit: str, start: str, end: str | None, **values: Any) -> str:
    when = When(date="2026-11-24", start=start, end=end, tz="Europe/Rome")
    given = {"owner": visit, "when": when, "type": "meeting", "title": Bilingual(en=f"At {start}"), **values}
    return records.add(desk, "itinerary_item", given)


def test_what_just_ended_is_logged_rather_than_what_comes(desk: Desk) -> None:
    visit = _visit(desk)
    _item(desk, visit, "11:00", "12:00")
    ended = _item(desk, visit, "15:05", "16:05")
    _item(desk, visit, "16:30", "17:00")
    found = meetings.meeting_to_log(desk, NOW)
    assert found is not None
    assert found.id == ended
    assert meetings.meeting_to_log(desk, NOW.replace(hour=18)) is None


@pytest.mark.parametrize("values", [{"type": "meal"}, {"when": When(date="2026-11-24")}, {"when": None}])
def test_a_meal_and_what_has_no_hours_are_no_meetings(desk: Desk, values: dict[str, object]) -> None:
    visit = _visit(desk)
    given: dict[str, Any] = {
        "owner": visit,
        "type": "meeting",
        "when": When(date="2026-11-24", start="15:30", tz="Europe/Rome"),
    }
    records.add(desk, "itinerary_item", {**given, **values})
    assert meetings.meeting_to_log(desk, NOW) is None


def test_hours_are_compared_on_the_clock_of_their_place(desk: Desk) -> None:
    at_home = When(date="2026-11-24", start="15:30", end="16:00", tz="Asia/Shanghai")
    records.add(desk, "meeting", {"when": at_home, "status": "scheduled"})
    assert meetings.meeting_to_log(desk, NOW) is None
    found = meetings.meeting_to_log(desk, datetime(2026, 11, 24, 9, 7, tzinfo=ROME))
    assert found is not None


@pytest.mark.parametrize(
    ("status", "there"), [("scheduled", True), ("held", True), ("closed", False), ("cancelled", False)]
)
def test_a_meeting_that_is_written_up_or_cancelled_is_not_logged_again(desk: Desk, status: str, there: bool) -> None:
    records.add(desk, "meeting", {"when": When(date="2026-11-24", start="15:30"), "status": status})
    assert (meetings.meeting_to_log(desk, NOW) is not None) == there


def test_a_point_of_the_programme_becomes_a_meeting_in_one_step_and_only_once(desk: Desk) -> None:
    ucap = records.add(desk, "ucap", {"title": Bilingual(en="UCAP")})
    visit = _visit(desk, ucaps=Refs([ucap]))
    hall = records.add(desk, "place", {"name": Bilingual(en="City hall")})
    item = _item(desk, visit, "15:05", "16:05", place=hall, room="Sala Ciutat")
    who = [_person(desk, name) for name in ("Anna", "Marco")]
    for person in who:
        records.add(desk, "participation", {"owner": item, "person": person, "side": "B", "attendance": "accepted"})
    sorry = {"owner": item, "person": _person(desk, "Elena"), "attendance": "declined"}
    records.add(desk, "participation", sorry)
    made = meetings.from_item(desk, item, NOW)
    meeting: Any = records.get(desk, made)
    assert (meeting.title["en"], meeting.visit, meeting.ucap, meeting.room) == ("At 15:05", visit, ucap, "Sala Ciutat")
    assert list(meeting.places) == [hall]
    assert meeting.status == "held"
    people: Any = records.children(desk, made)["participation"]
    expected = [(who[0], "B", None), (who[1], "B", None), (sorry["person"], None, "declined")]
    assert [(each.person, each.side, each.attendance) for each in people] == expected
    assert meetings.from_item(desk, item, NOW) == made
    history.undo(desk)
    assert records.get(desk, made).is_deleted
    assert records.get(desk, item).meeting is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "becomes"), [("banquet", "banquet"), ("signing", "signing"), ("meeting", None)])
def test_a_dinner_that_is_logged_stays_one(desk: Desk, kind: str, becomes: str | None) -> None:
    item = _item(desk, _visit(desk), "19:00", "21:00", type=kind)
    meeting: Any = records.get(desk, meetings.from_item(desk, item, NOW))
    assert meeting.type == becomes


def test_the_zone_of_the_visit_moves_the_clock_of_the_laptop(desk: Desk) -> None:
    _visit(desk, time_zone="Asia/Shanghai")
    when = meetings.begun_now(desk, NOW)["when"]
    assert (when.date, when.start, when.tz) == ("2026-11-24", "23:00", "Asia/Shanghai")


def test_everybody_of_the_delegation_is_expected_but_those_who_are_there_or_do_not_come(desk: Desk) -> None:
    visit = _visit(desk)
    anna, marco = _person(desk, "Anna"), _person(desk, "Marco")
    for person in (anna, marco):
        records.add(desk, "participation", {"owner": visit, "person": person, "role": "delegate"})
    for more in ({"role": "driver"}, {"role": "delegate", "attendance": "declined"}):
        records.add(desk, "participation", {"owner": visit, "person": _person(desk, "Nobody"), **more})
    elena = {"owner": visit, "person": _person(desk, "Elena"), "attendance": "declined"}
    records.add(desk, "participation", elena)
    meeting = records.add(desk, "meeting", {"visit": visit, "title": Bilingual(en="Talks")})
    records.add(desk, "participation", {"owner": meeting, "person": anna})
    assert [each.person for each in meetings.expected(desk, meeting)] == [marco]
    assert meetings.add_expected(desk, meeting) == 1
    assert meetings.expected(desk, meeting) == []
    assert history.next_undo(desk, "en") == "Added 1 participant to “Talks”"
    history.undo(desk)
    assert len(records.children(desk, meeting)["participation"]) == 1
    records.add(desk, "itinerary_item", {"owner": visit, "meeting": meeting, "group": "A"})
    assert meetings.expected(desk, meeting) == [], "who belongs to the group has to be said"


def test_attendance_is_said_of_many_in_one_step(desk: Desk) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
    ids = [records.add(desk, "participation", {"owner": meeting, "person": _person(desk, name)}) for name in "AB"]
    meetings.set_attendance(desk, ids, meetings.ATTENDED)
    meetings.set_attendance(desk, ids[:1], meetings.EXCUSED)

    def said() -> list[str | None]:
        people: Any = desk.read.many(ids)
        return [each.attendance for each in people]

    assert said() == ["excused", "attended"]
    history.undo(desk)
    history.undo(desk)
    assert said() == [None, None]


def test_what_earlier_meetings_of_the_ucap_left_open_is_carried_over(desk: Desk) -> None:
    ucap, other = (records.add(desk, "ucap", {"title": Bilingual(en=name)}) for name in ("One", "Other"))

    def meeting(day: str, of: str | None) -> str:
        return records.add(desk, "meeting", {"when": When(date=day, start="10:00"), "ucap": of})

    def action(owner: str, text: str, status: str = "open", due: str | None = None) -> None:
        values: dict[str, Any] = {"owner": owner, "text": Bilingual(en=text), "status": status}
        records.add(desk, "action_item", {**values, "due": PartialDate(due) if due else None})

    before, now, later = (meeting(f"2026-{month}-10", ucap) for month in ("09", "11", "12"))
    action(before, "late", due="2026-12-01")
    action(before, "first", due="2026-10-01")
    action(before, "done", status="done")
    action(later, "of a later one")
    action(now, "of its own")
    action(meeting("2026-09-10", other), "of another UCAP")
    texts = [each.text["en"] for each in meetings.carried_over(desk, records.get(desk, now)) if each.text]
    assert texts == ["first", "late"]
    assert meetings.carried_over(desk, records.get(desk, meeting("2026-11-11", None))) == []


def test_a_line_of_the_minutes_becomes_an_action_and_undo_brings_the_line_back(desk: Desk) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
    text = Bilingual(en="Send the schema", zh="发送格式")
    entry = records.add(desk, "minute_entry", {"owner": meeting, "type": "decision", "text": text, "side": "A"})
    made: Any = records.get(desk, meetings.to_action(desk, entry))
    assert (made.text, made.owner, made.side, made.status) == (text, meeting, "A", "open")
    assert records.children(desk, meeting)["minute_entry"] == []
    label = desk.next_undo()
    assert label is not None
    assert history.say(desk, label) == "Turned a line of the minutes into an action: “Send the schema”"
    history.undo(desk)
    assert [each.id for each in records.children(desk, meeting)["minute_entry"]] == [entry]
    assert records.children(desk, meeting)["action_item"] == []


def test_the_next_meeting_has_the_same_people_and_what_is_open_is_carried_over_before_it_has_a_date(desk: Desk) -> None:
    meeting = records.add(
        desk, "meeting", {"title": Bilingual(en="Talks"), "when": When(date="2026-11-10"), "room": "Hall"}
    )
    anna = _person(desk, "Anna")
    records.add(desk, "participation", {"owner": meeting, "person": anna, "side": "B", "attendance": "attended"})
    records.add(desk, "action_item", {"owner": meeting, "text": Bilingual(en="Call back"), "status": "open"})
    after: Any = records.get(desk, meetings.follow_up(desk, meeting))
    assert (after.title["en"], after.room, after.when, after.status) == ("Talks", "Hall", None, "draft")
    people: Any = records.children(desk, after.id)["participation"]
    assert [(each.person, each.side, each.attendance) for each in people] == [(anna, "B", None)]
    assert [each.text["en"] for each in meetings.carried_over(desk, after) if each.text] == ["Call back"]
    assert meetings.follow_up(desk, meeting) == after.id
    history.undo(desk)
    assert records.get(desk, after.id).is_deleted
    assert records.get(desk, meeting).next_meeting is None  # type: ignore[attr-defined]
