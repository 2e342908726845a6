"""What clashes in the days of a visit: points at the same time, ways too short, nights without a bed, days outside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.places import Place
from ucapdesk.model.kinds.visits import ItineraryItem, TransportLeg
from ucapdesk.model.record import Record
from ucapdesk.model.values import Geo, PartialDate, When
from ucapdesk.model.wording import say_date, title_of
from ucapdesk.services.papers.gap import Gap
from ucapdesk.services.papers.visit_facts import VisitFacts

SPEED = 40
"""Kilometres an hour from door to door."""
TRAVEL_DAYS = 2
"""Days before and after a visit that transport may fall on."""
_FIRST, _LAST = "0001-01-10", "9999-12-20"


def _day(text: str) -> str:
    try:
        return say_date(PartialDate(text))
    except ValueError:
        return text


# -- outside --------------------------------------------------------------------------------------


def outside(of: VisitFacts) -> Iterator[Gap]:
    """Points, days, meetings and transport that certainly do not fall into the visit."""
    if of.visit.dates is None:
        return
    things: list[tuple[Record, str, str]] = [
        (item, "when", _date(item.when)) for item in of.items if item.meeting != item.id
    ]
    things += [(day.record, "date", day.date) for day in of.days if day.record]
    things += [(meeting, "when", _date(meeting.when)) for meeting in of.meetings]
    low, high = of.visit.dates.bounds
    for record, field, when in things:
        if when and _is_outside(when, low, high):
            said = tr("gap", "“{title}” is on {date}, outside the visit", title=title_of(record), date=_day(when))
            yield Gap("outside", type(record).__tablename__, record.id, field, said)
    wide = _moved(low, -TRAVEL_DAYS), _moved(high, TRAVEL_DAYS)
    for leg in of.legs:
        when = _date(leg.when)
        if when and _is_outside(when, *wide):
            said = tr(
                "gap", "Transport “{title}” is on {date}, outside the visit", title=title_of(leg), date=_day(when)
            )
            yield Gap("outside", "transport_leg", leg.id, "when", said)


def _kind(item: ItineraryItem) -> str:
    """The kind of the record to mend: a meeting that the programme does not name stands for itself."""
    return "meeting" if item.meeting == item.id else "itinerary_item"


def _date(when: When | None) -> str:
    return (when.date if when else None) or ""


def _is_outside(when: str, low: str, high: str) -> bool:
    try:
        first, last = PartialDate(when).bounds
    except ValueError:
        return False
    return last < low or first > high


def _moved(day: str, by: int) -> str:
    if not _FIRST < day < _LAST:
        return day
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


# -- at the same time -----------------------------------------------------------------------------


def overlaps(of: VisitFacts) -> Iterator[Gap]:
    """Two points for the same people at once, or one person at two places."""
    timed = [(item, span) for item in of.items if (span := _span(of, item.when))]
    for n, (first, (start, end)) in enumerate(timed):
        for other, (begin, finish) in timed[n + 1 :]:
            if begin >= end or finish <= start:
                continue
            if not (first.group and other.group and first.group != other.group):
                said = tr(
                    "gap", "“{first}” and “{other}” are at the same time", first=title_of(first), other=title_of(other)
                )
                yield Gap("overlap", _kind(other), other.id, "when", said)
            else:
                yield from _torn(first, other)


def _torn(first: ItineraryItem, other: ItineraryItem) -> Iterator[Gap]:
    """The delegation is split, but somebody is wanted on both sides."""
    for name in ("interpreter", "our_lead", "host_lead"):
        person = getattr(first, name)
        if person and person == getattr(other, name):
            said = tr(
                "gap",
                "Somebody is at “{first}” and at “{other}” at the same time",
                first=title_of(first),
                other=title_of(other),
            )
            yield Gap("torn", "itinerary_item", other.id, name, said)


def _span(of: VisitFacts, when: When | None) -> tuple[datetime, datetime] | None:
    """From when to when on one clock for all; None where an end is not known. Without a zone it is the visit's."""
    if when is None or not (when.date and when.start and when.end):
        return None
    try:
        start = datetime.fromisoformat(f"{when.date} {when.start}")
        end = datetime.fromisoformat(f"{when.end_date or when.date} {when.end}")
    except ValueError:  # a month, a year
        return None
    zone = when.zone or When(tz=of.zone or None).zone or UTC
    end_zone = When(tz=when.end_tz).zone or zone
    return start.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=end_zone).astimezone(UTC)


