"""Reads calendar files (.ics) of other programs, each event on the clock its file gives, however that names its zones.

Zones are named as IANA, Windows (Outlook) or nobody names them; what has a name of its own is known by its rules. A date that
repeats is read as often as it falls into the days that are asked for, with what was moved or called off of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import get_global

from ucapdesk.base.errors import Failure
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.ics import Event, Invited
from ucapdesk.formats.ics_repeats import Repeats, several
from ucapdesk.formats.whole_files import read_file, text_of
from ucapdesk.model.text.format.zones import all_year, zone_labels
from ucapdesk.model.values import When
from ucapdesk.model.values.cells import tidy
from ucapdesk.model.values.groups import is_zone

MEGABYTES, MAX_EVENTS = 20, 5_000
ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "NEEDS-ACTION": "invited"}
Days = tuple[date, date]
_MARKED = re.compile(r"<(?:br|/?(?:p|div|b|i|u|ul|ol|li|a|span|strong|em|html))(?:[\s/][^<>]*)?>", re.IGNORECASE)
_AHEAD = re.compile(r"(?:GMT|UTC)\s?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
"""A zone that is only called by how far its clock is ahead."""
LIKE_ALWAYS = 2027
"""A year whose clocks are those of any."""
FARTHEST_AHEAD = 14
"""Hours by which a clock may differ from Greenwich."""


NO_CALENDAR = Failure(
    "no-calendar",
    "The file {file} is not a calendar, or is incomplete. Nothing was changed; export the dates again as "
    "iCalendar (.ics) and choose that file.",
)


CALENDAR_TOO_LARGE = Failure(
    "calendar-too-large",
    "The calendar {file} is too large: at most {limit} MB and {events} dates are read at once. "
    "Nothing was changed; export only the days of the visit.",
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The contents of a calendar file.

    Attributes:
        events: Its events by time, cancelled ones included.
        unreadable: Titles of the events that cannot be read.
        zone: The zone of the calendar as a whole: its own, else that of most of its events.
        elsewhere: Titles of recurring events with occurrences outside the requested days, or without end.
        tasks: Titles of its tasks, which are no events.
        unknown_zones: Names of zones that neither the file explains nor anybody knows; hours on them have none.
    """

    events: tuple[Event, ...]
    unreadable: tuple[str, ...]
    zone: str | None
    elsewhere: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    unknown_zones: tuple[str, ...] = ()


def read_calendar(path: Path, zone: str | None, days: Days | None = None, near: Collection[str] = ()) -> Calendar:
    """Return the events of a file.

    Args:
        path: The file.
        zone: The zone of the place, for events given in UTC; without one the calendar's zone is used.
        days: The days for which recurring events are expanded.
        near: The zones of the places; of several on one clock, which the file does not tell apart, one of these is meant.
    """
    return _Reading(path, list(_calendars(path)), zone, days, near).read()


def _calendars(path: Path) -> Iterable[Any]:
    from icalendar import Calendar as Component

    too_large = CALENDAR_TOO_LARGE(file=path.name, limit=MEGABYTES, events=MAX_EVENTS)
    text = text_of(read_file(path, MEGABYTES << 20, too_large)).removeprefix("\ufeff")
    if text.upper().count("BEGIN:VEVENT") > MAX_EVENTS:
        raise too_large
    try:
        calendars = Component.from_ical(text, multiple=True)
    except Exception:  # noqa: BLE001 (whatever a damaged file makes of the library)
        raise NO_CALENDAR(file=path.name) from None
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise NO_CALENDAR(file=path.name)
    return calendars


