"""Finds the programme that was left behind when the dates of its visit were moved, and moves it along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import is_day, on_day
from ucapdesk.model.rules.itinerary_dates import days_of
from ucapdesk.model.values import PartialDate
from ucapdesk.services.meetings.meetings import to_come
from ucapdesk.store.desk import Desk

PROGRAMME = (ItineraryItem, ItineraryDay, TransportLeg)
Dated = ItineraryItem | ItineraryDay | TransportLeg | Meeting


class Behind(NamedTuple):
    """A programme that is still on the days of before: the first and the last of them, and by how much its visit was moved."""

    first: str
    last: str
    by: timedelta


def left_behind(desk: Desk, visit: Visit, parts: Iterable[Record]) -> Behind | None:
    """Return the programme that did not move with its visit; None for any other.

    A visit of as many days as before was moved as a whole, be it by one day. One that became longer or shorter left its
    programme behind only where no part is on a day of it.
    """
    now = days_of(visit.dates)
    days = sorted(day for part in parts if isinstance(part, PROGRAMME) and (day := _day_of(part)))
    if not now or not days or now[0] <= days[0] <= days[-1] <= now[-1]:
        return None
    apart = not any(day in now for day in days)
    begins = date.fromisoformat(now[0])
    for was in _dates_before(desk, visit):
        if len(was) == len(now) and was != now and (any if apart else all)(day in was for day in days):
            return Behind(days[0], days[-1], begins - date.fromisoformat(was[0]))
    return Behind(days[0], days[-1], begins - date.fromisoformat(days[0])) if apart else None


def _dates_before(desk: Desk, visit: Visit) -> Iterator[list[str]]:
    """Yield the days that the visit had before, the latest first."""
    for change in reversed(desk.history(visit.id)):
        if change.field == "dates" and isinstance(change.old, str):
            yield days_of(PartialDate(change.old))


def move_along(desk: Desk, visit: Visit) -> int:
    """Move the programme that was left behind to the days of its visit; return how many records moved. One step.

    Meetings of the visit on these days that were not held yet go along.
    """
    parts: list[Any] = [part for kind in PROGRAMME for part in desk.read.children(visit.id, kind)]
    was = left_behind(desk, visit, parts)
    if was is None:
        return 0
    moving = [each for each in (*parts, *to_come(desk, visit.id)) if was.first <= _day_of(each) <= was.last]
    with desk.save(["records.edit", {"n": len(moving)}]) as work:
        for each in moving:
            _move(work.get(type(each), each.id), was.by)
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
