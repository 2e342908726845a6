"""What a traveller and a driver need: transport, hotels, rooms, cars, contacts, emergency numbers, protocol, taxi cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Picture, Section, Text, Words
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.kinds.places import Country, Place
from ucapdesk.model.kinds.visits import TransportLeg
from ucapdesk.model.values import When
from ucapdesk.model.wording.zones import zone_city
from ucapdesk.services.papers.guests import Guest, person_name
from ucapdesk.services.papers.parts import (
    NONE,
    bullets,
    cell,
    column,
    facts,
    field_label,
    in_all,
    label,
    number_column,
    table,
    text,
)
from ucapdesk.services.papers.sections.common import day_name, is_narrow, joined, picture, place_name, telephone, venue
from ucapdesk.services.papers.sections.programme import leg_route, leg_words
from ucapdesk.services.papers.visit_facts import VisitFacts
from ucapdesk.services.papers.words import bracketed, combined, listed, of_code, of_text

SERVICES = {
    "police": Message("paper", "Police"),
    "fire": Message("paper", "Fire brigade"),
    "ambulance": Message("paper", "Ambulance"),
    "traffic_accident": Message("paper", "Traffic accident"),
    "all": Message("paper", "All emergencies"),
}


# -- logistics ------------------------------------------------------------------------------------


def logistics(of: VisitFacts) -> list[Section]:
    """Transport, hotels, rooms, cars, weather and dress by day, and what a traveller should know of the country."""
    parts = (
        (_transport(of), Message("paper", "Transport")),
        (_hotels(of), Message("paper", "Hotels")),
        (_rooms(of), Message("paper", "Rooms")),
        (text(of_text(of.visit.vehicles)), Message("paper", "Cars and drivers")),
        (_dress(of), Message("paper", "Dress and weather")),
        (_diets(of), Message("paper", "Diets")),
        (_countries(of), Message("paper", "Good to know")),
    )
    found = [Section(tuple(blocks), label(name), level=2) for blocks, name in parts if blocks]
    return [Section(()), *found] if found else []


def _transport(of: VisitFacts) -> list[Block]:
    """Departure and arrival each on the clock of its place."""
    columns = (
        column(Message("paper", "Departure"), 42),
        column(Message("paper", "Arrival"), 42),
        column(Message("paper", "Means"), 36),
        column(Message("paper", "From and to"), 50),
        column(Message("paper", "Seats"), 22 if is_narrow(of) else 14, align="right"),
        column(Message("paper", "Driver or booking"), 30),
    )
    rows: list[tuple[Cell, ...]] = [
        (*_ends(leg.when), cell(leg_words(leg)), cell(leg_route(leg)), cell(_seats(leg)), cell(_booked(leg)))
        for leg in of.legs
    ]
    return table(columns, rows)


def _ends(value: When | None) -> tuple[Cell, Cell]:
    if value is None:
        return (), ()
    arrives = value.end_date or (value.date if value.end else None)
    return _clock(value.date, value.start, value.tz), _clock(arrives, value.end, value.end_tz or value.tz)


def _clock(date: str | None, clock: str | None, zone: str | None) -> Cell:
    said = " ".join(filter(None, (date, clock)))
    city = in_all(lambda lang: zone_city(zone, lang)) if zone and clock else NONE
    return cell(Words.plain(said), city)


def _seats(leg: TransportLeg) -> Words:
    return Words.plain(str(leg.seats)) if leg.seats is not None else NONE


def _booked(leg: TransportLeg) -> Words:
    return joined(*(Words.plain(said) for said in (leg.driver, leg.booking) if said))


def _hotels(of: VisitFacts) -> list[Block]:
    """Each with its address in Chinese, large enough to be shown to a driver, and the days it is for."""
    found: list[Block] = []
    for hotel in of.hotels:
        nights = [day_name(day.date) for day in of.days if day.record and day.record.hotel == hotel.id and day.date]
        found.append(Text((Para(place_name(hotel), "lead"),)))
        found += facts(
            (field_label("place.address"), of_text(hotel.address)),
            (field_label("place.phone"), Words.plain(hotel.phone or "")),
            (label(Message("paper", "Nights")), listed(nights)),
            (field_label("place.access"), of_text(hotel.access)),
        )
    return found


def _rooms(of: VisitFacts) -> list[Block]:
    rows = [
        ((), cell(each.name), cell(Words.plain(each.part.room)))
        for each in of.everybody
        if each.part and each.part.room
    ]
    return table((number_column(8), column(Message("paper", "Name"), 70), column(Message("paper", "Room"), 30)), rows)


def _dress(of: VisitFacts) -> list[Block]:
    rows: list[tuple[Cell, ...]] = []
    for day in of.days:
        if day.record and (day.record.dress or day.record.weather):
            dress = of_code("dress_code", day.record.dress)
            rows.append((cell(day_name(day.date)), cell(dress), cell(of_text(day.record.weather))))
    heads = (Message("paper", "Day"), Message("paper", "Dress"), Message("paper", "Weather"))
    return table([column(head, share) for head, share in zip(heads, (50, 50, 60), strict=True)], rows)


def _diets(of: VisitFacts) -> list[Block]:
    """How many of each diet, without names; only where this copy may hold them."""
    counted: dict[str, int] = {}
    for person in of.people:
        for code in person.diet or ():
            if code != "none":
                counted[code] = counted.get(code, 0) + 1
    said = [
        combined([of_code("dietary", code), Words.plain(str(n))], lambda s, _: " × ".join(s))
        for code, n in counted.items()
    ]
    return bullets(said)


def _countries(of: VisitFacts) -> list[Block]:
    found: list[Block] = []
    for country in of.countries:
        known = codes("countries").get(country.alpha2 or "")
        listed_: Mapping[str, Any] = known.facts if known else {}
        blocks = facts(
            (field_label("country.currency"), Words.plain(country.currency or str(listed_.get("currency", "")))),
            (field_label("country.plugs"), Words.plain(country.plugs or _plugs(listed_))),
            (
                field_label("country.calling_code"),
                Words.plain(country.calling_code or str(listed_.get("calling_code", ""))),
            ),
        )
        found += [Text((Para(of_text(country.name), "lead"),)), *blocks] if blocks else []
    return found


def _plugs(known: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, (", ".join(known.get("plugs", ())), known.get("voltage", ""))))


# -- contacts -------------------------------------------------------------------------------------


def contacts(of: VisitFacts) -> list[Section]:
    """Coordinators, interpreters, hotels and venues with their numbers, then the emergency numbers of the country."""
    columns = (
        column(Message("paper", "Who"), 58),
        column(Message("paper", "What for"), 46),
        column(Message("paper", "Telephone"), 40),
        column(Message("paper", "E-mail"), 48),
    )
    blocks = table(columns, list(_reachable(of)))
    for country in of.countries:
        lines = _emergency(country)
        blocks += bullets(lines, bracketed(label(Message("paper", "Emergency numbers")), of_text(country.name)))
    return [Section(tuple(blocks))] if blocks else []


def _reachable(of: VisitFacts) -> Iterator[tuple[Cell, ...]]:
    visit = of.visit
    roles = [
        (visit.coordinator, field_label("visit.coordinator")),
        (visit.host_coordinator, field_label("visit.host_coordinator")),
    ]
    roles += [(day.record.coordinator, field_label("itinerary_day.coordinator")) for day in of.days if day.record]
    roles += [(item.interpreter, field_label("itinerary_item.interpreter")) for item in of.items]
    told: set[str] = set()
    for id_, role in roles:
        person = of.reading.one(Person, id_)
        if person is not None and person.id not in told:
            told.add(person.id)
            mail = Words.plain(person.email or "")
            yield (cell(person_name(person)), cell(role), cell(Words.plain(telephone(person))), cell(mail))
    for each in of.everybody:
        if each.role in ("driver", "interpreter", "coordinator") and (
            each.person is None or each.person.id not in told
        ):
            yield (cell(each.name), cell(each.said_role), cell(_number(each)), cell(_mail(each)))
    for place in of.hotels:
        yield (
            cell(place_name(place)),
            cell(of_code("place_kind", place.type)),
            cell(Words.plain(place.phone or "")),
            (),
        )


def _number(each: Guest) -> Words:
    return Words.plain(telephone(each.person)) if each.person else NONE


def _mail(each: Guest) -> Words:
    return Words.plain(each.person.email or "") if each.person else NONE


def _emergency(country: Country) -> list[Words]:
    """The numbers on record, else those of the reference list."""
    if country.emergency:
        return [Words.plain(country.emergency)]
    known = codes("countries").get(country.alpha2 or "")
    numbers = known.facts.get("emergency", {}) if known else {}
    return [
        combined([label(SERVICES[name]), Words.plain(number)], lambda said, _: " ".join(said))
        for name, number in numbers.items()
        if name in SERVICES
    ]


# -- protocol -------------------------------------------------------------------------------------

ADVICE = (
    Message("paper", "Address people by title and family name, never by the first name."),
    Message("paper", "Chinese names have the family name first."),
    Message(
        "paper",
        "Give and take business cards with both hands, the text towards the receiver; read it before you put it away.",
    ),
    Message("paper", "Greet in order of rank; wait to be shown to your seat."),
    Message("paper", "At a banquet the host faces the door and the guest of honour sits at the host's right."),
    Message("paper", "The host proposes the first toast; answer it before the meal is half over."),
    Message("paper", "Gifts are given and received with both hands, and registered."),
)


def protocol(of: VisitFacts) -> list[Section]:
    """How to address whom, and what to mind; gifts and red lines only where this copy may hold them."""
    columns = (
        column(Message("paper", "Name"), 50),
        column(Message("paper", "Address as"), 50),
        column(Message("paper", "Say the name"), 40),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            cell(person_name(person, salutation=False)),
            cell(person_name(person)),
            cell(Words.plain(person.pronunciation or "")),
        )
        for person in of.people
        if person.salutation or person.salutation_free or person.pronunciation
    ]
    blocks: list[Block] = [*table(columns, rows), *bullets(map(label, ADVICE), label(Message("paper", "To mind")))]
    gifts = [bracketed(of_text(gift.item), of_code("gift_direction", gift.direction)) for gift in of.gifts]
    return [Section((*blocks, *bullets(gifts, label(Message("paper", "Gifts")))))]


# -- maps and taxi cards --------------------------------------------------------------------------


def maps(of: VisitFacts) -> list[Section]:
    """One card a place: the address in Chinese and large, a map where there is one, the telephone."""
    found = [Section(())]
    for place in of.places:
        if place.address or place.map:
            found.append(Section(tuple(_taxi(of, place)), venue(of.reading, place), level=2, together=True))
    return found if len(found) > 1 else []


def _taxi(of: VisitFacts, place: Place) -> list[Block]:
    address = of_text(place.address)
    blocks: list[Block] = [Text((Para(address, "large"),))] if not address.empty else []
    map_: Picture | None = picture(of, place.map, 150, 70)
    blocks += [map_] if map_ else []
    return [
        *blocks,
        *facts(
            (field_label("place.phone"), Words.plain(place.phone or "")),
            (field_label("place.access"), of_text(place.access)),
        ),
    ]
