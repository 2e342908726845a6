"""The facts of a visit that its papers need, read once, without what the press is not told.

These are its days, programme, people, meetings, agreements, transport, places, and its hotels with their nights; and parts that several
sections share: places, times, contact numbers, pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message, ntr
from ucapdesk.briefing.blocks.content import Block
from ucapdesk.briefing.blocks.elements import NO_WORDS, Picture, Words, alternative
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement, Signatory
from ucapdesk.model.kinds.partnership_kinds import Country, PilotProject, Place, Ucap, UcapPlace
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, Gift, ItineraryDay, ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.rules import sides as delegation
from ucapdesk.model.rules.itinerary import CHECK_IN, Slot, Stay, arrives_on, hotels_by_night, stays
from ucapdesk.model.rules.itinerary import in_order as slots_in_order
from ucapdesk.model.rules.place_time import venue_of
from ucapdesk.model.rules.sides import OTHER_SIDE, Sides
from ucapdesk.model.rules.status import awaits_signature, due_by, is_called_off, is_open
from ucapdesk.model.values import Bilingual, FileRef, PartialDate, When
from ucapdesk.papers.facts.participants import (
    Participant,
    dates_of,
    head_of,
    in_order,
    organisations_of,
    participant,
    participants,
    people_of,
    person_name,
    points_of,
)
from ucapdesk.papers.facts.partner_sides import is_partner, sides_in_order, sides_of
from ucapdesk.papers.facts.parts import ColumnOf, cell, field_label, label, place_name, table_of, value_of
from ucapdesk.papers.facts.seats import planned_day
from ucapdesk.papers.facts.wording import (
    bracketed,
    colon,
    combined,
    in_all,
    joined,
    joined_by,
    of_code,
    of_date,
    of_room,
    of_text,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.store.read.derived_values import place_fields, set_shown, travelling_side

HOTEL = "hotel"


def nights(reader: RedactedReader, visit: Visit) -> dict[str, str]:
    items = reader.children(ItineraryItem, visit.id)
    places = reader.all(Place, [item.place for item in items if item.place and item.type == CHECK_IN])
    hotels = {*(visit.hotels or ()), *(place.id for place in places if place.type == HOTEL)}
    legs = reader.children(TransportLeg, visit.id)
    return hotels_by_night(visit, reader.children(ItineraryDay, visit.id), items, legs, hotels)


def hotel_table(reader: RedactedReader, visit: Visit) -> list[Block]:
    """Return each hotel with its nights, address and telephone; where no night is known, for the days of the visit."""
    known = [(stay_dates(stay), stay_length(stay), stay.hotel) for stay in stays(nights(reader, visit))]
    known = known or [(dates_of(visit), NO_WORDS, hotel) for hotel in visit.hotels or ()]
    rows = [(cell(dates, length), hotel) for dates, length, id_ in known if (hotel := reader.one(Place, id_))]
    columns = (
        ColumnOf(lambda row: row[0], 3, Message("paper", "Nights")),
        ColumnOf(lambda row: of_text(row[1].name), 3.6, "itinerary_day.hotel"),
        ColumnOf(lambda row: of_text(row[1].address), 5.4, "place.address"),
        ColumnOf(lambda row: Words.plain(row[1].phone or ""), 2.8, "place.phone"),
    )
    return table_of(reader, rows, columns, label(Message("paper", "Nights")))


def stay_dates(stay: Stay) -> Words:
    return of_date(PartialDate(f"{stay.first}/{stay.until}" if stay.until else stay.first))


def stay_length(stay: Stay) -> Words:
    """Return ``3 nights``, ``3晚``."""
    return in_all(lambda lang: ntr("paper", "{n} night", "{n} nights", stay.nights, lang))


Timed = TypeVar("Timed", bound=ItineraryItem | TransportLeg)


@dataclass(frozen=True)
class Day:
    """One day of the programme.

    Attributes:
        date: As precise as it is known; empty for what has no date yet.
        record: What is said of the day as a whole, where anything is.
        items: Its points in the order of the clock.
        legs: Transport that leaves on it.
        arriving: Points and transport that left on a day before and arrive on it.
        zone: The clock of the day; empty where nobody knows it.
    """

    date: str
    record: ItineraryDay | None
    items: tuple[ItineraryItem, ...] = ()
    legs: tuple[TransportLeg, ...] = ()
    arriving: tuple[ItineraryItem | TransportLeg, ...] = ()
    zone: str = ""


def begins_at(record: ItineraryItem | Meeting) -> str:
    """Return by what points and meetings sort: the day, then the hour; what has no time comes last."""
    return record.when.sort_key if record.when else "~"


class VisitFacts:
    """A visit as its papers see it. Everything is read when it is first asked for."""

    def __init__(self, reader: RedactedReader, request: Request, id_: str) -> None:
        self.reader = reader
        self.request = request
        self.visit = reader.get(Visit, id_)
        self.for_press = request.edition == "media"  # Whether the press reads it, which is told only what is public
        self.is_own = reader.circle.is_own  # Whether the paper stays with the own side

    def has(self, *sections: str) -> bool:
        """Return whether the pack has these sections; no other paper has any."""
        return {*sections} <= {*self.request.sections}

    @property
    def marking(self) -> str | None:
        """The marking of the copy: as asked for; a copy with internal fields is at least internal."""
        own = self.visit.marking
        return self.request.marking or ("internal" if self.is_own and own != "limited" else own)

    @property
    def travellers(self) -> str:
        return travelling_side(self.reader.desk, self.visit)

    @property
    def sides(self) -> Sides:
        return sides_of(self.reader, self.visit)

    @property
    def zone(self) -> str:
        """The zone of the visit; empty where it is unknown."""
        return self.reader.clocks.of_visit(self.visit) or ""

    # -- programme ------------------------------------------------------------------------------------------------

    @cached_property
    def _points(self) -> list[ItineraryItem]:
        found = points_of(self.reader, self.visit.id)
        return [item for item in found if item.public] if self.for_press else found

    @cached_property
    def items(self) -> list[ItineraryItem]:
        """The programme items; for the media only the public ones. A meeting without an item counts as one."""
        named = {item.meeting for item in self._points}
        lone = [self._point(meeting) for meeting in self.meetings if meeting.when and meeting.id not in named]
        return sorted([*self._points, *lone], key=begins_at)

    def _point(self, meeting: Meeting) -> ItineraryItem:
        """Return a programme item for a meeting without one; it has the meeting's id, so that links to it lead there."""
        chairs = {"A": meeting.chair_a, "B": meeting.chair_b}
        hosts, own = sides_in_order(self.reader, self.visit)
        said = {"owner": self.visit.id, "when": meeting.when, "type": "meeting", "title": meeting.title,
                "meeting": meeting.id, "host_lead": chairs[hosts], "our_lead": chairs[own]}  # fmt: skip
        point = ItineraryItem()
        fields = dict.fromkeys(KINDS[ItineraryItem.__tablename__].fields)
        set_shown(point, {**fields, **said, **place_fields(venue_of(meeting)), "id": meeting.id})
        return point

    @cached_property
    def legs(self) -> list[TransportLeg]:
        return [] if self.for_press else self.reader.children(TransportLeg, self.visit.id)

    @cached_property
    def days(self) -> list[Day]:
        """The days with any facts, in order; those without a date come last."""
        records = {day.date or "": day for day in self.reader.children(ItineraryDay, self.visit.id)}
        items = _by_day(self.items)
        legs = _by_day(self.legs)
        arriving = self._arriving
        dates = sorted({*records, *items, *legs, *arriving}, key=lambda date: (not date, date))
        days = [
            Day(
                date, records.get(date), by_the_clock(items.get(date, [])), by_the_clock(legs.get(date, [])),
                tuple(arriving.get(date, ())), self.reader.clocks.of_day(self.visit, date) or "",
            )
            for date in dates
        ]  # fmt: skip
        return [day for day in days if day.items or day.record or day.legs or day.arriving]

    @property
    def _arriving(self) -> dict[str, list[ItineraryItem | TransportLeg]]:
        """Return, by day of arrival, what left on an earlier day; transport with an item, or an arrival item, counts once."""
        told = {item.transport for item in self.items}
        arrives = {(item.transport, item.when.date) for item in self.items if item.when and item.type == "arrival"}
        things: list[ItineraryItem | TransportLeg] = [*self.items, *(leg for leg in self.legs if leg.id not in told)]
        legs = (each.transport if isinstance(each, ItineraryItem) else each.id for each in things)
        ends = zip(things, legs, (arrives_on(each, each.when) for each in things), strict=True)
        return grouped((last, each) for each, leg, last in ends if last and (leg, last) not in arrives)

    # -- people ---------------------------------------------------------------------------------------------------

    @cached_property
    def participants(self) -> list[Participant]:
        return participants(self.reader, self.visit.id)

    @cached_property
    def delegation(self) -> list[Participant]:
        """The delegation, its head first, even where the head is not listed as a participant."""
        members = [each for each in people_of(self.reader, self.visit) if not each.at_home]
        return delegation.in_order(sorted(members, key=lambda each: (each.part and each.part.pos) or ""))

    @cached_property
    def head(self) -> Participant | None:
        return head_of(self.reader, self.visit)

    @cached_property
    def hosts(self) -> list[Participant]:
        side = OTHER_SIDE.get(self.travellers, "")
        members = [each for each in self.participants if each.at_home]
        there = (each for meeting in self.meetings for each in participants(self.reader, meeting.id))
        members += [each for each in there if side and each.side == side]
        leads = self.reader.all(Person, [item.host_lead for item in self.items] + [self.visit.host_coordinator])
        members += [replace(participant(self.reader, person), side=side) for person in leads]
        known = {each.person.id for each in self.delegation if each.person}
        return in_order([each for each in _once(members) if not each.person or each.person.id not in known])

    @cached_property
    def everybody(self) -> list[Participant]:
        return _once([*self.delegation, *self.hosts])

    @cached_property
    def people(self) -> list[Person]:
        """Everybody on record in the programme, each once: both sides, leads, interpreters, coordinators."""
        ids: list[str | None] = [each.person.id for each in self.everybody if each.person]
        ids += [id_ for item in self.items for id_ in (item.host_lead, item.our_lead, item.interpreter)]
        ids += [self.visit.coordinator, self.visit.host_coordinator]
        there = (each for meeting in self.meetings for each in participants(self.reader, meeting.id))
        ids += [each.person.id for each in there if each.person]
        return self.reader.all(Person, ids)

    # -- what it is about -----------------------------------------------------------------------------------------

    @cached_property
    def ucaps(self) -> list[Ucap]:
        return self.reader.all(Ucap, self.visit.ucaps)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Its meetings by time, including those that only a programme item links to, without cancelled ones; those of one time as in
        the programme, then by title.
        """
        own = self.reader.linked(Meeting, visit=self.visit.id)
        points = [item.meeting for item in self._points]
        known = {meeting.id: meeting for meeting in (*self.reader.all(Meeting, points), *own)}
        told = points if self.for_press else known
        found = [meeting for meeting in known.values() if meeting.id in told and not is_called_off(meeting)]
        return sorted(found, key=begins_at)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Agreements of its UCAPs and those to be signed at its meetings, without those that only stand for a report; of those called
        the same that comes first for which somebody higher signs.
        """
        aside = VisitFacts(self.reader.aside, self.request, self.visit.id)
        order = [each.person.id for each in aside.everybody if each.person]

        def rank(agreement: Agreement) -> int:
            signing = aside.reader.children(Signatory, agreement.id)
            return min((order.index(each.person) for each in signing if each.person in order), default=len(order))

        found = [each for ucap in self.ucaps for each in self.reader.linked(Agreement, "sort_en", ucap=ucap.id)]
        found += [each for at in self.meetings for each in self.reader.linked(Agreement, signing_meeting=at.id)]
        once = {agreement.id: agreement for agreement in found if not agreement.placeholder}
        return sorted(once.values(), key=lambda each: (each.reference or "~", each.sort_en or "", rank(each)))

    @cached_property
    def to_sign(self) -> list[Agreement]:
        """Unsigned agreements whose signing is planned in the days of the visit, or at one of its meetings."""
        meetings = {meeting.id for meeting in self.meetings}
        return [
            agreement
            for agreement in self.agreements
            if awaits_signature(agreement)
            and (agreement.signing_meeting in meetings or self.is_within(planned_day(self.reader, agreement)))
        ]

    @cached_property
    def projects(self) -> list[PilotProject]:
        return [p for ucap in self.ucaps for p in self.reader.linked(PilotProject, "pos", ucap=ucap.id)]

    @cached_property
    def open_actions(self) -> list[ActionItem]:
        meetings = [each for ucap in self.ucaps for each in self.reader.linked(Meeting, "when", ucap=ucap.id)]
        owners = (self.visit, *meetings, *self.meetings, *self.agreements, *self.projects)
        ids = dict.fromkeys(each.id for each in owners)
        found = [each for id_ in ids for each in self.reader.children(ActionItem, id_) if is_open(each)]
        return sorted(found, key=lambda each: (each.side or "~", due_by(each)))

    @cached_property
    def gifts(self) -> list[Gift]:
        return self.reader.children(Gift, self.visit.id) if self.is_own else []

    # -- places ---------------------------------------------------------------------------------------------------

    @cached_property
    def host_places(self) -> list[Place]:
        return self.reader.all(Place, self.visit.host_places)

    @property
    def duty_phone(self) -> Words:
        """The number answered at any hour; none for the press, whose copies go to strangers."""
        return Words.plain("" if self.for_press else self.visit.duty_phone or "")

    @cached_property
    def hotels(self) -> list[Place]:
        """The hotels of the visit and of its nights; none for the press."""
        ids = () if self.for_press else (*(self.visit.hotels or ()), *self.nights.values())
        return self.reader.all(Place, ids)

    @cached_property
    def nights(self) -> dict[str, str]:
        return nights(self.reader, self.visit)

    @cached_property
    def hospitals(self) -> list[Place]:
        """The nearest hospitals of the hotels, of the cities visited and of the places where the days are spent."""
        days = (day.record.place for day in self.days if day.record)
        near = [*self.hotels, *self.visited, *self.reader.all(Place, days)]
        return self.reader.all(Place, (place.hospital for place in near))

    def place_of(self, item: ItineraryItem) -> Place | None:
        return self.reader.one(Place, item.place)

    @cached_property
    def places(self) -> list[Place]:
        ids = [place.id for item in self.items if (place := self.place_of(item))]
        ids += [place for meeting in self.meetings for place in meeting.places or ()]
        return self.reader.all(Place, [*ids, *(house.id for house in (*self.hotels, *self.hospitals))])

    @cached_property
    def cities(self) -> list[Place]:
        """The cities with a page of their own: those visited, those of the UCAPs, those where a day is spent."""
        ids = [*(self.visit.host_places or ()), *(self.visit.other_places or ())]
        ids += [day.record.place for day in self.days if day.record and day.record.place]
        for ucap in self.ucaps:
            ids += [part.place for part in self.reader.children(UcapPlace, ucap.id) if part.place and is_partner(part)]
        return self.reader.all(Place, ids)

    @cached_property
    def home_cities(self) -> list[Place]:
        return self.reader.all(Place, [each.id for each in self.sides.of(self.travellers)])

    @cached_property
    def countries(self) -> list[Country]:
        return self.reader.all(Country, (place.country for place in self.visited))

    @property
    def visited(self) -> list[Place]:
        return [*self.host_places, *self.reader.all(Place, self.visit.other_places)]

    @cached_property
    def organisations(self) -> list[Organisation]:
        ids = [self.visit.invited_by, *(house.id for house in organisations_of(self.reader, self.everybody))]
        ids += [id_ for project in self.projects for id_ in project.organisations or ()]
        return self.reader.all(Organisation, ids)

    @property
    def begins(self) -> str:
        """Its first day, as early as it may be; the last of all where it has none."""
        return self.visit.dates.bounds[0] if self.visit.dates else "9999"

    def is_within(self, date: PartialDate | None) -> bool:
        if date is None or self.visit.dates is None:
            return False
        low, high = self.visit.dates.bounds
        return date.bounds[0] <= high and low <= date.bounds[1]