class _Reading:
    """The state of reading one file."""

    def __init__(
        self, path: Path, calendars: list[Any], zone: str | None, days: Days | None, near: Collection[str]
    ) -> None:
        self._path, self._calendars, self._near = path, calendars, near
        self._repeats = Repeats(self._local, days)
        self._zones = {
            _text(rules, "tzid"): known
            for each in calendars
            for rules in each.walk("VTIMEZONE")
            if (known := self._called(_text(rules, "tzid")) or self._called(_text(rules, "x-lic-location")))
        }
        self._own = self._zone_of_all()
        self._zone = zone or self._own
        self._found: list[Event] = []
        self._given: set[str] = set()
        self._unreadable: list[str] = []
        self._elsewhere: list[str] = []
        self._unknown: list[str] = []

    def read(self) -> Calendar:
        """Read the whole file; unreadable events are named."""
        for calendar in self._calendars:
            off = _text(calendar, "method").upper() == "CANCEL"
            parts = enumerate(calendar.walk("VEVENT"))  # one without a UID stands alone
            for series in grouped((_text(event, "uid") or f"\0{n}", event) for n, event in parts).values():
                self._series(series, off=off)
        if len(self._found) > MAX_EVENTS:
            raise CALENDAR_TOO_LARGE(file=self._path.name, limit=MEGABYTES, events=MAX_EVENTS)
        events = sorted(self._found, key=lambda event: (event.when.date or "", event.when.start or ""))
        tasks = tuple(_text(task, "summary") for each in self._calendars for task in each.walk("VTODO"))
        elsewhere, unknown = (tuple(dict.fromkeys(each)) for each in (self._elsewhere, self._unknown))
        return Calendar(tuple(events), tuple(self._unreadable), self._own, elsewhere, tasks, unknown)

    def _series(self, series: list[Any], *, off: bool) -> None:
        """Read the occurrences of a recurring event, with the changed ones in place."""
        bases = [each for each in series if "recurrence-id" not in each]
        moved = {}
        for each in series:
            if "recurrence-id" in each:
                with self._naming(each):
                    moved[self._local(each["recurrence-id"].dt)] = each
        for base in bases:
            self._dates_of(base, moved, off=off)
        for at, each in moved.items():  # of a series that the file does not hold, or on no day of it
            self._read(each, *self._uids(each, at), None, off=off)

    def _dates_of(self, base: Any, moved: dict[datetime, Any], *, off: bool) -> None:
        with self._naming(base):
            first = self._local(base["dtstart"].dt)
            if "rrule" not in base and "rdate" not in base:
                self._read(base, _text(base, "uid"), "", None, off=off)
                return
            when, more = self._repeats.of(base, first)
            if more:
                self._elsewhere.append(_text(base, "summary") or _text(base, "uid"))
            for at in when:
                uids = (_text(base, "uid"), "") if at == first else self._uids(base, at)
                own = moved.pop(at, None)
                self._read(own if own is not None else base, *uids, None if own is not None else at - first, off=off)

    def _uids(self, event: Any, at: datetime) -> tuple[str, str]:
        """Return what tells a date of a series: its day, which stays where the hour moves; of the second on one day its hour too."""
        by_hour = f"{_text(event, 'uid')}|{at:%Y%m%dT%H%M%S}"
        by_day = by_hour.rpartition("T")[0]
        uid = by_hour if by_day in self._given else by_day
        self._given.add(uid)
        return uid, by_hour

    def _read(self, event: Any, uid: str, earlier_uid: str, later: timedelta | None, *, off: bool) -> None:
        """Read one event; ``later`` is the offset of this occurrence."""
        with self._naming(event):
            start = event["dtstart"].dt
            end = event.end if "dtend" in event or "duration" in event else None
            if later:
                start, end = start + later, end + later if end is not None else None  # each on its own clock
            made = Event(
                uid=uid,
                title=_text(event, "summary"),
                when=self._when(start, end, event),
                place=_text(event, "location"),
                text=_plain(_text(event, "description")),
                tentative=_text(event, "status").upper() == "TENTATIVE",
                cancelled=off or _text(event, "status").upper() == "CANCELLED",
                people=tuple(_people(event)),
                earlier_uid=earlier_uid,
            )
            self._found.append(made)

    @contextmanager
    def _naming(self, event: Any) -> Iterator[None]:
        """Name an event among those that cannot be read where what is done with it fails."""
        try:
            yield
        except Exception:  # noqa: BLE001 (as above)
            self._unreadable.append(_text(event, "summary") or _text(event, "uid"))

    # -- clocks -----------------------------------------------------------------------------------

    def _zone_of_all(self) -> str | None:
        """Return the calendar's own zone, else the zone of most of its events; of several the one named first."""
        for each in self._calendars:
            if own := self._called(_text(each, "x-wr-timezone")):
                return own
        events = (event for each in self._calendars for event in each.walk("VEVENT"))
        named = Counter(known for event in events if (known := self._known(_start_of(event), event)))
        order = {zone: n for n, zone in enumerate(self._zones.values())}
        return min(named, key=lambda zone: (-named[zone], order.get(zone, 0)), default=None)

    def _known(self, moment: Any, event: Any, key: str = "dtstart") -> str | None:
        """Return the zone of a moment; None for UTC, for no zone, and for a day."""
        if not isinstance(moment, datetime):
            return None
        said = str(getattr(event.get(key), "params", {}).get("TZID", "")) or str(getattr(moment.tzinfo, "key", ""))
        if said.upper() in ("", "UTC", "ETC/UTC", "Z"):
            return None
        known = self._zones.get(said) or self._called(said)
        return known or (self._nearest(zone_ruled(moment.tzinfo, moment.year)) if moment.tzinfo else None)

    def _called(self, name: str) -> str | None:
        zone = zone_called(name)
        return zone if zone and zone in name else self._nearest(zone)

    def _nearest(self, zone: str | None) -> str | None:
        """Return the zone of a place that is on the clock of a zone which was only told by its clock; else that one."""
        return next((each for each in self._near if all_year(each) == all_year(zone)), zone)

    def _when(self, start: date, end: date | None, event: Any) -> When:
        if not isinstance(start, datetime):
            last = (end - timedelta(days=1)).isoformat() if end is not None and end > start else None
            return When(start.isoformat(), end_date=last if last != start.isoformat() else None)
        day, hour, own = self._told(start, event, "dtstart")
        if not isinstance(end, datetime) or end == start:
            return When(day, hour, tz=own)
        end_day, end_hour, end_own = self._told(end, event, "dtend" if "dtend" in event else "dtstart")
        return When(
            day, hour, end_hour,
            end_date=end_day if end_day != day else None,
            tz=own,
            end_tz=end_own if end_own != own else None,
        )  # fmt: skip

    def _told(self, moment: datetime, event: Any, key: str) -> tuple[str, str, str | None]:
        """Return day and hour: as written for a moment with a zone, on the clock of the place for UTC."""
        own = self._known(moment, event, key)
        if own is None and moment.tzinfo is not None:
            own = self._zone or "UTC"
            moment = moment.astimezone(ZoneInfo(own))
        elif own is None and (named := event[key].params.get("TZID")):
            self._unknown.append(str(named))
        return moment.date().isoformat(), f"{moment:%H:%M}", own

    def _local(self, moment: date) -> datetime:
        """Return a moment on its own clock, for counting days."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, datetime.min.time())
        if moment.tzinfo is not None and moment.utcoffset() == timedelta() and self._zone:
            moment = moment.astimezone(ZoneInfo(self._zone))
        return moment.replace(tzinfo=None)


def zone_called(name: str) -> str | None:
    """Return the zone for a name: of IANA, also as the last part of a path; of Windows, as Outlook writes it."""
    name = name.strip().strip('"')
    if not name or name.upper() in ("UTC", "ETC/UTC", "GMT"):
        return None
    if is_zone(name):
        return name
    windows: str | None = get_global("windows_zone_mapping").get(name)
    if windows and is_zone(windows):
        return windows
    if (ahead := _AHEAD.fullmatch(name)) and int(ahead[2]) <= FARTHEST_AHEAD:
        apart = timedelta(hours=int(ahead[2]), minutes=int(ahead[3] or 0))
        return zone_ruled(timezone(-apart if ahead[1] == "-" else apart), LIKE_ALWAYS)
    parts = name.split("/")
    return next((tail for n in range(1, len(parts)) if is_zone(tail := "/".join(parts[n:])) and "/" in tail), None)


def zone_ruled(rules: tzinfo, year: int) -> str | None:
    """Return a zone whose clock follows these rules all through a year; of several the likely one."""

    def ahead(rules: tzinfo) -> list[timedelta | None]:
        return [datetime(year, month, 15, 12, tzinfo=rules).utcoffset() for month in range(1, 13)]

    with suppress(Exception):  # as above
        wanted = ahead(rules)
        return next((name for name in zone_labels("en") if ahead(ZoneInfo(name)) == wanted), None)
    return None


def _start_of(event: Any) -> Any:
    """Return the beginning of an event; None where it cannot be read."""
    with suppress(Exception):  # whatever a damaged date makes of the library
        return event["dtstart"].dt
    return None


def _people(event: Any) -> Iterator[Invited]:
    """Yield the organizer and the attendees, each once."""
    seen: set[str] = set()
    for key in ("organizer", "attendee"):
        for each in several(event, key):
            address = str(each).strip()
            email = address[7:] if address.lower().startswith("mailto:") else address if "@" in address else ""
            params = getattr(each, "params", {})
            name = tidy(str(params.get("CN", ""))).strip().strip('"')
            if str(params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE"):
                continue  # nobody
            if (email or name) and (email or name).casefold() not in seen:
                seen.add((email or name).casefold())
                yield Invited(name, email, ANSWERS.get(str(params.get("PARTSTAT", "")).upper(), ""))


def _plain(text: str) -> str:
    """Return a text without the marks of a web page, in which some calendars write it."""
    if not _MARKED.search(text):
        return text
    text = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>", "\n", text)
    lines = (" ".join(line.split()) for line in unescape(re.sub(r"<[^<>]*>", "", text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _text(event: Any, key: str) -> str:
    said = event.get(key)
    return tidy(str(said)).strip() if said is not None else ""
