"""Who sits and who signs at an occasion: the one model of seats that plans, cards, lists, signing sheets and the window share.

Participants sit as protocol has them, with the changes made by hand. What agreements say of signatories and assistants stands before
the roles of participants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from ucapdesk.base.i18n import Message
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.rules import seating
from ucapdesk.model.rules.itinerary import Slot, overlap
from ucapdesk.model.rules.sides import NO_SEAT, SIDES, Group, Sides
from ucapdesk.model.rules.status import is_party, is_signing_off
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    by_rank,
    participant,
    participants,
    people_of,
    visit_of,
)
from ucapdesk.papers.facts.partner_sides import (
    Marked,
    around,
    cities_apart,
    city_of_organisation,
    group_in,
    groups_of,
    marked,
    sides_in_order,
    sides_of,
)
from ucapdesk.papers.redacted_reader import RedactedReader

SIGNS, ASSISTS = "signatory", "assistant_signatory"
_ROLES = {"signatory": SIGNS, "assistant": ASSISTS, None: SIGNS}


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatories and assistants that agreements name.

    Attributes:
        people: Signatories and their assistants, with these roles, by the side they sign for.
        signs_for: The side and the party each signs for: the id of a city, else of an organisation.
        parties: How many parties sign.
        sides: The sides of the agreement, where it is one.
    """

    people: tuple[Participant, ...] = ()
    signs_for: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parties: int = 0
    sides: Sides | None = None

    def told_by(self, sides: Sides) -> tuple[Sides, dict[str, Group]]:
        """Return sides, and the group of each who signs among those of them: those of an occasion, so that everybody has one mark in
        all its papers; of the agreement where these do not know all who sign.
        """
        known, wanted = {"", *(each.id for each in sides.parties)}, {party for _, party in self.signs_for.values()}
        if self.sides and self.sides.several and not wanted <= known:
            sides = self.sides
        return sides, {id_: group_in(sides.groups, side, party) for id_, (side, party) in self.signs_for.items()}

    def among(self, others: Sequence[Participant]) -> list[Participant]:
        """Return participants with those who sign: somebody else of a party for which one is named does not sign."""
        known = {each.person.id: each for each in self.people if each.person}
        sides = {each.side for each in self.people if each.role == SIGNS}
        found = []
        for who in others:
            said = known.pop(who.person.id, None) if who.person else None
            if said is not None:
                found.append(replace(who, role=said.role, side=said.side))
            else:
                found.append(replace(who, role="delegate") if who.role == SIGNS and who.side in sides else who)
        return [*known.values(), *found]


def planned_day(reader: RedactedReader, agreement: Agreement) -> PartialDate | None:
    """Return the day on which an agreement is to be signed; none where that is the day of a signing that was called off."""
    off = is_signing_off(agreement, reader.one(Meeting, agreement.signing_meeting))
    return None if off else agreement.signing_planned


def signed_at(reader: RedactedReader, record: Occasion) -> list[Agreement]:
    """Return the agreements that are signed at a meeting, or at the one that an item of the programme is."""
    meeting = (
        record.id if isinstance(record, Meeting) else record.meeting if isinstance(record, ItineraryItem) else None
    )
    return reader.linked(Agreement, signing_meeting=meeting) if meeting else []


def signing_of(reader: RedactedReader, agreements: Iterable[Agreement]) -> Signing:
    people: dict[str, Participant] = {}
    signs_for: dict[str, tuple[str, str]] = {}
    most = 0
    signed = list(agreements)
    for agreement in signed:
        sides = sides_of(reader, agreement)
        parties = {each.id: each for each in reader.children(AgreementParty, agreement.id)}
        most = max(most, sum(is_party(each) for each in parties.values()))
        for signing in reader.children(Signatory, agreement.id):
            party, person = parties.get(signing.party or ""), reader.one(Person, signing.person)
            role = _ROLES.get(signing.role)
            if person is None or party is None or role is None or person.id in people:
                continue
            people[person.id] = replace(participant(reader, person), role=role, side=party.side or "")
            if party.side in SIDES:
                signs_for[person.id] = party.side, _signs_for(reader, sides, party)
    alone = sides_of(reader, signed[0]) if len(signed) == 1 else None
    return Signing(tuple(people.values()), signs_for, most, alone)


def _signs_for(reader: RedactedReader, sides: Sides, party: AgreementParty) -> str:
    """Return the id of the city a party of an agreement stands for, else of its organisation."""
    ids = {each.id for each in sides.parties}
    city = city_of_organisation(reader, party.organisation, ids)
    return city.id if city and city.id in ids else party.organisation or ""


