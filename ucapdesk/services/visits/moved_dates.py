"""Finds the programme that was left behind when the dates of its visit were moved, and moves it along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import is_day, on_day
from ucapdesk.model.rules.itinerary_dates import ends
from ucapdesk.model.rules.status import is_held, is_open
from ucapdesk.store.desk import Desk

PROGRAMME = (ItineraryItem, ItineraryDay, TransportLeg)
Dated = ItineraryItem | ItineraryDay | TransportLeg | Meeting


def left_behind(visit: Visit, parts: Iterable[Record]) -> tuple[str, str] | None:
    """Return the first and the last day of a programme of which no part is on a day of its visit; None for any other."""
    first, last = ends(visit.dates)
    days = sorted(day for part in parts if isinstance(part, PROGRAMME) and (day := _day_of(part)))
    if not first or not last or not days or any(first <= day <= last for day in days):
        return None
    return days[0], days[-1]


def move_along(desk: Desk, visit: Visit) -> int:
    """Move the programme that was left behind to the days of its visit; return how many records moved. One step.

    Meetings of the visit on these days that were not held yet go along.
    """
    read = desk.read
    parts: list[Dated] = [
        *read.children(visit.id, ItineraryItem), *read.children(visit.id, ItineraryDay), *read.children(visit.id, TransportLeg)
    ]  # fmt: skip
    was, begins = left_behind(visit, parts), ends(visit.dates)[0]
    if was is None or begins is None:
        return 0
    by = date.fromisoformat(begins) - date.fromisoformat(was[0])
    meetings = [
        each for each in desk.read.listed(Meeting, where={"visit": visit.id}) if is_open(each) and not is_held(each)
    ]
    moving = [each for each in (*parts, *meetings) if was[0] <= _day_of(each) <= was[1]]
    with desk.save(["records.edit", {"n": len(moving)}]) as work:
        for each in moving:
            _move(work.get(type(each), each.id), by)
    return len(moving)


def _day_of(each: Dated) -> str:
    """Return the day something is on; empty where none is known."""
    day = each.date if isinstance(each, ItineraryDay) else each.when.date if each.when else None
    return day if day and is_day(day) else ""


def _move(each: Dated, by: timedelta) -> None:
    day = (date.fromisoformat(_day_of(each)) + by).isoformat()
    if isinstance(each, ItineraryDay):
        each.date = day
    elif each.when is not None:
        each.when = on_day(each.when, day)
