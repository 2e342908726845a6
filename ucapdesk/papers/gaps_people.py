"""Gaps among the people of a visit: missing interpreters, seats and emergency numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import LEADS, MEALS, ItineraryItem
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.text.format.names_in_words import say_person
from ucapdesk.papers.gap import Gap
from ucapdesk.papers.occasion_seats import go_together
from ucapdesk.papers.occasions import is_named, there_at
from ucapdesk.papers.paper_sides import by_party, sides_of
from ucapdesk.papers.participants import Participant, participants
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.visit_facts import VisitFacts


def of_meeting(reader: RedactedReader, meeting: Meeting, items: Sequence[ItineraryItem]) -> Iterator[Gap]:
    """Yield a missing interpreter where no language is shared, and more people than the room holds."""
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
    """Yield a missing emergency contact, where the paper lists whom to call."""
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