# -- ways -----------------------------------------------------------------------------------------


def transfers(of: VisitFacts) -> Iterator[Gap]:
    """Ways for which there is no time, and transport that arrives before it leaves or runs while something else is on."""
    for leg in of.legs:
        span = _span(of, leg.when)
        if span is None:
            continue
        if span[1] <= span[0]:
            said = tr("gap", "Transport “{title}” arrives before it leaves", title=title_of(leg))
            yield Gap("impossible_transfer", "transport_leg", leg.id, "when", said)
        else:
            yield from _missed(of, leg, span)
    for day in of.days:
        yield from _ways(of, day.items)


def _missed(of: VisitFacts, leg: TransportLeg, span: tuple[datetime, datetime]) -> Iterator[Gap]:
    for item in of.items:
        other = _span(of, item.when)
        travels = item.type in ("flight", "train", "transfer", "arrival", "departure") or item.transport == leg.id
        if other and not travels and other[0] < span[1] and other[1] > span[0]:
            said = tr(
                "gap", "“{title}” is on while transport “{leg}” is on its way", title=title_of(item), leg=title_of(leg)
            )
            yield Gap("impossible_transfer", _kind(item), item.id, "when", said)


def _ways(of: VisitFacts, items: Sequence[ItineraryItem]) -> Iterator[Gap]:
    """From each point to the next at another place."""
    timed = [(item, span) for item in items if (span := _span(of, item.when)) and not item.group]
    for (first, (_, end)), (other, (begin, _)) in pairwise(timed):
        here, there = of.place_of(first), of.place_of(other)
        if here is None or there is None or here.id == there.id or begin < end:
            continue
        needed = _minutes(here, there)
        free = (begin - end).total_seconds() / 60
        if free < needed:
            said = tr("gap", "From “{first}” to “{other}” there are {free} minutes, too few for the way",
                      first=title_of(first), other=title_of(other), free=round(free))  # fmt: skip
            yield Gap("impossible_transfer", _kind(other), other.id, "when", said)


def _minutes(here: Place, there: Place) -> float:
    """What the way takes as the crow flies; where that is not known, more than nothing."""
    return max(1.0, _kilometres(here.position, there.position) / SPEED * 60)


def _kilometres(a: Geo | None, b: Geo | None) -> float:
    if a is None or b is None or not (a.lat and a.lon and b.lat and b.lon):
        return 0.0
    lat1, lon1, lat2, lon2 = (math.radians(float(each)) for each in (a.lat, a.lon, b.lat, b.lon))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


# -- nights ---------------------------------------------------------------------------------------


def hotels(of: VisitFacts) -> Iterator[Gap]:
    """Nights of the visit without a hotel: neither that day's, nor the one hotel of the whole visit, nor on the way."""
    dates = of.visit.dates
    if dates is None or len(of.visit.hotels or ()) == 1:
        return
    low, high = dates.bounds
    if any(len(end.rstrip("~?%")) < len("2026-01-01") for end in dates.ends) or high > _LAST:
        return
    known = {day.date: day.record for day in of.days}
    nights = (date.fromisoformat(high) - date.fromisoformat(low)).days
    for n in range(min(nights, 366)):
        night = _moved(low, n)
        record = known.get(night)
        if (record and record.hotel) or any(_overnight(leg, night) for leg in of.legs):
            continue
        said = tr("gap", "No hotel for the night of {date}", date=_day(night))
        if record:
            yield Gap("no_hotel", "itinerary_day", record.id, "hotel", said)
        else:
            yield Gap("no_hotel", "visit", of.visit.id, "hotels", said)


def _overnight(leg: TransportLeg, night: str) -> bool:
    when = leg.when
    return bool(when and when.date and when.end_date and when.date <= night < when.end_date)
