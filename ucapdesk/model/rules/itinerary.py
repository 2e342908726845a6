"""Time rules of a programme: the order of its items, clashes, the effect of a delay, its days, and where each night is spent.

Hours are those of the clocks on the spot. Two points are compared on one clock: in true time where the zones of both are
known, else as the clocks show, since what has no known zone is most likely on the same one.

The hotel of a night is that of its day; else the one where a check-in was and nobody has left yet: one leaves by checking
out, by checking in elsewhere on a later day, by spending a night on the way, or with the end of the visit. Of a visit with
one hotel the nights that are left are spent there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, TransportLeg, Visit
from ucapdesk.model.values import PartialDate, When
from ucapdesk.model.values.partial_date import days_later

WORTH_TELLING = 15  # Minimum number of free minutes between two items that are shown as a gap
ON_THE_WAY = 10  # Number of minutes between two items at different places below which there is no time for the way
SHORTEST = 15  # Minutes that an item lasts at least when its end is moved
# Types of items that are themselves the way from one place to another.
MOVES = frozenset({"arrival", "departure", "transfer", "flight", "train"})
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

    # Items at the same time as this one, with somebody expected at both.
    clashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)  # Free minutes before this item
    # The item before, at another place, and the minutes to get from there.
    hurries: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    backward: frozenset[str] = frozenset()  # Items that end before they begin
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # Hours of an item that no clock shows

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

    moved: Mapping[str, When]  # The new times, by id
    stays: tuple[str, ...]  # Later items whose time is fixed
    after: Marks  # The remarks of the day after the delay
    ends: When | None  # The last moved item at its new time; None where nothing moves


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


LEG = "transport_leg"
MAX_DAYS = 60  # How many days of a visit are listed at most
YEAR = 366
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[~?%]?")


def ends(dates: PartialDate | None) -> tuple[str | None, str | None]:
    """Return the first and the last day, each where it is known to the day."""
    if dates is None:
        return None, None
    first, last = (found[1] if (found := _DAY.fullmatch(end)) else None for end in dates.ends)
    return first, last


def runs(dates: PartialDate | None, day: str) -> bool:
    """Return whether a visit takes place on a day; not where only a month or a year is known of its beginning."""
    first, last = dates.bounds if dates and ends(dates)[0] else ("", "")
    return first <= day <= last


def days_of(dates: PartialDate | None) -> list[str]:
    """Return the days of a visit; none where only a month or a year is known."""
    first, last = ends(dates)
    return between(first, last, MAX_DAYS) if first and last else []


def days_that_may_be(dates: PartialDate | None) -> list[str]:
    """Return the days on which a visit may be: where only a month or a year is known, all of its days; at most a year."""
    known = days_of(dates)
    if known or dates is None:
        return known
    first, last = dates.bounds
    return between(days_later(last, 1 - YEAR) or first if dates.ends[0] == ".." else first, last, YEAR)


def between(first: str, last: str, most: int) -> list[str]:
    """Return the days from one to another, both included, the first of them where they are too many."""
    begin, end = map(date.fromisoformat, (first, last))
    return [(begin + timedelta(number)).isoformat() for number in range(min((end - begin).days + 1, most))]


def days_on(when: When | None) -> tuple[str, str]:
    """Return the day of an item, and the later one on which it ends; empty for none."""
    first = when.date if when and is_day(when.date) else ""
    last = when.end_date if when and first and when.end and is_day(when.end_date) else ""
    return first or "", last if last and first and last > first else ""


def arrives_on(thing: Any, when: When | None) -> str:
    """Return the later day on which a journey ends, empty for none; a dinner that ends after midnight arrives nowhere."""
    travels = getattr(thing, "type", None) in MOVES or getattr(thing, "transport", None) or thing.__tablename__ == LEG
    clocks = {when.tz, when.end_tz} - {None} if when else set()
    return days_on(when)[1] if travels or len(clocks) > 1 else ""


def due_on(offset: int | None, dates: PartialDate | None) -> str | None:
    """Return the day so many days before the first day (or on it), or after the last; None where that day is not known."""
    if offset is None:
        return None
    first, last = ends(dates)
    day = first if offset <= 0 else last
    return days_later(day, offset) if day else None


CHECK_IN, CHECK_OUT = "checkin", "checkout"
MAX_NIGHTS = 366
TOO_EARLY_FOR_BED = "03:00"  # Whoever leaves before this hour has spent the night on the way to it
# Modes of transport by which one also goes to the hotel after a late arrival.
TO_A_BED_TOO = frozenset({"coach", "van", "car", "metro", "walk"})


class Stay(NamedTuple):
    """Nights in one hotel that follow one another. ``until``: the day after the last of them; empty after the last day of all."""

    hotel: str
    first: str
    until: str
    nights: int


def hotels_by_night(
    visit: Visit,
    days: Iterable[ItineraryDay],
    items: Iterable[ItineraryItem],
    legs: Sequence[TransportLeg],
    hotels: Collection[str],
) -> dict[str, str]:
    """Return the hotel of each night for which one is known.

    Args:
        visit: The visit.
        days: What is said of its days.
        items: Its points, with their hours as they are told.
        legs: Its transport, likewise.
        hotels: The places that are hotels.
    """
    said = {day.date: day.hotel for day in days if day.date and is_day(day.date) and day.hotel}
    found = dict(_slept(visit, items, legs, hotels, said)) | said
    own = list(visit.hotels or ())
    for night in nights_of(visit) if len(own) == 1 else ():
        if not is_on_the_way(legs, night):
            found.setdefault(night, own[0])
    return dict(sorted(found.items()))


def stays(nights: Mapping[str, str]) -> list[Stay]:
    """Return consecutive nights in one hotel joined, by time."""
    found: list[Stay] = []
    for night, hotel in sorted(nights.items()):
        last = found[-1] if found else None
        if last and (last.hotel, last.until) == (hotel, night):
            found[-1] = Stay(hotel, last.first, _after(night, 1), last.nights + 1)
        else:
            found.append(Stay(hotel, night, _after(night, 1), 1))
    return found


def without_bed(visit: Visit, nights: Mapping[str, str], legs: Sequence[TransportLeg]) -> list[str]:
    """Return the nights of a visit spent neither in a known hotel nor on the way, as that before a flight at 01:25 is."""
    away = (leg.when for leg in legs if leg.mode not in TO_A_BED_TOO)
    left = {when.date for when in away if when and (when.start or "~") < TOO_EARLY_FOR_BED}
    found = (night for night in nights_of(visit) if night not in nights and not is_on_the_way(legs, night))
    return [night for night in found if _after(night, 1) not in left]


def nights_of(visit: Visit) -> list[str]:
    """Return the nights between the days of a visit, each by the day before it; none where its days are not known."""
    first, last = ends(visit.dates)
    return _nights(first, last) if first and last else []


def is_on_the_way(legs: Iterable[TransportLeg], night: str) -> bool:
    times = (leg.when for leg in legs)
    return any(when and when.date and when.end_date and when.date <= night < when.end_date for when in times)


def _slept(
    visit: Visit,
    items: Iterable[ItineraryItem],
    legs: Sequence[TransportLeg],
    hotels: Collection[str],
    said: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield the nights after each hotel check-in; without a check-out, until another hotel or transport begins."""
    timed = [(item.when.sort_key, item.when.date or "", item) for item in items if item.when and is_day(item.when.date)]
    turns = sorted((each for each in timed if each[2].type in (CHECK_IN, CHECK_OUT)), key=lambda each: each[0])
    _, over = ends(visit.dates)
    for _, day, item in turns:
        if item.type != CHECK_IN or not item.place or item.place not in hotels:
            continue
        leaves, out = next(((other, then.type == CHECK_OUT) for _, other, then in turns if other > day), ("", False))
        for night in _nights(day, leaves or max(over or "", _after(day, 1))):
            if not out and (said.get(night, item.place) != item.place or is_on_the_way(legs, night)):
                break
            yield night, item.place


def _nights(first: str, last: str) -> list[str]:
    """Return the nights from one day to another, each by the day before it; none after the last day of all."""
    return between(first, last, MAX_NIGHTS + 1)[:-1] if last else []


def _after(day: str, n: int) -> str:
    return days_later(day, n) or ""
