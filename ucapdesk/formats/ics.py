"""Calendar files (.ics): dates with the clock of their place, out to any calendar and in from one.

Times are written as wall-clock times in a named zone, whose rules go with the file, so that a telephone shows them right
whatever its own zone is. Where a calendar writes in world time, the hours are told by the clock of the place that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from ucapdesk.base.errors import UserError
from ucapdesk.formats.write import write_file
from ucapdesk.model.values import When
from ucapdesk.model.values.cells import tidy

MEGABYTES, MOST = 20, 5_000
PRODUCT = "-//UCAPDesk//UCAPDesk//EN"
AROUND = timedelta(days=400)
"""The rules of a zone are written for so long before the first date and after the last one."""


class CalendarNotOpened(UserError):
    """The operating system would not give the file."""

    sentence = (
        "The file {file} could not be opened ({reason}). Nothing was changed; check that it is there and may be read."
    )


class NoCalendar(UserError):
    """Some other file, or a calendar that was cut off."""

    sentence = (
        "The file {file} is no calendar, or not complete. "
        "Nothing was changed; export the dates again as iCalendar (.ics) and choose that file."
    )


class CalendarTooLarge(UserError):
    """Somebody's whole life."""

    sentence = (
        "The calendar {file} is too large: at most {limit} MB and {events} dates are read at once. "
        "Nothing was changed; export only the days of the visit."
    )


@dataclass(frozen=True, slots=True)
class Event:
    """One date of a calendar. ``when`` holds whole days without hours; ``end_date`` is the last of several."""

    uid: str
    title: str
    when: When
    place: str = ""
    text: str = ""
    changed: int = 0
    """When its record was written last, in microseconds since 1970."""
    tentative: bool = False
    repeats: bool = False
    busy: bool = True


# -- out ------------------------------------------------------------------------------------------


def write_calendar(target: Path, name: str, events: Sequence[Event]) -> None:
    """Write dates as one calendar."""
    write_file(target, calendar_of(name, events))


def calendar_of(name: str, events: Sequence[Event]) -> bytes:
    """Dates as the bytes of a calendar; the same dates give the same bytes."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    days = [date.fromisoformat(day) for each in events for day in (each.when.date, each.when.end_date) if day]
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
    made.add("summary", event.title)
    start, end = _ends(event.when)
    made.add("dtstart", start)
    if end is not None:
        made.add("dtend", end)
    for key, said in (("location", event.place), ("description", event.text)):
        if said:
            made.add(key, said)
    if event.tentative:
        made.add("status", "TENTATIVE")
    if not event.busy:
        made.add("transp", "TRANSPARENT")
    return made


def _ends(when: When) -> tuple[date, date | None]:
    """Start and end as a calendar has them: of whole days, the day after the last."""
    assert when.date is not None
    if when.start is None:
        return date.fromisoformat(when.date), date.fromisoformat(when.end_date or when.date) + timedelta(days=1)
    start = datetime.fromisoformat(f"{when.date}T{when.start}").replace(tzinfo=_zone(when.tz))
    if when.end is None:
        return start, None
    end = datetime.fromisoformat(f"{when.end_date or when.date}T{when.end}").replace(
        tzinfo=_zone(when.end_tz or when.tz)
    )
    if not when.end_date and _instant(end) < _instant(start):  # past midnight
        end += timedelta(days=1)
    return start, end


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _zone(name: str | None) -> ZoneInfo | None:
    return ZoneInfo(name) if name else None


# -- in -------------------------------------------------------------------------------------------


def read_calendar(path: Path, zone: str | None) -> tuple[list[Event], list[str]]:
    """The dates of a file by time, and what those are called that cannot be read.

    Args:
        path: The file.
        zone: The clock of the place, for dates that are written in world time or in no zone at all.
    """
    try:
        if path.stat().st_size > MEGABYTES << 20:
            raise CalendarTooLarge(file=path.name, limit=MEGABYTES, events=MOST)
        raw = path.read_bytes()
    except OSError as error:
        raise CalendarNotOpened(file=path.name, reason=error.strerror) from None
    found = list(_components(path, raw))
    if len(found) > MOST:
        raise CalendarTooLarge(file=path.name, limit=MEGABYTES, events=MOST)
    events: list[Event] = []
    unreadable: list[str] = []
    for each in found:
        try:
            events.append(_read(each, zone))
        except Exception:  # noqa: BLE001 (whatever a damaged date makes of the library)
            unreadable.append(_text(each, "summary") or _text(each, "uid"))
    return sorted(events, key=lambda event: (event.when.date or "", event.when.start or "")), unreadable


def _components(path: Path, raw: bytes) -> Iterable[Any]:
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(raw, multiple=True)
    except Exception:  # noqa: BLE001 (as above)
        raise NoCalendar(file=path.name) from None
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise NoCalendar(file=path.name)
    for each in calendars:
        yield from (event for event in each.walk("VEVENT") if _text(event, "status").upper() != "CANCELLED")


def _read(event: Any, zone: str | None) -> Event:
    start = event["dtstart"].dt
    end = event.end if "dtend" in event or "duration" in event else None
    repeat = event.get("recurrence-id")
    uid = _text(event, "uid")
    return Event(
        uid=f"{uid}|{repeat.to_ical().decode()}" if repeat is not None else uid,
        title=_text(event, "summary"),
        when=_when(start, end, zone),
        place=_text(event, "location"),
        text=_text(event, "description"),
        tentative=_text(event, "status").upper() == "TENTATIVE",
        repeats="rrule" in event or "rdate" in event,
    )


def _when(start: date, end: date | None, zone: str | None) -> When:
    if not isinstance(start, datetime):
        last = (end - timedelta(days=1)).isoformat() if end is not None and end > start else None
        return When(start.isoformat(), end_date=last if last != start.isoformat() else None)
    day, hour, own = _told(start, zone)
    if not isinstance(end, datetime) or _instant(end) == _instant(start):
        return When(day, hour, tz=own)
    end_day, end_hour, end_own = _told(end, zone)
    return When(
        day, hour, end_hour,
        end_date=end_day if end_day != day else None,
        tz=own,
        end_tz=end_own if end_own != own else None,
    )  # fmt: skip


def _told(moment: datetime, zone: str | None) -> tuple[str, str, str | None]:
    """Day and hour by the clock of a place: its own zone where it names one, else the one asked for."""
    own = getattr(moment.tzinfo, "key", None)
    if moment.tzinfo is not None and (own not in available_timezones() or own == "UTC"):
        own = zone or "UTC"
        moment = moment.astimezone(ZoneInfo(own))
    return moment.date().isoformat(), f"{moment:%H:%M}", own or zone


def _text(event: Any, key: str) -> str:
    said = event.get(key)
    return tidy(str(said)).strip() if said is not None else ""
