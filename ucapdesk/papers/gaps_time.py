"""Clashes in the days of a visit: overlapping items, too little time for a way, nights without a hotel, dates outside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.record import Record
from ucapdesk.model.rules import meeting_hours
from ucapdesk.model.rules.itinerary import MOVES, Slot, apart, is_backward, is_day, minutes_of, overlap, skipped_hours
from ucapdesk.model.rules.itinerary_dates import days_of
from ucapdesk.model.rules.journeys import RIDES, differ, is_ride
from ucapdesk.model.rules.nights import without_bed
from ucapdesk.model.text.format.dates_in_words import say_date, say_when
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import Geo, PartialDate, When
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.papers.gap import Gap
from ucapdesk.papers.occasions import takes_part
from ucapdesk.papers.paper_words import of_room
from ucapdesk.papers.visit_facts import VisitFacts
from ucapdesk.store.read import days_off

SPEED = 40
"""Kilometres an hour from door to door."""
TRAVEL_DAYS = 2
"""Days before and after a visit that transport may fall on."""


def _day(text: str) -> str:
    return say_date(PartialDate(text))


# -- outside --------------------------------------------------------------------------------------


def outside(of: VisitFacts) -> Iterator[Gap]:
    """Yield items, days, meetings and transport that are certainly not within the visit."""
    if of.visit.dates is None:
        return
    rides = {item.id for item in of.items if item.type in RIDES}
    things: list[tuple[Record, str, str]] = [
        (item, "when", _date(item.when)) for item in of.items if item.meeting != item.id and item.id not in rides
    ]
    things += [(day.record, "date", day.date) for day in of.days if day.record]
    things += [(meeting, "when", _date(meeting.when)) for meeting in of.meetings]
    low, high = of.visit.dates.bounds
    yield from _beyond(low, high, things, Message("gap", "“{title}” is on {date}, outside the visit"))
    wide = days_later(low, -TRAVEL_DAYS) or low, days_later(high, TRAVEL_DAYS) or high
    named = {leg.id for leg in of.legs}
    journeys: list[ItineraryItem | TransportLeg] = [
        *of.legs, *(item for item in of.items if item.id in rides and item.transport not in named)
    ]  # fmt: skip
    dated = [(leg, "when", _date(leg.when)) for leg in journeys]
    yield from _beyond(*wide, dated, Message("gap", "Transport “{title}” is on {date}, outside the visit"))


def _beyond(low: str, high: str, things: Iterable[tuple[Record, str, str]], said: Message) -> Iterator[Gap]:
    """Yield what has its date, told by a field, before or after some days."""
    for record, field, when in things:
        if when and _is_outside(when, low, high):
            told = replace(said, args={"title": title_of(record), "date": _day(when)}).say()
            yield Gap("outside", type(record).__tablename__, record.id, field, told)


def _kind(record: ItineraryItem | TransportLeg) -> str:
    """Return the kind of the record to mend: a meeting outside the programme stands for itself."""
    alone = isinstance(record, ItineraryItem) and record.meeting == record.id
    return "meeting" if alone else type(record).__tablename__


def _date(when: When | None) -> str:
    return (when.date if when else None) or ""


def _is_outside(when: str, low: str, high: str) -> bool:
    try:
        first, last = PartialDate(when).bounds
    except ValueError:
        return False
    return last < low or first > high


# -- at the same time -----------------------------------------------------------------------------


def overlaps(of: VisitFacts) -> Iterator[Gap]:
    """Yield overlapping items for the same people, and one person at two places."""
    timed = [(item, slot) for item in of.items if (slot := _slot(item))]
    for n, (first, one) in enumerate(timed):
        for other, two in timed[n + 1 :]:
            if not overlap(one, two):
                continue
            if not (first.group and other.group and first.group != other.group) and _shared(of, first, other):
                said = tr(
                    "gap", "“{first}” and “{other}” are at the same time", first=title_of(first), other=title_of(other)
                )
                yield Gap("overlap", _kind(other), other.id, "when", said)
            else:
                yield from _torn(first, other)


def _shared(of: VisitFacts, first: ItineraryItem, other: ItineraryItem) -> bool:
    """Return whether two points are for the same people, as far as these are known."""
    both = (all(takes_part(of.reader, item, who) for item in (first, other)) for who in of.participants)
    return not of.participants or any(both)


def _torn(first: ItineraryItem, other: ItineraryItem) -> Iterator[Gap]:
    """Yield a split of the delegation with a person wanted on both sides."""
    for name in ("interpreter", "our_lead", "host_lead"):
        person = getattr(first, name)
        if person and person == getattr(other, name):
            said = tr(
                "gap", "Somebody is at “{first}” and at “{other}” at the same time",
                first=title_of(first), other=title_of(other),
            )  # fmt: skip
            yield Gap("torn", "itinerary_item", other.id, name, said)


def _slot(record: ItineraryItem | TransportLeg) -> Slot | None:
    """Return begin and end for comparing; None where an hour or the day is unknown."""
    when = record.when
    slot = Slot(record.id, when, kind=getattr(record, "type", None) or getattr(record, "mode", None) or "")
    sound = slot.timed and when is not None and when.end and (when.end_date is None or is_day(when.end_date))
    return slot if sound else None


# -- clocks -------------------------------------------------------------------------------------------


def clocks(of: VisitFacts) -> Iterator[Gap]:
    """Yield hours without a known time zone: of the visit, of items elsewhere, and of the ends of journeys."""
    told_by_leg = {item.id for item in of.items if is_ride(item, of.reader.clocks.leg_of(item))}
    things: list[ItineraryItem | TransportLeg] = [item for item in of.items if item.id not in told_by_leg]
    for record in (*things, *of.legs):
        if not _lacks(of, record):
            continue
        date = record.when.date if record.when else None
        journey = isinstance(record, TransportLeg) or record.type in RIDES
        if journey or of.reader.clocks.of_day(of.visit, date):
            said = tr(
                "gap", "Time zone unknown: the times of “{title}” are printed without it", title=of.reader.title(record)
            )
            yield Gap("no_zone", _kind(record), record.id, "when", said)
        else:
            said = tr(
                "gap", "Time zone unknown: neither the visit nor its host cities have one; times are printed without it"
            )
            yield Gap("no_zone", "visit", of.visit.id, "time_zone", said)


def _lacks(of: VisitFacts, record: ItineraryItem | TransportLeg) -> bool:
    """Return whether one of its hours has no known zone."""
    when = record.when
    if when is None or not (when.start or when.end):
        return False
    begins, ends = of.reader.clocks.ends(record)
    return (bool(when.start) and begins is None) or (bool(when.end) and ends is None)


def two_times(of: VisitFacts) -> Iterator[Gap]:
    """Yield journeys whose item contradicts the transport, of which papers print the times, and items whose meeting says others, or
    another room.
    """
    for item in of.items:
        leg = of.reader.clocks.leg_of(item)
        own = of.reader.desk.read.get(ItineraryItem, item.id)
        if own is not None and leg is not None and differ(own, leg):
            said = tr(
                "gap",
                "“{title}” has two times: {item} in the programme, {leg} in the transport, which is printed",
                title=title_of(item), item=say_when(own.when), leg=say_when(leg.when),
            )  # fmt: skip
            yield Gap("two_times", "itinerary_item", item.id, "when", said)
        meeting = of.reader.one(Meeting, item.meeting) if item.meeting != item.id else None
        if meeting and meeting_hours.differ(of.reader.clocks.told(item), of.reader.clocks.told(meeting)):
            said = tr(
                "gap",
                "“{title}” has two times: {item} in the programme, {meeting} in the record of the meeting",
                title=title_of(item), item=say_when(item.when), meeting=say_when(meeting.when),
            )  # fmt: skip
            yield Gap("two_times", "itinerary_item", item.id, "when", said)
        if meeting and item.room and meeting.room and of_room(item.room).said("zh") != of_room(meeting.room).said("zh"):
            said = tr(
                "gap", "“{title}” has two rooms: {item} in the programme, {meeting} in the record of the meeting",
                title=title_of(item), item=item.room, meeting=meeting.room,
            )  # fmt: skip
            yield Gap("two_rooms", "itinerary_item", item.id, "room", said)


def skipped(of: VisitFacts) -> Iterator[Gap]:
    """Yield items and transport at an hour that their clocks are put forward over."""
    points = [item for item in of.items if not is_ride(item, of.reader.clocks.leg_of(item))]
    things: list[ItineraryItem | TransportLeg] = [*points, *of.legs]
    for record in things:
        slot = Slot(record.id, record.when)
        for hour in skipped_hours(slot) if slot.timed else ():
            said = tr("gap", "“{title}”: there is no {hour} on that day, the clocks are put forward",
                      title=of.reader.title(record), hour=hour)  # fmt: skip
            yield Gap("skipped_hour", _kind(record), record.id, "when", said)


# -- ways -----------------------------------------------------------------------------------------


def transfers(of: VisitFacts) -> Iterator[Gap]:
    """Yield ways without enough time, and transport that arrives before it leaves or overlaps an item."""
    for leg in of.legs:
        slot = _slot(leg)
        if slot is None:
            continue
        if is_backward(slot) or (slot.begins.tzinfo and not slot.length):
            said = tr("gap", "Transport “{title}” arrives before it leaves", title=title_of(leg))
            yield Gap("impossible_transfer", "transport_leg", leg.id, "when", said)
        else:
            yield from _missed(of, leg, slot)
    for day in of.days:
        yield from _ways(of, day.items)


def _missed(of: VisitFacts, leg: TransportLeg, slot: Slot) -> Iterator[Gap]:
    for item in of.items:
        other = _slot(item)
        travels = item.type in MOVES or item.transport == leg.id
        if other and not travels and overlap(slot, other):
            said = tr("gap", "“{title}” overlaps with transport “{leg}”", title=title_of(item), leg=title_of(leg))
            yield Gap("impossible_transfer", _kind(item), item.id, "when", said)


def _ways(of: VisitFacts, items: Sequence[ItineraryItem]) -> Iterator[Gap]:
    """Yield the ways from each item to the next at another place."""
    timed = [(item, slot) for item in items if (slot := _slot(item)) and not item.group]
    for (first, one), (other, two) in pairwise(timed):
        here, there = of.place_of(first), of.place_of(other)
        free = minutes_of(apart(one.ends, two.begins))
        if here is None or there is None or here.id == there.id or free < 0:
            continue
        # by the straight distance; where that is unknown, a minute
        needed = max(1.0, _kilometres(here.position, there.position) / SPEED * 60)
        if free < needed:
            said = tr("gap", "From “{first}” to “{other}” there are only {free} minutes, too few for the way",
                      first=title_of(first), other=title_of(other), free=free)  # fmt: skip
            yield Gap("impossible_transfer", _kind(other), other.id, "when", said)


def _kilometres(a: Geo | None, b: Geo | None) -> float:
    if a is None or b is None or not (a.lat and a.lon and b.lat and b.lon):
        return 0.0
    lat1, lon1, lat2, lon2 = (math.radians(float(each)) for each in (a.lat, a.lon, b.lat, b.lon))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


# -- days off -------------------------------------------------------------------------------------


def holidays(of: VisitFacts) -> Iterator[Gap]:
    """Yield the days of a visit on which a country rests, or a weekend is worked; and years that are not announced."""
    desk, days = of.reader.desk, days_of(of.visit.dates)
    if not days or days[-1] < today(desk.workspace.clock).isoformat():
        return
    countries = days_off.of_visit(desk, of.visit, language())
    for day in days:
        if said := countries.say(date.fromisoformat(day)):
            text = tr("gap", "Public holiday or shifted working day on {date}: {said}", date=_day(day), said=said)
            yield Gap("day_off", "visit", of.visit.id, "dates", text)
    for said in countries.unannounced(map(date.fromisoformat, days)):
        yield Gap("not_announced", "visit", of.visit.id, "dates", said)


# -- nights ---------------------------------------------------------------------------------------


def hotels(of: VisitFacts) -> Iterator[Gap]:
    """Yield nights of the visit spent neither in a hotel nor on the way."""
    known = {day.date: day.record for day in of.days}
    for night in without_bed(of.visit, of.nights, of.legs):
        record = known.get(night)
        place = ("itinerary_day", record.id, "hotel") if record else ("visit", of.visit.id, "hotels")
        yield Gap("no_hotel", *place, tr("gap", "No hotel for the night of {date}", date=_day(night)))
