"""Writes calendar files (.ics) with the clock of each place, and reads those of other programs.

Times are written as wall-clock times in a named zone, whose rules go with the file, so that a telephone shows them right
whatever its own zone is. Each event is read on the clock its file gives, however that names its zones: as IANA, Windows (Outlook)
or nobody names them; what has a name of its own is known by its rules. A date that repeats is read as often as it falls into the
days that are asked for, with what was moved or called off of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from html import unescape
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import get_global

from ucapdesk.base.errors import Failure
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.whole_files import read_file, text_of, write_file
from ucapdesk.model.dates.zones import all_year, zone_labels
from ucapdesk.model.rules.itinerary import Slot, apart
from ucapdesk.model.values import When
from ucapdesk.model.values.cells import tidy
from ucapdesk.model.values.groups import is_zone

PRODUCT = "-//UCAPDesk//UCAPDesk//EN"
# The rules of a zone are written for so long before the first date and after the last one.
AROUND = timedelta(days=400)
# First and last day whose clock changes are described; other times refer to the zone by name alone.
FIRST, LAST = date(1902, 1, 1), date(2200, 1, 1)


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


MAX_OCCURRENCES = 400  # Maximum number of occurrences that are read
LOOKED_THROUGH = 20_000  # Maximum number of occurrences counted before the requested days
# How often a rule may repeat; nothing of a visit repeats within a day.
OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# Occurrences that are counted for all rules of a file; days without any count as well, since a rule may name one that
# never comes.
MOST_STEPS, DAYS_A_STEP = 1_000_000, 5
AFTERWARDS = timedelta(days=366)  # For how long after the requested days a rule is followed, to tell that it goes on
WITHOUT_DAYS = timedelta(days=40 * 366)


class Repeats:
    """Expands the recurring events of one file, within limits for all of them.

    Args:
        local: Tells a moment by the clock of the event.
        days: The days that are asked for; without them the first times are read.
    """

    def __init__(self, local: Callable[[date], datetime], days: tuple[date, date] | None) -> None:
        self._local, self._days = local, days
        self._left = MOST_STEPS

    def of(self, event: Any, first: datetime) -> tuple[list[datetime], bool]:
        """Return when an event takes place, on its own clock, and whether it also does so on other days, or goes on.

        Raises a ``ValueError`` for a rule that cannot be followed.
        """
        if self._left < 0:
            raise ValueError("rules that take too long")
        every = self._every(event, first)
        if self._days is None:
            found = list(islice(every, MAX_OCCURRENCES + 1))
            self._left -= len(found)
            return found[:MAX_OCCURRENCES], len(found) > MAX_OCCURRENCES
        begin, end = (datetime.combine(day, time.min) for day in (self._days[0], self._days[1] + timedelta(days=1)))
        inside: list[datetime] = []
        elsewhere = False
        for n, at in enumerate(every):
            self._left -= 1
            if at >= end or n >= LOOKED_THROUGH or len(inside) >= MAX_OCCURRENCES:
                return inside, True
            if at >= begin:
                inside.append(at)
            else:
                elsewhere = True
        return inside, elsewhere

    def _every(self, event: Any, first: datetime) -> Iterator[datetime]:
        from dateutil.rrule import rruleset

        every = rruleset(cache=False)
        every.rdate(first)
        for rule in several(event, "rrule"):
            every.rrule(self._times(rule, first))
        for added in _moments(event, "rdate"):
            every.rdate(self._local(added))
        for out in _moments(event, "exdate"):
            at = self._local(out)
            every.exdate(at if isinstance(out, datetime) else datetime.combine(at.date(), first.time()))
        yield from every

    def _times(self, rule: Any, first: datetime) -> Iterable[datetime]:
        """Return the times of a rule until some time after the requested days, or its own end on the clock of the event."""
        from dateutil.rrule import rrulestr

        told = type(rule)(rule)
        if self._left < 0 or str(told["FREQ"][0]).upper() not in OFTEN or told.get("INTERVAL", [1])[0] < 1:
            raise ValueError("a rule that takes too long")
        own = told.pop("UNTIL", None)
        until = own[0] if isinstance(own, list) else own
        last = datetime.combine(self._days[1], time.min) + AFTERWARDS if self._days else first + WITHOUT_DAYS
        if until is not None:
            ends = self._local(until)
            last = min(last, ends if isinstance(until, datetime) else datetime.combine(ends.date(), time(23, 59, 59)))
        count = told.pop("COUNT", None)
        told["UNTIL"] = [last]
        times: Iterator[datetime] = iter(rrulestr(told.to_ical().decode(), dtstart=first))
        begins = next(times, None)
        self._left -= ((begins.date() if begins else date.max) - first.date()).days // DAYS_A_STEP
        most: int | None = count[0] if count else None
        return islice(chain([begins], times), most) if begins else ()


def several(event: Any, key: str) -> list[Any]:
    said = event.get(key)
    return [] if said is None else said if isinstance(said, list) else [said]


def _moments(event: Any, key: str) -> Iterator[date]:
    """Yield the moments of a list of dates; of a period its beginning."""
    for said in several(event, key):
        for each in said.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


MEGABYTES, MAX_EVENTS = 20, 5_000
ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "NEEDS-ACTION": "invited"}
Days = tuple[date, date]
_MARKED = re.compile(r"<(?:br|/?(?:p|div|b|i|u|ul|ol|li|a|span|strong|em|html))(?:[\s/][^<>]*)?>", re.IGNORECASE)
# A zone that is only called by how far its clock is ahead.
_AHEAD = re.compile(r"(?:GMT|UTC)\s?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
LIKE_ALWAYS = 2027  # A year whose clocks are those of any
FARTHEST_AHEAD = 14  # Hours by which a clock may differ from Greenwich


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
        day, hour, own = self._day_and_hour(start, event, "dtstart")
        if not isinstance(end, datetime) or end == start:
            return When(day, hour, tz=own)
        end_day, end_hour, end_own = self._day_and_hour(end, event, "dtend" if "dtend" in event else "dtstart")
        return When(
            day, hour, end_hour,
            end_date=end_day if end_day != day else None,
            tz=own,
            end_tz=end_own if end_own != own else None,
        )  # fmt: skip

    def _day_and_hour(self, moment: datetime, event: Any, key: str) -> tuple[str, str, str | None]:
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
