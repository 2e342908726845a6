"""The nights of a delegation: in which hotel each is spent, or on the way. Lists, papers and gaps ask here.

The hotel of a night is that of its day; else the one where a check-in was and nobody has left yet: one leaves by checking
out, by checking in elsewhere on a later day, by spending a night on the way, or with the end of the visit. Of a visit with
one hotel the nights that are left are spent there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, TransportLeg, Visit
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.rules.itinerary_dates import between, ends
from ucapdesk.model.values.partial_date import days_later

CHECK_IN, CHECK_OUT = "checkin", "checkout"
MAX_NIGHTS = 366
TOO_EARLY_FOR_BED = "03:00"
"""Whoever leaves before this hour has spent the night on the way to it."""
TO_A_BED_TOO = frozenset({"coach", "van", "car", "metro", "walk"})
"""Modes of transport by which one also goes to the hotel after a late arrival."""


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
    """Return whether a night is spent on a train or a plane."""
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
