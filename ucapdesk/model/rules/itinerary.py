"""Time rules of a programme: the order of its items, clashes, and the effect of a delay.

Hours are those of the clocks on the spot. Two points are compared on one clock: in true time where the zones of both are
known, else as the clocks show, since what has no known zone is most likely on the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ucapdesk.model.values import When

WORTH_TELLING = 15
"""Minimum number of free minutes between two items that are shown as a gap."""
ON_THE_WAY = 10
"""Number of minutes between two items at different places below which there is no time for the way."""
SHORTEST = 15
"""Minutes that an item lasts at least when its end is moved."""
MOVES = frozenset({"arrival", "departure", "transfer", "flight", "train"})
"""Types of items that are themselves the way from one place to another."""
_GROUPS = re.compile(r"[,，、;；/+&\s]+")


class Slot(NamedTuple):
    """The facts of an item that count when times are compared.

    ``places``: where it is, and what that place lies in, the nearest first. ``zone`` and ``end_zone``: of its two ends.
    ``carried``: it began on a day before this one.
    """

    id: str
    when: When | None
    fixed: bool = False
    group: str = ""
    kind: str = ""
    places: tuple[str, ...] = ()
    zone: str | None = None
    end_zone: str | None = None
    carried: bool = False

    @property
    def timed(self) -> bool:
        """Whether it begins at a known hour of a known day."""
        return self.when is not None and bool(self.when.start) and is_day(self.when.date)

    @property
    def begins(self) -> datetime:
        """The beginning, in true time where the zone is known, else on the clock of the place. Only for timed items."""
        when = self._hours
        return _told(when.date, when.start, when.tz or self.zone)

    @property
    def ends(self) -> datetime:
        """The end, likewise; without a known end (on a known day) the item is over as soon as it begins."""
        when = self._hours
        if not when.end or not is_day(when.end_date or when.date):
            return self.begins
        return _told(when.end_date or when.date, when.end, when.end_tz or self.end_zone or when.tz)

    @property
    def length(self) -> timedelta:
        """The duration; never negative."""
        return max(apart(self.begins, self.ends), timedelta())

    @property
    def _hours(self) -> When:
        if self.when is None or not self.timed:
            raise ValueError(self.id)
        return self.when

    def together(self, other: Slot) -> bool:
        """Return whether somebody is expected at both items: everybody is where no group is named."""
        mine, theirs = _groups(self.group), _groups(other.group)
        return not mine or not theirs or bool(mine & theirs)


@dataclass(frozen=True)
class Marks:
    """The remarks beside the items of a day, by their ids."""

    clashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Items at the same time as this one, with somebody expected at both."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """Free minutes before this item."""
    hurries: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The item before, at another place, and the minutes to get from there."""
    backward: frozenset[str] = frozenset()
    """Items that end before they begin."""
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Hours of an item that no clock shows."""

    @property
    def count(self) -> int:
        """The number of items that need a look: two that clash count once."""
        pairs = {frozenset((one, other)) for one, others in self.clashes.items() for other in others}
        return len(pairs) + len(self.hurries) + len(self.backward | self.skipped.keys())


def apart(one: datetime, other: datetime) -> timedelta:
    """Return the time from one moment to another: in true time where both zones are known, else as the clocks show."""
    if one.tzinfo and other.tzinfo:
        return _in_utc(other) - _in_utc(one)
    return other.replace(tzinfo=None) - one.replace(tzinfo=None)


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    """Return the items in order: those without an hour first, as they stand; then by the hour."""
    stand = list(slots)
    timed = [s for s in stand if s.timed]
    known = all(s.begins.tzinfo for s in timed)

    def key(slot: Slot) -> tuple[datetime, timedelta]:
        begins = _in_utc(slot.begins) if known else slot.begins.replace(tzinfo=None)
        return begins, slot.length

    return [s for s in stand if not s.timed] + sorted(timed, key=key)


def marks(slots: Iterable[Slot]) -> Marks:
    """Return the clashes, gaps and impossible transfers among the items of a day."""
    timed = [slot for slot in in_order(slots) if slot.timed]
    backward = frozenset(slot.id for slot in timed if is_backward(slot))
    sound = [slot for slot in timed if slot.id not in backward]
    clashes: dict[str, tuple[str, ...]] = {}
    gaps: dict[str, int] = {}
    hurries: dict[str, tuple[str, int]] = {}
    for at, slot in enumerate(sound):
        for other in sound[:at]:
            if slot.together(other) and overlap(other, slot):
                clashes[slot.id] = (*clashes.get(slot.id, ()), other.id)
                clashes[other.id] = (*clashes.get(other.id, ()), slot.id)
        earlier = [s for s in sound[:at] if s.together(slot)]
        before = min(earlier, key=lambda s: apart(s.ends, slot.begins), default=None)
        if before is None or not before.when or not before.when.end or apart(before.ends, slot.begins) < timedelta():
            continue
        free = minutes_of(apart(before.ends, slot.begins))
        if free < ON_THE_WAY and _far(before, slot):
            hurries[slot.id] = (before.id, free)
        elif free >= WORTH_TELLING:
            gaps[slot.id] = free
    skipped = {slot.id: hours for slot in timed if (hours := skipped_hours(slot))}
    return Marks(clashes, gaps, hurries, backward, skipped)


# -- moving in time -----------------------------------------------------------------------------------


class Delay(NamedTuple):
    """The effect of delaying the rest of a day."""

    moved: Mapping[str, When]
    """The new times, by id."""
    stays: tuple[str, ...]
    """Later items whose time is fixed."""
    after: Marks
    """The remarks of the day after the delay."""
    ends: When | None
    """The last moved item at its new time; None where nothing moves."""


def delay(slots: Sequence[Slot], first: str, by: int) -> Delay:
    """Delay an item of a day and all later ones by so many minutes; those with a fixed time stay."""
    late = next(slot for slot in slots if slot.id == first)
    later = [
        slot
        for slot in in_order(slots)
        if slot.timed and late.timed and apart(late.begins, slot.begins) >= timedelta() and slot.together(late)
    ]
    moved = {slot.id: shift(slot.when, by) for slot in later if not slot.fixed and slot.when}
    then = [slot._replace(when=moved.get(slot.id, slot.when)) for slot in slots]
    stays = tuple(slot.id for slot in later if slot.fixed)
    return Delay(moved, stays, marks(then), _over_last(slot for slot in then if slot.id in moved))


def _over_last(slots: Iterable[Slot]) -> When | None:
    """Return the times of the item that ends last."""
    last: Slot | None = None
    for slot in slots:
        last = slot if last is None or apart(last.ends, slot.ends) > timedelta() else last
    return last.when if last else None


def shift(when: When, minutes: int) -> When:
    """Return the times shifted by so many minutes; past midnight they are on the next day."""
    by = timedelta(minutes=minutes)
    begins = _clock(when.date, when.start) + by
    moved = replace(when, date=begins.date().isoformat(), start=f"{begins:%H:%M}")
    if when.end:
        return _ending(moved, _clock(when.end_date or when.date, when.end) + by)
    return replace(moved, end=None, end_date=when.end_date if when.end_date != moved.date else None)


def _ending(when: When, ends: datetime) -> When:
    day = ends.date().isoformat()
    return replace(when, end=f"{ends:%H:%M}", end_date=day if day != when.date else None)


def stretch(when: When, minutes: int) -> When:
    """Return the times with an end so many minutes later, or earlier; it stays ``SHORTEST`` after the beginning at least."""
    start = _clock(when.date, when.start)
    end = _clock(when.end_date or when.date, when.end) if when.end else start
    return _ending(when, max(end + timedelta(minutes=minutes), start + timedelta(minutes=SHORTEST)))


def reorder(slots: Sequence[Slot], id_: str, to: int) -> dict[str, When]:
    """Return the times that change when an item is moved to another place in its day.

    It changes places with one neighbour after the other: both keep their length and the time between them. What has a
    fixed hour stays where it is, and others go past it. A point that is fixed itself, or has no hour, goes nowhere.
    """
    row = in_order(slots)
    at = next(n for n, slot in enumerate(row) if slot.id == id_)
    before = {slot.id: slot.when for slot in row}
    to = min(max(to, 0), len(row) - 1)
    if row[at].fixed or row[at].carried or not row[at].timed:
        return {}
    while at != to:
        step = 1 if to > at else -1
        mover, other = row[at], row[at + step]
        if not other.timed or other.carried:
            break
        row[at + step], row[at] = _pass(mover, other, down=step > 0)
        at += step
    return {slot.id: slot.when for slot in row if slot.when and slot.when != before[slot.id]}


def _pass(mover: Slot, other: Slot, *, down: bool) -> tuple[Slot, Slot]:
    """Swap two neighbours."""
    if other.fixed:
        by = apart(mover.begins, other.ends) if down else apart(mover.begins, other.begins) - mover.length
        return _later(mover, by), other
    first, second = (mover, other) if down else (other, mover)
    between = max(apart(first.ends, second.begins), timedelta())
    second = _later(second, apart(second.begins, first.begins))
    first = _later(first, apart(first.begins, second.ends) + between)
    return (first, second) if down else (second, first)


def _later(slot: Slot, by: timedelta) -> Slot:
    return slot._replace(when=shift(slot.when, minutes_of(by))) if slot.when else slot


def on_day(when: When, day: str) -> When:
    """Return the same hours on another day."""
    if not when.end_date or not is_day(when.date) or not is_day(when.end_date):
        return replace(when, date=day, end_date=None)
    by = date.fromisoformat(day) - date.fromisoformat(when.date or day)
    return replace(when, date=day, end_date=(date.fromisoformat(when.end_date) + by).isoformat())


# -- helpers ------------------------------------------------------------------------------------------


def is_day(text: str | None) -> bool:
    """Return whether a text is a calendar day; another program may have written anything."""
    try:
        return len(text or "") == len("2026-01-01") and bool(date.fromisoformat(text or ""))
    except ValueError:
        return False


def _clock(day: str | None, hour: str | None) -> datetime:
    return datetime.combine(date.fromisoformat(day or ""), time.fromisoformat(hour or ""))


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # of the first day or the last of all
        return moment.replace(tzinfo=UTC)


def _told(day: str | None, hour: str | None, zone: str | None) -> datetime:
    return _clock(day, hour).replace(tzinfo=ZoneInfo(zone) if zone else None)


def _groups(said: str) -> frozenset[str]:
    return frozenset(filter(None, _GROUPS.split(said.casefold())))


def minutes_of(span: timedelta) -> int:
    """Return a length of time in whole minutes."""
    return round(span.total_seconds() / 60)


def overlap(one: Slot, other: Slot) -> bool:
    """Return whether two items overlap. An item without an end takes the moment in which it begins."""
    first, second = (one, other) if apart(one.begins, other.begins) >= timedelta() else (other, one)
    return apart(second.begins, first.ends) > timedelta() or not apart(first.begins, second.begins)


def is_backward(slot: Slot) -> bool:
    """Return whether it ends before it begins; never certain for a flight between unknown zones."""
    begins, ends = slot.begins, slot.ends
    known = bool(begins.tzinfo) == bool(ends.tzinfo) and (begins.tzinfo is not None or slot.kind != "flight")
    return known and apart(begins, ends) < timedelta()


def skipped_hours(slot: Slot) -> tuple[str, ...]:
    """Return the hours of a timed item that do not exist, since the clocks of its place are put forward over them."""
    when = slot.when or When()
    ends = [slot.begins, *([slot.ends] if when.end and is_day(when.end_date or when.date) else [])]
    return tuple(f"{each:%H:%M}" for each in ends if _is_skipped(each))


def _is_skipped(moment: datetime) -> bool:
    before, after = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    return before is not None and after is not None and before < after


def _far(one: Slot, other: Slot) -> bool:
    """Return whether the two are at different places and neither is the way between them."""
    if not one.places or not other.places or MOVES & {one.kind, other.kind}:
        return False
    return one.places[0] not in other.places and other.places[0] not in one.places
