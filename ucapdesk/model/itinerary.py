"""The hours of a programme: in which order points stand, where they clash, and what moves when something is late.

Hours are those of the clocks on the spot. Two points are compared in true time, each on the clock of its own zone; the
zone of the visit stands for those that name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ucapdesk.model.values import When

WORTH_TELLING = 15
"""So many free minutes between two points are shown as a gap."""
ON_THE_WAY = 10
"""Less than so many minutes between two points at different places is no time to get there."""
MOVES = frozenset({"arrival", "departure", "transfer", "flight", "train"})
"""Kinds of points that themselves are the way from one place to another."""
_GROUPS = re.compile(r"[,，、;；/+&\s]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """What counts of a point of the programme when hours are compared.

    ``places``: where it is, and what that place lies in, the nearest first. ``zone``: of the visit.
    """

    id: str
    when: When | None
    fixed: bool = False
    group: str = ""
    kind: str = ""
    places: tuple[str, ...] = ()
    zone: str | None = None

    @property
    def timed(self) -> bool:
        """Whether it begins at a known hour of a known day."""
        return self.when is not None and bool(self.when.start) and is_day(self.when.date)

    @property
    def begins(self) -> datetime:
        """In true time. Only of a timed one."""
        when = self._hours
        return _true(when.date, when.start, when.tz or self.zone)

    @property
    def ends(self) -> datetime:
        """In true time; where no end is known it is over as soon as it begins."""
        when = self._hours
        if not when.end:
            return self.begins
        return _true(when.end_date or when.date, when.end, when.end_tz or when.tz or self.zone)

    @property
    def _hours(self) -> When:
        if self.when is None or not self.timed:
            raise ValueError(self.id)
        return self.when

    def together(self, other: Slot) -> bool:
        """Whether somebody is expected at both: everybody is where no group is named."""
        mine, theirs = _groups(self.group), _groups(other.group)
        return not mine or not theirs or bool(mine & theirs)


@dataclass(frozen=True)
class Marks:
    """What is to be seen beside the points of a day, by their ids."""

    clashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The points at the same time as this one, with somebody expected at both."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """The free minutes before this point."""
    hurries: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The point before, at another place, and the minutes to get from there."""
    backward: frozenset[str] = frozenset()
    """Those that end before they begin."""

    @property
    def count(self) -> int:
        """How many points need a look: of two that clash, one."""
        pairs = {frozenset((one, other)) for one, others in self.clashes.items() for other in others}
        return len(pairs) + len(self.hurries) + len(self.backward)


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    """Those without an hour first, as they stand; then by the hour."""
    stand = list(slots)
    return [s for s in stand if not s.timed] + sorted((s for s in stand if s.timed), key=lambda s: (s.begins, s.ends))


def marks(slots: Iterable[Slot]) -> Marks:
    """Clashes, gaps and impossible transfers among the points of a day."""
    timed = [slot for slot in in_order(slots) if slot.timed]
    backward = frozenset(slot.id for slot in timed if slot.ends < slot.begins)
    sound = [slot for slot in timed if slot.id not in backward]
    clashes: dict[str, tuple[str, ...]] = {}
    gaps: dict[str, int] = {}
    hurries: dict[str, tuple[str, int]] = {}
    for at, slot in enumerate(sound):
        for other in sound[:at]:
            if slot.together(other) and _overlap(other, slot):
                clashes[slot.id] = (*clashes.get(slot.id, ()), other.id)
                clashes[other.id] = (*clashes.get(other.id, ()), slot.id)
        before = max((s for s in sound[:at] if s.together(slot)), key=lambda s: s.ends, default=None)
        if before is None or not before.when or not before.when.end or before.ends > slot.begins:
            continue
        free = _minutes(slot.begins - before.ends)
        if free < ON_THE_WAY and _far(before, slot):
            hurries[slot.id] = (before.id, free)
        elif free >= WORTH_TELLING:
            gaps[slot.id] = free
    return Marks(clashes, gaps, hurries, backward)


# -- moving in time -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Delay:
    """What comes of putting off the rest of a day."""

    moved: Mapping[str, When]
    """The new hours, by id."""
    stays: tuple[str, ...]
    """Later points whose hour is fixed."""
    after: Marks
    """How the day stands then."""
    ends: When | None
    """The last of those that move, as it will be; None where nothing moves."""


