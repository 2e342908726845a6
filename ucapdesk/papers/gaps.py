"""Gaps and clashes in a paper before it is printed, each with the place to mend it. They never prevent printing.

Of every document: what ``text_gaps`` finds. Of a visit and of what belongs to it also clashes in its days (overlapping items, too
little time for a way, nights without a hotel, dates outside it) and gaps among its people (missing interpreters, seats, emergency numbers).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Unpack

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.briefing.blocks.content import all_words, count_states
from ucapdesk.model.dates.formatting import say_date, say_when
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import LEADS, MEALS, ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import (
    MOVES,
    Slot,
    apart,
    days_of,
    is_backward,
    is_day,
    minutes_of,
    overlap,
    skipped_hours,
    without_bed,
)
from ucapdesk.model.rules.journeys import RIDES, is_ride, journey_differs, meeting_differs
from ucapdesk.model.rules.record_rules import unsigned
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.rules.status import awaits_signature, group_of
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.text.person_names import say_person
from ucapdesk.model.values import Geo, PartialDate, When
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.papers.facts.participants import Participant, is_named, participants, takes_part, there_at
from ucapdesk.papers.facts.partner_sides import by_party, sides_of
from ucapdesk.papers.facts.seats import go_together
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.facts.wording import of_room
from ucapdesk.papers.house_styles import dressed, usual_style
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import Choices, Undressed, plain, request
from ucapdesk.papers.request import Request
from ucapdesk.papers.text_gaps import (
    Gap,
    glyphs,
    names_lacking,
    printed_of,
    style_gaps,
    too_long,
    translations,
    written_once,
)
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import derived_values


def of_meeting(reader: RedactedReader, meeting: Meeting, items: Sequence[ItineraryItem]) -> Iterator[Gap]:
    people = participants(reader, meeting.id)
    yield from _interpreting(reader, meeting, people, items)
    yield from _capacity(reader, meeting, people)


def _interpreting(
    reader: RedactedReader, meeting: Meeting, people: Sequence[Participant], items: Sequence[ItineraryItem]
) -> Iterator[Gap]:
    named = any(each.role == "interpreter" for each in people)
    if named or any(item.meeting == meeting.id and item.interpreter for item in items):
        return
    if meeting.interpretation not in (None, "none"):
        said = Message("gap", "“{title}” is to be interpreted, but no interpreter is named")
    elif _share_no_language(reader, meeting, people):
        said = Message("gap", "The sides of “{title}” share no language, and no interpreter is named")
    else:
        return
    told = replace(said, args={"title": title_of(meeting)}).say()
    yield Gap("no_interpreter", "meeting", meeting.id, "interpretation", told)


def _share_no_language(reader: RedactedReader, meeting: Meeting, people: Sequence[Participant]) -> bool:
    """Return whether two parties share no language, as far as theirs are known; missing ones mean nothing."""
    parties = by_party(reader, sides_of(reader, meeting), [each for each in people if each.side in SIDES])
    known = [{code for who in members if who.person for code in who.person.spoken or ()} for _, members in parties]
    return any(one and other and not one & other for one, other in combinations(known, 2))


def _capacity(reader: RedactedReader, meeting: Meeting, people: Sequence[Participant]) -> Iterator[Gap]:
    for place in reader.all(Place, meeting.places):
        if place.capacity and place.capacity.value is not None and len(people) > Decimal(place.capacity.value):
            said = tr("gap", "“{title}” has {n} people, more than {place} holds", title=title_of(meeting), n=len(people),
                      place=title_of(place))  # fmt: skip
            yield Gap("too_few_seats", "place", place.id, "capacity", said)


def number(of: VisitFacts) -> Iterator[Gap]:
    visit, asked = of.visit, of.request
    if asked.document != "visit_pack" or (asked.sections and "contacts" not in asked.sections):
        return
    people = of.reader.all(Person, (visit.coordinator, visit.host_coordinator))
    if not visit.duty_phone and not any(person.mobile or person.phone for person in people):
        said = tr("gap", "There is no number to call during the visit")
        yield Gap("no_number", "visit", visit.id, "duty_phone", said)


def seats(of: VisitFacts) -> Iterator[Gap]:
    """Yield transport with fewer seats than people: those assigned to it, else the delegation, in all vehicles that go at that time."""
    parts = [each.part for each in of.participants if each.part]
    riding = Counter(id_ for part in parts for id_ in {part.arrival, part.departure} if id_)
    told: set[str] = set()
    for leg in of.legs:
        if leg.id in told or leg.seats is None:
            continue
        others = [each for each in of.legs if each is not leg and not riding.keys() & {leg.id, each.id}]
        together = [leg, *(each for each in others if go_together(of.reader, leg, each))]
        if any(each.seats is None for each in together):
            continue
        told |= {each.id for each in together}
        n = riding[leg.id] or len(there_at(of.reader, of.delegation, leg))
        room = sum(each.seats or 0 for each in together)
        if n > room:
            title = ", ".join(map(title_of, together))
            said = tr("gap", "Transport “{title}” has {seats} seats for {n} people", title=title, seats=room, n=n)
            yield Gap("too_few_seats", "transport_leg", leg.id, "seats", said)


def away(of: VisitFacts) -> Iterator[Gap]:
    """Yield who leads or interprets at a point of the programme and has left before it, or lands only after it."""
    listed = {each.person.id for each in of.participants if each.person}
    for item in of.items:
        if item.meeting == item.id:
            continue
        leads = {field: person for field in LEADS if (person := of.reader.one(Person, getattr(item, field)))}
        if not listed & {each.id for each in leads.values()}:
            continue
        there = {each.person.id for each in there_at(of.reader, of.participants, item) if each.person}
        for field, person in leads.items():
            if person.id in listed - there:
                said = tr("gap", "“{title}”: {name} has left by then, or is not there yet",
                          title=title_of(item), name=say_person(person, salutation=False))  # fmt: skip
                yield Gap("away", "itinerary_item", item.id, field, said)


def uncounted(of: VisitFacts) -> Iterator[Gap]:
    """Yield the meals of a group of which nobody is named, where the kitchen asks how many eat."""
    for item in of.items if of.request.document == "catering_list" else ():
        if item.type in MEALS and item.group and not is_named(of.reader, item):
            said = tr(
                "gap", "“{title}” is for a group and nobody is named: how many eat is left open", title=title_of(item)
            )
            yield Gap("uncounted", "itinerary_item", item.id, "group", said)


SPEED = 40  # Kilometres an hour from door to door
TRAVEL_DAYS = 2  # Days before and after a visit that transport may fall on


def _day(text: str) -> str:
    return say_date(PartialDate(text))


# -- outside --------------------------------------------------------------------------------------


def outside(of: VisitFacts) -> Iterator[Gap]:
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
        if own is not None and leg is not None and journey_differs(own, leg):
            said = tr(
                "gap",
                "“{title}” has two times: {item} in the programme, {leg} in the transport, which is printed",
                title=title_of(item), item=say_when(own.when), leg=say_when(leg.when),
            )  # fmt: skip
            yield Gap("two_times", "itinerary_item", item.id, "when", said)
        meeting = of.reader.one(Meeting, item.meeting) if item.meeting != item.id else None
        if meeting and meeting_differs(of.reader.clocks.told(item), of.reader.clocks.told(meeting)):
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
    countries = derived_values.days_off_of_visit(desk, of.visit, language())
    for day in days:
        if said := countries.say(date.fromisoformat(day)):
            text = tr("gap", "Public holiday or shifted working day on {date}: {said}", date=_day(day), said=said)
            yield Gap("day_off", "visit", of.visit.id, "dates", text)
    for said in countries.unannounced(map(date.fromisoformat, days)):
        yield Gap("not_announced", "visit", of.visit.id, "dates", said)


# -- nights ---------------------------------------------------------------------------------------


def hotels(of: VisitFacts) -> Iterator[Gap]:
    known = {day.date: day.record for day in of.days}
    for night in without_bed(of.visit, of.nights, of.legs):
        record = known.get(night)
        place = ("itinerary_day", record.id, "hotel") if record else ("visit", of.visit.id, "hotels")
        yield Gap("no_hotel", *place, tr("gap", "No hotel for the night of {date}", date=_day(night)))


_SIGNED = ("signing_sheet", "signature_pages")  # Papers of a signing, whether it is planned or not
_LOOKS = (outside, overlaps, transfers, clocks, two_times, skipped, hotels, holidays, seats, away, uncounted, number)
READY = "ready"  # The status group in which the text is agreed but not signed by all


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps found, the gravest first, and the number of printed translations that nobody has reviewed."""

    found: tuple[Gap, ...]
    drafts: int
    missing: int


