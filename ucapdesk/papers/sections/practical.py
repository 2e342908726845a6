"""The sections for travellers and drivers: transport, hotels, rooms, cars, meals, health, whom to call, facts of the country, maps.

Of a country papers tell money, plugs, clocks, calling codes and emergency numbers. What is on record of it comes first; anything else
comes from the reference list. Taxi cards are shown to a driver who reads only Chinese.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message, in_brackets, tr
from ucapdesk.briefing.blocks.content import FACING, Block, Cell, Section, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.dates.formatting import say_zone
from ucapdesk.model.dates.zones import offset, zone_city
from ucapdesk.model.kinds.partnership_kinds import Country, Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import MEALS, TransportLeg
from ucapdesk.model.rules.country_facts import calling_code, currency
from ucapdesk.model.rules.country_facts import listed as told_of
from ucapdesk.model.rules.itinerary import stays
from ucapdesk.model.values import PartialDate, When
from ucapdesk.papers.facts.participants import own_name_of, person_name
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    bullets,
    cell,
    column,
    facts,
    facts_of,
    field_label,
    headed,
    label,
    name_of,
    place_name,
    section,
    table,
    table_of,
    text,
)
from ucapdesk.papers.facts.visit_facts import (
    VisitFacts,
    day_and_hours,
    is_narrow,
    picture,
    stay_dates,
    stay_length,
    telephone,
    venue,
)
from ucapdesk.papers.facts.wording import (
    bracketed,
    clauses,
    colon,
    combined,
    day_name,
    in_all,
    joined,
    joined_by,
    listed,
    moment,
    of_code,
    of_date,
    of_text,
    of_written,
    shown,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.people import people_table
from ucapdesk.papers.sections.programme import leg_route, leg_words, where

SERVICES = {
    "police": Message("paper", "Police"),
    "fire": Message("paper", "Fire brigade"),
    "ambulance": Message("paper", "Ambulance"),
    "traffic_accident": Message("paper", "Traffic accident"),
    "all": Message("paper", "All emergencies"),
}


NO_DIFFERENCE = Message("paper", "no time difference")
LONGEST_VISIT = 62  # Days for which changes of the clocks are looked for


def good_to_know(of: VisitFacts) -> list[Block]:
    found: list[Block] = []
    for country in of.countries:
        blocks = facts(
            (field_label("country.currency"), _currency(country.currency or currency(country) or "")),
            (field_label("country.plugs"), Words.plain(country.plugs or _plugs(told_of(country)))),
            (field_label("country.calling_code"), Words.plain(country.calling_code or calling_code(country) or "")),
            (field_label("visit.time_zone"), listed(_zone_clock(of, zone) for zone in _zones(of, country))),
        )
        found += [Text((Para(of_text(country.name), "lead"),)), *blocks] if blocks else []
    if found or time_difference(of).empty:
        return found
    return facts((field_label("visit.time_zone"), _zone_clock(of, of.zone)))


def _zones(of: VisitFacts, country: Country) -> list[str]:
    clocks = (of.reader.clocks.of_place(place.id) for place in of.visited if place.country == country.id)
    return list(dict.fromkeys(zone for zone in clocks if zone))


def _currency(said: str) -> Words:
    """Return ``Chinese Yuan (CNY)``; a text that is no currency code as it is."""
    from babel.numbers import get_currency_name  # what only lists the papers needs no names of currencies

    def name(lang: str) -> str:
        known = str(get_currency_name(said, locale=lang))
        return said if known == said else known + in_brackets(said, lang)

    return in_all(name) if said.isascii() and said.isupper() else Words.plain(said)


def _plugs(known: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, (", ".join(known.get("plugs", ())), known.get("voltage", ""))))


def emergency_numbers(country: Country) -> list[Words]:
    if country.emergency:
        return [Words.plain(country.emergency)]
    return [
        joined_by(" ", label(SERVICES[name]), Words.plain(number))
        for name, number in told_of(country).get("emergency", {}).items()
        if name in SERVICES
    ]


# -- clocks ---------------------------------------------------------------------------------------


def _zone_clock(of: VisitFacts, zone: str) -> Words:
    """Return ``Beijing, UTC+8, 7 h ahead of Granada``."""
    if not zone:
        return NO_WORDS
    hours = _by_day(of, lambda at: joined(Words.plain(offset(zone, at)), _difference_at(of, zone, at)))
    return joined(in_all(lambda lang: zone_city(zone, lang)), hours)


def _by_day(of: VisitFacts, say: Callable[[datetime], Words]) -> Words:
    """Return what is said of clocks on the first day, and again from each day of the visit on which it is another."""
    first, last = of.visit.dates.bounds if of.visit.dates else ("", "")
    if not "1900" < first < "9000":
        return NO_WORDS
    noon = datetime.fromisoformat(f"{first} 12:00")
    days = min((date.fromisoformat(last) - noon.date()).days + 1, LONGEST_VISIT)
    told = [(at, say(at)) for at in (noon + timedelta(n) for n in range(days))]
    changed = (two for one, two in pairwise(told) if one[1] != two[1])
    return clauses([told[0][1], *(_from(at, words) for at, words in changed)])


def _from(at: datetime, words: Words) -> Words:
    day = of_date(PartialDate(at.date().isoformat()))
    words = label(NO_DIFFERENCE) if words.empty else words
    return combined([day, words], lambda said, lang: tr("paper", "from {day}: {said}", lang, day=said[0], said=said[1]))


def time_difference(of: VisitFacts) -> Words:
    """Return the time difference between the place and each home city; nothing where a zone is unknown."""
    return _by_day(of, lambda at: _difference_at(of, of.zone, at)) if of.zone else NO_WORDS


def _difference_at(of: VisitFacts, zone: str, at: datetime) -> Words:
    ahead = ((_ahead(at, zone, of.reader.clocks.of_place(home.id) or zone), home) for home in _homes(of))
    homes = grouped((minutes, place_name(home)) for minutes, home in ahead if minutes)
    return listed(_difference(minutes, listed(names, last=True)) for minutes, names in sorted(homes.items()))


def _ahead(at: datetime, zone: str, home: str) -> int:
    """Return by how many minutes the clocks of a zone are ahead of those at home."""
    there, here = (at.replace(tzinfo=ZoneInfo(each)).utcoffset() for each in (zone, home))
    return int((there - here).total_seconds() // 60) if there is not None and here is not None else 0


def _difference(minutes: int, name: Words) -> Words:
    hours = f"{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else "")
    said = (
        Message("paper", "{hours} h ahead of {place}") if minutes > 0 else Message("paper", "{hours} h behind {place}")
    )
    text = {lang: replace(said, args={"hours": hours, "place": shown(name, lang)}).say(lang) for lang in LANGUAGES}
    return Words(text, dict.fromkeys(LANGUAGES, "same"))


def _homes(of: VisitFacts) -> list[Place]:
    head = of.reader.one(Person, of.visit.head)
    own = of.reader.one(Place, head.place) if head else None
    known = [city for city in of.home_cities if of.reader.clocks.of_place(city.id)]
    return known or ([own] if own and of.reader.clocks.of_place(own.id) else [])


MAP = (150.0, 70.0)


def maps(of: VisitFacts) -> list[Section]:
    columns = (
        ColumnOf(lambda place: _named(of, place), 56, Message("paper", "Place")),
        ColumnOf(lambda place: _address(of, of_text(place.address)), 88, "place.address"),
        ColumnOf("phone", 36, "place.phone"),
    )
    places = [place for place in of.places if place.address or place.map]
    found = [Section(tuple(table_of(of.reader, places, columns)))]
    for place in places:
        if map_ := picture(of, place.map, MAP, place_name(place)):
            found.append(Section((map_,), venue(of.reader, place), level=2, together=True))
    return found if places else []


def _named(of: VisitFacts, place: Place) -> Cell:
    return (*cell(venue(of.reader, place), role="lead"), *cell(of_text(place.access), role="note"))


def _address(of: VisitFacts, address: Words) -> tuple[Para, ...]:
    """Return the address in one column, the Chinese one first and large, since the driver reads it."""
    if address.empty:
        return ()
    asked = of.request
    if asked.layout == FACING or not (address.has("zh") and "zh" in asked.languages and len(asked.languages) > 1):
        return (Para(address, "large"),)
    chinese = Words({"zh": address.text["zh"]}, dict.fromkeys(asked.languages, "not_needed"), address.where)
    others = {lang: text for lang, text in address.text.items() if lang != "zh"}
    other = replace(address, text=others, states={**address.states, "zh": "not_needed"})
    return Para(chinese, "large"), Para(other, close=True)


# -- logistics ------------------------------------------------------------------------------------


def logistics(of: VisitFacts) -> list[Section]:
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
    for leg in of.legs:
        if leg.driver:
            yield cell(leg_words(leg)), cell(of_code("participation_role", "driver")), cell(of_written(leg.driver)), ()


def _houses(of: VisitFacts) -> Iterator[tuple[Cell, ...]]:
    places = [(each, of_code("place_kind", "hotel")) for each in of.hotels]
    places += [(each, field_label("place.hospital")) for each in of.hospitals]
    for place, what in places:
        yield _row(cell(place_name(place), of_text(place.address)), what, place.phone)
    for embassy in of.reader.all(Organisation, of.visit.embassies):
        name = cell(own_name_of(embassy), of_text(embassy.address))
        yield _row(name, of_code("organisation_type", "diplomatic"), embassy.phone, embassy.email)


def _row(name: Cell, what: Words, phone: str | None, mail: str | None = None) -> tuple[Cell, ...]:
    return name, cell(what), cell(Words.plain(phone or "")), cell(Words.plain(mail or ""))