CARS, SIGNING = "cars", "signing"
ESCORTS = ("escort", "protocol", "security", "coordinator")  # Roles that sit beside the driver, in this order
# Vehicles that people are seated in, and how many each takes where nobody said it.
VEHICLES = {"car": seating.PASSENGERS, "van": 6, "coach": 45}
USUAL = "talks"  # The room of occasions of any other type
_BY_TYPE: Mapping[str, str] = {
    "courtesy_call": "courtesy_call", "banquet": "banquet", "meal": "banquet", "signing": "signing", "forum": "rostrum",
    "ceremony": "rostrum", "workshop": "rostrum", "press": "rostrum", "round_table": "round_table", "matchmaking": "round_table",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seats:
    """The two sides of an occasion as ``model.rules.seating`` takes them, and everybody by id.

    Attributes:
        hosts: The side that is at home.
        guests: The other one.
        people: Everybody by id.
        groups: The side of everybody, or which of several parties of it.
        marks: Their marks, and what they mean.
        signing: How many parties sign, where that is known.
        vehicles: The cars there are, each with its plate, empty where it is not known, and its seats.
    """

    hosts: seating.SeatedSide
    guests: seating.SeatedSide
    people: Mapping[str, Participant]
    groups: Mapping[str, Group]
    marks: Marked
    signing: int
    vehicles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of a room."""

    room: str
    interpreter: str = seating.BESIDE
    convention: str = seating.INTERNATIONAL
    rank: bool = False
    wheel: str = seating.LEFT


def _talks(seats: Seats, wanted: Wanted) -> seating.Room:
    return seating.talks(
        seats.hosts, seats.guests, interpreter=wanted.interpreter, end_to_door=wanted.room == "talks_end"
    )


def _round(seats: Seats, _: Wanted) -> seating.Room:
    cities = {group: group.party.name.said("en") for group in seats.groups.values() if group.party}
    sides = (seats.hosts, seats.guests)
    if len(cities) <= len(sides):
        return seating.round_table([side for side in sides if side.people])
    apart: list[Group | None] = [*sorted(cities, key=lambda group: folded(cities[group])), None]
    one, two = sides
    groups = (one.people + two.people, one.interpreters + two.interpreters, one.note_takers + two.note_takers)
    party = {id_: group if group.party else None for id_, group in seats.groups.items()}
    parties = [
        seating.SeatedSide(letter, *(tuple(id_ for id_ in some if party.get(id_) == group) for some in groups))
        for letter, group in zip(_LETTERS, apart, strict=False)
    ]
    return seating.round_table([each for each in parties if each.everybody])


_LETTERS = [*ascii_uppercase, *(f"{one}{other}" for one in ascii_uppercase for other in ascii_uppercase)]


def _rostrum(seats: Seats, wanted: Wanted) -> seating.Room:
    sides = {id_: who.side for id_, who in seats.people.items()}
    return seating.rostrum(seating.mixed(seats.hosts.people, seats.guests.people), sides, wanted.convention)


def _signing(seats: Seats, _: Wanted) -> seating.Room:
    """Return the table of a signing: people with that role sign; without any, the first of each side or party."""
    made = []
    others = []
    helpers: dict[str, list[str]] = {}
    for side in (seats.hosts, seats.guests):
        named = tuple(id_ for id_ in side.people if seats.people[id_].role == SIGNS)
        firsts = {seats.groups.get(id_): id_ for id_ in reversed(side.people)}
        signing = {firsts[group] for group in _parties(firsts)}
        named = named or tuple(id_ for id_ in side.people if id_ in signing)
        helpers[side.code] = [id_ for id_ in side.people if seats.people[id_].role == ASSISTS and id_ not in named]
        made.append(side._replace(people=named, interpreters=(), note_takers=()))
        rest = side.everybody
        others.append(seating.SeatedSide(side.code, tuple(i for i in rest if i not in {*named, *helpers[side.code]})))
    parties = seats.signing if seats.signing > 1 else len(set(_parties(seats.groups.values())))
    return seating.signing(made[0], made[1], assistants=helpers, others=others, parties=parties)


def _parties(groups: Iterable[Group | None]) -> list[Group | None]:
    """Return the groups that are parties, and sides of which none is known: whoever is of none of several signs for nobody."""
    there = list(groups)
    known = {each.side for each in there if each and each.party}
    return [each for each in there if not each or each.party or each.side not in known]


def _cars(seats: Seats, wanted: Wanted) -> seating.Room:
    escorts = [id_ for role in ESCORTS for id_, who in seats.people.items() if who.role == role]
    room = [size for _, size in seats.vehicles]
    return seating.cars(seats.hosts, seats.guests, escorts=escorts, seats=room, wheel=wanted.wheel)


# The rooms by the name a user gives, each with its label and its function.
ROOMS: Mapping[str, tuple[Message, Callable[[Seats, Wanted], seating.Room]]] = {
    "talks": (Message("paper", "Talks"), _talks),
    "talks_end": (Message("paper", "Talks, end of the table to the door"), _talks),
    "courtesy_call": (
        Message("paper", "Courtesy call"),
        lambda seats, _: seating.courtesy_call(seats.hosts, seats.guests),
    ),
    "round_table": (Message("paper", "Round table"), _round),
    "rostrum": (Message("paper", "Rostrum"), _rostrum),
    "banquet": (Message("paper", "Banquet"), lambda seats, _: seating.banquet(seats.hosts, seats.guests)),
    "photo": (Message("paper", "Group photo"), lambda seats, _: seating.photo(seats.hosts, seats.guests)),
    SIGNING: (Message("paper", "Signing"), _signing),
    CARS: (Message("paper", "Cars"), _cars),
}


def usual_room(reader: RedactedReader, record: Occasion) -> str:
    """Return the room that fits the type of an occasion: the group photo for a visit, for meetings by their type."""
    if isinstance(record, Visit):
        return "photo"
    if isinstance(record, ItineraryItem):
        if meeting := reader.one(Meeting, record.meeting):
            return usual_room(reader, meeting)
        leg = reader.one(TransportLeg, record.transport)
        if leg is not None and leg.mode == "car":
            return CARS
    return _BY_TYPE.get(record.type or "", USUAL)


def seats_of(reader: RedactedReader, record: Occasion, wanted: Wanted) -> Seats:
    """Return the sides with their people by rank; drivers, guards and photographers have a seat in cars only."""
    riding = wanted.room == CARS
    unseated = ("driver",) if riding else NO_SEAT
    people = [each for each in _there(reader, record) if each.role not in unseated]
    signing = signing_of(reader, signed_at(reader, record)) if wanted.room == SIGNING else Signing()
    people = by_rank(signing.among(people)) if wanted.rank else signing.among(people)
    sides = cities_apart(reader, record, people) if wanted.room == "round_table" else around(reader, record)
    seats = _seats(reader, record, sides, people, signing)
    return replace(seats, vehicles=_vehicles(reader, record)) if riding else seats


def _there(reader: RedactedReader, record: Occasion) -> list[Participant]:
    """Return who takes part; a seat at the visit says nothing of an occasion that names its own participants."""
    people, visit = people_of(reader, record), visit_of(reader, record)
    of_visit = {each.id for each in participants(reader, visit.id)} if visit else set()
    named = any(each.part and each.id not in of_visit for each in people)
    return [replace(each, part=None) if named and each.id in of_visit else each for each in people]


def seats_at(reader: RedactedReader, agreement: Agreement) -> Seats:
    """Return who sits at the table where an agreement is signed: of the meeting, with the same seats; else those it names."""
    meeting = reader.one(Meeting, agreement.signing_meeting)
    if meeting is not None:
        return seats_of(reader, meeting, Wanted(SIGNING))
    signing = signing_of(reader, [agreement])
    return _seats(reader, agreement, sides_of(reader, agreement), signing.people, signing)


def _seats(
    reader: RedactedReader, at: Occasion | Agreement, sides: Sides, people: Sequence[Participant], signing: Signing
) -> Seats:
    home, away = sides_in_order(reader, at)
    hosts, guests = ([each for each in people if (each.at_home or each.side == home) == own] for own in (True, False))
    known = {each.id: each for each in people}
    sides, told = signing.told_by(sides)
    groups = groups_of(reader, sides, known)
    groups |= {id_: told[who.person.id] for id_, who in known.items() if who.person and who.person.id in told}
    marks = marked(reader, sides, known, groups)
    return Seats(_side(home, hosts), _side(away, guests), known, groups, marks, signing.parties)


def _vehicles(reader: RedactedReader, record: Occasion) -> tuple[tuple[str, int], ...]:
    """Return the vehicles of a visit, each once, or the one of a programme item, with plates as far as they are known; coaches last.

    Of vehicles that go at different times it is those of the ride with the most of them: a seat in one says nothing of another ride.
    """
    visit = visit_of(reader, record)
    legs = reader.children(TransportLeg, visit.id) if visit else []
    own = record.transport if isinstance(record, ItineraryItem) else None
    found = [leg for leg in legs if leg.mode in VEHICLES and own in (None, leg.id)]
    rides = [[leg for leg in found if leg is first or go_together(reader, first, leg, unknown=True)] for first in found]
    together = max(rides, key=lambda ride: (len(ride), sum(map(_size, ride))), default=[])
    plates = {leg.number or leg.id: (leg.number or "", _size(leg)) for leg in together}
    return tuple(sorted(plates.values(), key=lambda each: each[1] > seating.MAX_PASSENGERS))


def _size(leg: TransportLeg) -> int:
    return leg.seats or VEHICLES[leg.mode or ""]


def go_together(reader: RedactedReader, one: TransportLeg, other: TransportLeg, *, unknown: bool = False) -> bool:
    """Return whether two vehicles are on the road at the same time; ``unknown``: where an hour is not known."""
    if not VEHICLES.keys() >= {one.mode, other.mode}:
        return False
    first, second = (Slot(leg.id, reader.clocks.told(leg)) for leg in (one, other))
    return overlap(first, second) if first.timed and second.timed else unknown


def _side(code: str, people: Sequence[Participant]) -> seating.SeatedSide:
    def of(*roles: str) -> tuple[str, ...]:
        return tuple(each.id for each in people if each.role in roles)

    helpers = {*of("interpreter"), *of("note_taker")}
    return seating.SeatedSide(
        code, tuple(each.id for each in people if each.id not in helpers), of("interpreter"), of("note_taker")
    )


def room_of(seats: Seats, wanted: Wanted) -> seating.Room:
    chosen = {id_: who.part.seat for id_, who in seats.people.items() if who.part and who.part.seat}
    return seating.changed(ROOMS[wanted.room][1](seats, wanted), chosen)
