"""What is known of a meeting before anybody writes a word, and which visit it is in; actions ticked and dated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ucapdesk.model.kinds.visit_kinds import ActionItem
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.services import meetings
from ucapdesk.services.records import records
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
    at_hand: list[Any] = [meetings.at_hand(desk, now, shown=shown) for shown in ("", first)]
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