def delay(slots: Sequence[Slot], first: str, by: int) -> Delay:
    """Put off a point of a day and all that come later by so many minutes; those with a fixed hour stay."""
    late = next(slot for slot in slots if slot.id == first)
    later = [
        slot
        for slot in in_order(slots)
        if slot.timed and late.timed and slot.begins >= late.begins and slot.together(late)
    ]
    moved = {slot.id: shift(slot.when, by) for slot in later if not slot.fixed and slot.when}
    then = [replace(slot, when=moved.get(slot.id, slot.when)) for slot in slots]
    last = max((slot for slot in then if slot.id in moved), key=lambda slot: slot.ends, default=None)
    stays = tuple(slot.id for slot in later if slot.fixed)
    return Delay(moved, stays, marks(then), last.when if last else None)


def shift(when: When, minutes: int) -> When:
    """The same so many minutes later; past midnight it is on the next day."""
    by = timedelta(minutes=minutes)
    start = _clock(when.date, when.start)
    end = _clock(when.end_date or when.date, when.end) if when.end else None
    begins, ends = start + by, end + by if end else None
    day = begins.date().isoformat()
    other = ends.date().isoformat() if ends else when.end_date
    return replace(
        when,
        date=day,
        start=f"{begins:%H:%M}",
        end=f"{ends:%H:%M}" if ends else None,
        end_date=other if other != day else None,
    )


def reorder(slots: Sequence[Slot], id_: str, to: int) -> dict[str, When]:
    """The hours that change when a point goes to another place in the row of its day.

    It changes places with one neighbour after the other: both keep their length and the time between them. What has a
    fixed hour stays where it is, and others go past it. A point that is fixed itself, or has no hour, goes nowhere.
    """
    row = in_order(slots)
    at = next(n for n, slot in enumerate(row) if slot.id == id_)
    before = {slot.id: slot.when for slot in row}
    to = min(max(to, 0), len(row) - 1)
    if row[at].fixed or not row[at].timed:
        return {}
    while at != to:
        step = 1 if to > at else -1
        mover, other = row[at], row[at + step]
        if not other.timed:
            break
        row[at + step], row[at] = _pass(mover, other, down=step > 0)
        at += step
    return {slot.id: slot.when for slot in row if slot.when and slot.when != before[slot.id]}


def _pass(mover: Slot, other: Slot, *, down: bool) -> tuple[Slot, Slot]:
    """Two neighbours after the one went past the other."""
    if other.fixed:
        to = other.ends if down else other.begins - _length(mover)
        return _begin(mover, to), other
    first, second = (mover, other) if down else (other, mover)
    between = max(second.begins - first.ends, timedelta())
    second = _begin(second, first.begins)
    first = _begin(first, second.ends + between)
    return (first, second) if down else (second, first)


def _begin(slot: Slot, at: datetime) -> Slot:
    return replace(slot, when=shift(slot.when, _minutes(at - slot.begins))) if slot.when else slot


def _length(slot: Slot) -> timedelta:
    return max(slot.ends - slot.begins, timedelta())


def on_day(when: When, day: str) -> When:
    """The same hours on another day."""
    if not when.end_date or not is_day(when.date) or not is_day(when.end_date):
        return replace(when, date=day, end_date=None)
    by = date.fromisoformat(day) - date.fromisoformat(when.date or day)
    return replace(when, date=day, end_date=(date.fromisoformat(when.end_date) + by).isoformat())


# -- helpers ------------------------------------------------------------------------------------------


def is_day(text: str | None) -> bool:
    """Whether a text names a day of the calendar; another program may have written anything."""
    try:
        return len(text or "") == len("2026-01-01") and bool(date.fromisoformat(text or ""))
    except ValueError:
        return False


def is_zone(name: str) -> bool:
    """Whether this computer knows a time zone of that name."""
    try:
        return bool(ZoneInfo(name))
    except (OSError, ValueError, KeyError):
        return False


def _clock(day: str | None, hour: str | None) -> datetime:
    return datetime.combine(date.fromisoformat(day or ""), time.fromisoformat(hour or ""))


def _true(day: str | None, hour: str | None, zone: str | None) -> datetime:
    return _clock(day, hour).replace(tzinfo=ZoneInfo(zone) if zone else UTC).astimezone(UTC)


def _groups(said: str) -> frozenset[str]:
    return frozenset(filter(None, _GROUPS.split(said.casefold())))


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def _overlap(one: Slot, other: Slot) -> bool:
    """``one`` begins no later. A point without an end takes the moment in which it begins."""
    return other.begins < one.ends or other.begins == one.begins


def _far(one: Slot, other: Slot) -> bool:
    """Whether there is a way to go between them, and nothing says that they are on it."""
    if not one.places or not other.places or MOVES & {one.kind, other.kind}:
        return False
    return one.places[0] not in other.places and other.places[0] not in one.places


def days_between(first: str, last: str, most: int = 60) -> Iterator[str]:
    """The days from one to another, both included, at most so many."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    for number in range(min((end - begin).days + 1, most)):
        yield (begin + timedelta(number)).isoformat()
