"""Writes calendar files (.ics) with the clock of each place; ``ics_in`` reads them.

Times are written as wall-clock times in a named zone, whose rules go with the file, so that a telephone shows them right
whatever its own zone is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ucapdesk.formats.whole_files import write_file
from ucapdesk.model.rules.itinerary import Slot, apart
from ucapdesk.model.values import When

PRODUCT = "-//UCAPDesk//UCAPDesk//EN"
AROUND = timedelta(days=400)
"""The rules of a zone are written for so long before the first date and after the last one."""
FIRST, LAST = date(1902, 1, 1), date(2200, 1, 1)
"""First and last day whose clock changes are described; other times refer to the zone by name alone."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An attendee of an event: name, address and answer, as far as the calendar gives them."""

    name: str
    email: str
    attendance: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a calendar. ``when`` holds whole days without hours; ``end_date`` is the last of several.

    Attributes:
        changed: When its record was last written, in microseconds since 1970.
        people: The attendees and the organizer.
        earlier_uid: The ``uid`` that earlier builds gave to a date of a series, by its hour.
    """

    uid: str
    title: str
    when: When
    place: str = ""
    text: str = ""
    changed: int = 0
    tentative: bool = False
    busy: bool = True
    cancelled: bool = False
    people: tuple[Invited, ...] = ()
    earlier_uid: str = ""


# -- out ------------------------------------------------------------------------------------------


def write_calendar(target: Path, name: str, events: Sequence[Event]) -> None:
    """Write events as one calendar."""
    write_file(target, calendar_of(name, events))


def calendar_of(name: str, events: Sequence[Event]) -> bytes:
    """Return events as the bytes of a calendar; the same events give the same bytes."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _in_one_line(name))
    days = [date.fromisoformat(day) for each in events for day in (each.when.date, each.when.end_date) if day]
    days = [day for day in days if FIRST <= day <= LAST]
    for each in events:
        made.add_component(_written(each))
    if days:
        made.add_missing_timezones(first_date=min(days) - AROUND, last_date=max(days) + AROUND)
    raw: bytes = made.to_ical()
    return raw


def _written(event: Event) -> Any:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", datetime.fromtimestamp(event.changed // 1_000_000, UTC))
    made.add("summary", _in_one_line(event.title))
    start, end = _ends(event.when)
    made.add("dtstart", start)
    if end is not None:
        made.add("dtend", end)
    for key, said in (("location", event.place), ("description", event.text)):
        if said:
            made.add(key, said)
    if event.cancelled or event.tentative:
        made.add("status", "CANCELLED" if event.cancelled else "TENTATIVE")
    if not event.busy:
        made.add("transp", "TRANSPARENT")
    return made


def _in_one_line(text: str) -> str:
    """Return a name on one line, as the format has no line breaks in it."""
    return " ".join(text.split())


def _ends(when: When) -> tuple[date, date | None]:
    """Return start and end as a calendar has them: for whole days, the day after the last."""
    assert when.date is not None
    if when.start is None:
        last = date.fromisoformat(when.end_date or when.date)
        return date.fromisoformat(when.date), last + timedelta(days=1) if last < date.max else None
    slot = Slot("", when)
    start, end = slot.begins, slot.ends
    if when.end is None:
        return start, None
    if not when.end_date and apart(start, end) < timedelta() and end.date() < date.max:  # past midnight
        end += timedelta(days=1)
    return start, end