def _by_day(records: Iterable[Timed]) -> dict[str, list[Timed]]:
    return grouped(((record.when.date if record.when else None) or "", record) for record in records)


def by_the_clock(records: Sequence[Timed]) -> tuple[Timed, ...]:
    """Return records by the clock: by true time, where the zones are known."""
    by_id = {record.id: record for record in records}
    return tuple(by_id[slot.id] for slot in slots_in_order(Slot(record.id, record.when) for record in records))


def _once(people: Iterable[Participant]) -> list[Participant]:
    found: dict[str, Participant] = {}
    for each in people:
        found.setdefault(each.person.id if each.person else str(each.name.text), each)
    return list(found.values())


def is_narrow(of: VisitFacts) -> bool:
    """Return whether the page has little room for its letters: large print, and small pages."""
    return of.request.page in ("large", "A5", "booklet")


def of_group(item: ItineraryItem) -> Words | None:
    """Return ``Group A``; None for a point of everybody."""
    return label(Message("paper", "Group {name}", {"name": item.group})) if item.group else None


def names_again(place: Place | None, title: Bilingual | None) -> bool:
    names = [name for name in (place.name, place.short_name) if name] if place and title else []
    return bool(names) and all(text in [each.get(lang) for each in names] for lang, text in (title or {}).items())


