"""Where a delegation sleeps: in which hotel each night, or on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from ucapdesk.model.itinerary import is_day
from ucapdesk.model.itinerary_dates import ends
from ucapdesk.model.kinds.visits import ItineraryDay, ItineraryItem, TransportLeg, Visit

CHECK_IN, CHECK_OUT = "checkin", "checkout"
MOST = 366


def hotels_by_night(
    days: Iterable[ItineraryDay], items: Iterable[ItineraryItem], hotels: Collection[str]
) -> dict[str, str]:
    """The hotel of each night that one is known for: that of the day; else where one checks in, until one checks out.

    Args:
        days: What is said of its days.
        items: Its points, with their hours as they are told.
        hotels: The places that are hotels.
    """
    found = {day.date: day.hotel for day in days if day.date and is_day(day.date) and day.hotel}
    for night, hotel in _checked_in(items, hotels).items():
        found.setdefault(night, hotel)
    return dict(sorted(found.items()))


def nights_of(visit: Visit) -> list[str]:
    """The nights between the days of a visit, each by the day before it; none where its days are not known."""
    first, last = ends(visit.dates)
    if not first or not last:
        return []
    count = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [_later(first, n) for n in range(min(count, MOST)) if _later(first, n)]


def is_overnight(leg: TransportLeg, night: str) -> bool:
    """Whether a night is spent on the way."""
    when = leg.when
    return bool(when and when.date and when.end_date and when.date <= night < when.end_date)


def _checked_in(items: Iterable[ItineraryItem], hotels: Collection[str]) -> dict[str, str]:
    """The nights between each check-in at a hotel and the check-out after it; without one, the night after the check-in."""
    timed = [(item.when.sort_key, item.when.date or "", item) for item in items if item.when and is_day(item.when.date)]
    turns = sorted((each for each in timed if each[2].type in (CHECK_IN, CHECK_OUT)), key=lambda each: each[0])
    found: dict[str, str] = {}
    for at, (_, day, item) in enumerate(turns):
        if item.type != CHECK_IN or not item.place or item.place not in hotels:
            continue
        out = next((other for _, other, then in turns[at + 1 :] if then.type == CHECK_OUT), "")
        nights = max((date.fromisoformat(out) - date.fromisoformat(day)).days, 1) if out else 1
        found |= {_later(day, n): item.place for n in range(min(nights, MOST))}
    return found


def _later(day: str, n: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(n)).isoformat()
    except OverflowError:
        return ""
