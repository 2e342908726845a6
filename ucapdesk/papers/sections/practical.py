"""The sections for travellers and drivers: transport, hotels, rooms, cars, meals, health, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Section, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import MEALS, TransportLeg
from ucapdesk.model.rules.nights import stays
from ucapdesk.model.text.format.dates_in_words import say_zone
from ucapdesk.model.values import When
from ucapdesk.papers.hotel_nights import stay_dates, stay_length
from ucapdesk.papers.paper_parts import bullets, cell, column, field_label, headed, label, section, table, text
from ucapdesk.papers.paper_words import (
    bracketed,
    colon,
    combined,
    day_name,
    in_all,
    joined,
    listed,
    moment,
    of_code,
    of_text,
    of_written,
)
from ucapdesk.papers.participants import house_name, person_name
from ucapdesk.papers.people_lists import people_table
from ucapdesk.papers.record_parts import ColumnOf, facts_of, name_of, place_name, table_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.common import day_and_hours, is_narrow, telephone
from ucapdesk.papers.sections.country import emergency_numbers, good_to_know
from ucapdesk.papers.sections.programme_section import leg_route, leg_words, where
from ucapdesk.papers.visit_facts import VisitFacts

# -- logistics ------------------------------------------------------------------------------------


def logistics(of: VisitFacts) -> list[Section]:
    """Return transport, hotels, rooms, cars, weather and dress by day, and travel facts of the country."""
    visit = of.visit
    housed = [each for each in of.everybody if each.part and each.part.room]
    parts = (
        (rides(of.reader, of.legs, _booked, narrow=is_narrow(of)), label(Message("paper", "Transport"))),
        (_hotels(of), label(Message("paper", "Hotels"))),
        (people_table(of.reader, housed, ("signer", "room")), label(Message("paper", "Rooms"))),
        (text(of_text(visit.vehicles)), label(Message("paper", "Cars and drivers"))),
        (text(of_text(visit.luggage)), field_label("visit.luggage")),
        (_meals(of), label(Message("paper", "Meals"))),
        (_internet(of), field_label("visit.internet")),
        (_dress(of), label(Message("paper", "Dress and weather"))),
        (_medical(of), field_label("visit.medical")),
        (good_to_know(of), label(Message("paper", "Good to know"))),
    )
    return headed([each for blocks, name in parts for each in section(blocks, name, level=2)])


def rides(
    reader: RedactedReader,
    legs: Sequence[TransportLeg],
    booked: Callable[[TransportLeg], Words],
    *,
    narrow: bool = False,
) -> list[Block]:
    """Return transport, each end on the clock of its place; ``booked`` says who drives, or what was booked."""
    columns = (
        ColumnOf(lambda leg: _ends(leg.when)[0], 42, Message("paper", "Departure")),
        ColumnOf(lambda leg: _ends(leg.when)[1], 42, Message("paper", "Arrival")),
        ColumnOf(leg_words, 36, Message("paper", "Means")),
        ColumnOf(leg_route, 50, Message("paper", "From and to")),
        ColumnOf("seats", 22 if narrow else 14, Message("paper", "Seats"), align="right"),
        ColumnOf(booked, 30, Message("paper", "Driver or booking") if booked is _booked else "transport_leg.driver"),
    )
    return table_of(reader, legs, columns)


def _ends(value: When | None) -> tuple[Cell, Cell]:
    if value is None:
        return (), ()
    arrives = value.end_date or (value.date if value.end else None)
    return _clock(value.date, value.start, value.tz), _clock(arrives, value.end, value.end_tz or value.tz)


def _clock(date: str | None, clock: str | None, zone: str | None) -> Cell:
    by = in_all(lambda lang: say_zone(zone, lang)) if zone and clock else NO_WORDS
    return cell(moment(date, clock), by)


def _booked(leg: TransportLeg) -> Words:
    return joined(of_written(leg.driver), Words.plain(leg.booking or ""))


def _hotels(of: VisitFacts) -> list[Block]:
    """Return each hotel with its nights and its Chinese address, large enough to be shown to a driver."""
    found: list[Block] = []
    there = stays(of.nights)
    for hotel in of.hotels:
        nights = [bracketed(stay_dates(stay), stay_length(stay)) for stay in there if stay.hotel == hotel.id]
        found.append(Text((Para(place_name(hotel), "lead"),)))
        found += facts_of(of.reader, hotel, "address phone", (Message("paper", "Nights"), listed(nights)), "access")
    return found


def _dress(of: VisitFacts) -> list[Block]:
    days = [day.record for day in of.days if day.record and (day.record.dress or day.record.weather)]
    columns = (
        ColumnOf(lambda day: day_name(day.date or ""), 50, Message("paper", "Day")),
        ColumnOf("dress", 50, Message("paper", "Dress")),
        ColumnOf("weather", 60, Message("paper", "Weather")),
    )
    return table_of(of.reader, days, columns)


def _meals(of: VisitFacts) -> list[Block]:
    """Return when and where the delegation eats, and what, as far as it is known."""
    columns = (
        ColumnOf(lambda item: day_and_hours(item.when), 40, Message("paper", "Time")),
        ColumnOf(name_of, 46, Message("paper", "Meal")),
        ColumnOf(lambda item: where(of, item), 40, Message("paper", "Place")),
        ColumnOf("menu", 50),
    )
    return table_of(of.reader, [item for item in of.items if item.type in MEALS], columns)


def _internet(of: VisitFacts) -> list[Block]:
    """Return the text about internet access, then each network with its access code; only where this copy may hold them."""
    networks = [combined([place_name(place), Words.plain(place.wifi)], colon) for place in of.places if place.wifi]
    return [*text(of_text(of.visit.internet)), *bullets(networks, field_label("place.wifi"))]


def _medical(of: VisitFacts) -> list[Block]:
    """Return the medical text, then the hospitals with their Chinese address."""
    found = text(of_text(of.visit.medical))
    for hospital in of.hospitals:
        found += facts_of(of.reader, hospital, ("hospital", place_name(hospital)), "address phone")
    return found


# -- contacts -------------------------------------------------------------------------------------


def contacts(of: VisitFacts) -> list[Section]:
    """Return the emergency number, coordinators, interpreters, drivers, hotels, hospitals and embassies with their numbers and
    addresses, then the emergency numbers of the country.
    """
    columns = (
        column(Message("paper", "Who"), 58),
        column(Message("paper", "What for"), 46),
        column(Message("paper", "Telephone"), 40),
        column(Message("paper", "E-mail"), 48),
    )
    duty = cell(field_label("visit.duty_phone"), role="lead"), (), cell(of.duty_phone, role="lead"), ()
    rows = [*([] if of.duty_phone.empty else [duty]), *_reachable(of), *_drivers(of), *_houses(of)]
    if is_narrow(of):  # numbers stay as large as the rest
        rows = [(_under(who, what), (), _under(number, mail), ()) for who, what, number, mail in rows]
    blocks = table(columns, rows)
    for country in of.countries:
        head = bracketed(label(Message("paper", "Emergency numbers")), of_text(country.name))
        blocks += bullets(emergency_numbers(country), head)
    return section(blocks)


def _under(cell_: Cell, other: Cell) -> Cell:
    """Return a cell with another below it in small type, in place of a column."""
    return (*cell_, *(replace(item, role="note", close=True) for item in other if isinstance(item, Para)))


def _reachable(of: VisitFacts) -> Iterator[tuple[Cell, ...]]:
    visit = of.visit
    roles = [(getattr(visit, name), field_label(f"visit.{name}")) for name in ("coordinator", "host_coordinator")]
    roles += [(day.record.coordinator, field_label("itinerary_day.coordinator")) for day in of.days if day.record]
    roles += [(item.interpreter, field_label("itinerary_item.interpreter")) for item in of.items]
    told: set[str] = set()
    for id_, role in roles:
        person = of.reader.one(Person, id_)
        if person is not None and person.id not in told:
            told.add(person.id)
            yield _row(cell(person_name(person)), role, telephone(person), person.email)
    for each in of.everybody:
        person = each.person
        if each.role in ("driver", "interpreter", "coordinator") and (person is None or person.id not in told):
            phone, mail = (telephone(person), person.email) if person else (None, None)
            yield _row(cell(each.name), each.said_role, phone, mail)


def _drivers(of: VisitFacts) -> Iterator[tuple[Cell, ...]]:
    """Yield who drives what, where this copy may hold the number."""
    for leg in of.legs:
        if leg.driver:
            yield cell(leg_words(leg)), cell(of_code("participation_role", "driver")), cell(of_written(leg.driver)), ()


def _houses(of: VisitFacts) -> Iterator[tuple[Cell, ...]]:
    """Yield hotels, hospitals and embassies, each with the address as a driver reads it."""
    places = [(each, of_code("place_kind", "hotel")) for each in of.hotels]
    places += [(each, field_label("place.hospital")) for each in of.hospitals]
    for place, what in places:
        yield _row(cell(place_name(place), of_text(place.address)), what, place.phone)
    for embassy in of.reader.all(Organisation, of.visit.embassies):
        name = cell(house_name(embassy), of_text(embassy.address))
        yield _row(name, of_code("organisation_type", "diplomatic"), embassy.phone, embassy.email)


def _row(name: Cell, what: Words, phone: str | None, mail: str | None = None) -> tuple[Cell, ...]:
    return name, cell(what), cell(Words.plain(phone or "")), cell(Words.plain(mail or ""))