def venue(reader: RedactedReader, place: Place | None, room: str | None = None, known: str | None = None) -> Words:
    """Return a place with the room and its city: ``City Hall, Room 2 (Liuzhou)``; without the city that is known."""
    if place is None:
        return of_room(room)
    said = joined(place_name(place), of_room(room))
    town = reader.one(Place, place.parent) if place.parent != known else None
    return bracketed(said, place_name(town)) if town else said


def day_and_hours(value: When | None) -> Words:
    """Return day and hour for narrow columns: ``Wed 25 Nov 09:30``; only what is known."""
    if value is None:
        return NO_WORDS
    return in_all(lambda lang: " ".join(filter(None, (say_day(value.day, lang), value.start))))


def telephone(person: Person) -> str:
    return person.mobile or person.phone or ""


def reached(person: Person) -> Words:
    return joined_by("  ", person_name(person), Words.plain(telephone(person) or person.email or ""))


def numbers_to_call(of: VisitFacts) -> list[Words]:
    people = of.reader.all(Person, (of.visit.coordinator, of.visit.host_coordinator))
    found = [] if of.duty_phone.empty else [joined_by("  ", field_label("visit.duty_phone"), of.duty_phone)]
    found += [reached(person) for person in people if telephone(person)]
    return found + [joined_by("  ", place_name(hotel), Words.plain(hotel.phone)) for hotel in of.hotels if hotel.phone]