def gaps(desk: Desk, ids: Sequence[str], *, document: str | None = None, **choices: Unpack[Choices]) -> Gaps:
    return gaps_of(desk, request(desk, ids, document=document, **choices))


def gaps_of(desk: Desk, asked: Request, undressed: Undressed | None = None) -> Gaps:
    paper, reader = undressed or plain(desk, asked)
    paper = dressed(paper, reader, asked.style or usual_style(desk))
    drafts, missing = count_states(paper)
    printed = printed_of(words for words, _ in all_words(paper))
    found = [
        *_matters(desk, asked),
        *names_lacking(reader, asked),
        *translations(printed, reader, asked),
        *written_once(printed, reader, asked),
        *glyphs(paper, printed, reader),
        *too_long(paper, reader),
        *(style_gaps(reader, asked.style or usual_style(desk)) if paper.house is not None else ()),
    ]
    return Gaps(tuple(dict.fromkeys(found)), drafts, missing)


def _matters(desk: Desk, asked: Request) -> Iterator[Gap]:
    """Yield the gaps in the subject itself, whoever reads the paper; it is read without redaction."""
    reader = RedactedReader(desk)
    for id_ in asked.ids:
        record = desk.read.record(id_)
        if isinstance(record, Visit):
            yield from _of_visit(VisitFacts(reader, asked, id_))
        elif isinstance(record, Meeting):
            yield from of_meeting(reader, reader.get(Meeting, id_), ())
        elif isinstance(record, Agreement) and _is_to_sign(record, asked.document in _SIGNED):
            yield from _of_agreement(reader, reader.get(Agreement, id_))


def _of_visit(of: VisitFacts) -> Iterator[Gap]:
    for look in _LOOKS:
        yield from look(of)
    for meeting in of.meetings:
        yield from of_meeting(of.reader, meeting, of.items)
    for agreement in of.to_sign:
        yield from _of_agreement(of.reader, agreement)


def _is_to_sign(agreement: Agreement, prepared: bool) -> bool:
    """Return whether its signing is prepared or planned, or its text agreed."""
    near = prepared or agreement.signing_planned is not None or group_of(agreement.status) == READY
    return near and awaits_signature(agreement)


def _of_agreement(reader: RedactedReader, agreement: Agreement) -> Iterator[Gap]:
    if group_of(agreement.status) != READY:
        said = tr("gap", "“{title}” is to be signed, but its text is not agreed yet", title=title_of(agreement))
        yield Gap("text_not_agreed", "agreement", agreement.id, "status", said)
    parts = {each.__tablename__: reader.children(each, agreement.id) for each in (AgreementParty, Signatory)}
    for party in unsigned(parts):
        said = tr("gap", "“{title}” is to be signed, but a party has no signatory", title=title_of(agreement))
        yield Gap("no_signatory", "agreement_party", party.id, "represented_by", said)