def picture(of: VisitFacts, file: FileRef | None, size: tuple[float, float], name: Words) -> Picture | None:
    """Return a picture, where its file is here and no larger than a page should carry."""
    data = of.reader.file(file) if file and (file.mime or "image/").startswith("image/") else None
    return Picture(data, *size, alt=alternative(name)) if data else None


def gift_line(reader: RedactedReader, gift: Gift) -> Words:
    """Return ``Received: Jun porcelain vase, from Mr GONG Yan to Ms Bożena Szczęśniak``, as far as it is known."""
    giver, receiver = (value_of(reader, gift, name) for name in ("from_person", "to_person"))
    known = [each for each in (giver, receiver) if not each.empty]
    how = _FROM_AND_TO.get((not giver.empty, not receiver.empty))

    def said(parts: Sequence[str], lang: str) -> str:
        what, *names = parts
        return how.say(lang).format(what=what, one=names[0], other=names[-1]) if how else what

    return combined([of_code("gift_direction", gift.direction), combined([of_text(gift.item), *known], said)], colon)


# Sentences about gifts, by whether giver and receiver are known.
_FROM_AND_TO = {
    (True, True): Message("paper", "{what}, from {one} to {other}"),
    (True, False): Message("paper", "{what}, from {one}"),
    (False, True): Message("paper", "{what}, to {one}"),
}
