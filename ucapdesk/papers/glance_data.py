"""Collects the records of a UCAP for the paper "at a glance".

Everything is read once, from one workspace, into ``_Ucap``; each function then fills one part of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ucapdesk.base.i18n import LANGUAGES, Message, ntr
from ucapdesk.briefing.text_elements import NO_WORDS, Words
from ucapdesk.model.codes import find_code
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import AgendaItem, Meeting
from ucapdesk.model.kinds.people_kinds import Affiliation, ContactRole, Organisation, Person
from ucapdesk.model.kinds.place_kinds import LISTED_COUNTRIES as LIST
from ucapdesk.model.kinds.place_kinds import Country, Place, Programme, country_id
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Theme, Ucap, UcapItem, UcapPlace, UcapSide
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.text.format.names_in_words import say_person
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.glance_paper import (
    GlanceContacts,
    GlanceData,
    GlanceMeeting,
    GlanceSide,
    GlanceTheme,
    meeting_head,
)
from ucapdesk.papers.paper_sides import names_of, sides_of
from ucapdesk.papers.paper_words import (
    SQUARE_KILOMETRES,
    bracketed,
    clauses,
    colon,
    combined,
    listed,
    of_code,
    of_date,
    of_population,
    of_quantity,
    of_text,
    small_first,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read.travelling_sides import travelling_side

R = TypeVar("R", bound=Record)
INCLUDING = Message("paper", "incl. {said}")


@dataclass(frozen=True)
class _Ucap:
    """A UCAP with what is read for its paper."""

    reader: RedactedReader
    ucap: Ucap

    def children(self, kind: type[R], owner: str = "") -> list[R]:
        return self.reader.children(kind, owner or self.ucap.id)

    def linked(self, kind: type[R], order: str) -> list[R]:
        """Return the living records whose field ``ucap`` names this one."""
        return self.reader.linked(kind, order, ucap=self.ucap.id)


def glance_data(reader: RedactedReader, id_: str) -> GlanceData:
    """Return everything the paper prints of a UCAP that exists and is not in the Trash."""
    of = _Ucap(reader, reader.get(Ucap, id_))
    ucap = of.ucap
    items = of.children(UcapItem)
    sides = {side.side: side for side in of.children(UcapSide)}
    return GlanceData(
        title=of_text(ucap.title, "title"),
        sides=(_side(of, "A", sides.get("A")), _side(of, "B", sides.get("B"))),
        themes=_themes(of),
        challenges=_text_or_items(ucap.key_challenges, items, "challenge"),
        objective=_text_or_items(ucap.main_objective, items, "objective"),
        meetings=tuple(_meeting(of, meeting) for meeting in of.linked(Meeting, "when")),
        outputs=tuple(of_text(item.text) for item in items if item.type == "output"),
        results=_text_or_items(ucap.expected_results, items, "result"),
        contacts=_contacts(of),
        mou_reported=ucap.reported_mou_count,
        mou_recorded=sum(not agreement.placeholder for agreement in of.linked(Agreement, "sort_en")),
    )


def _text_or_items(text: Bilingual | None, items: Iterable[UcapItem], kind: str) -> Words:
    """Return the text as a whole, else its single statements."""
    if text:
        return of_text(text)
    return clauses([of_text(item.text) for item in items if item.type == kind])


# -- sides ----------------------------------------------------------------------------------------


def _side(of: _Ucap, code: str, side: UcapSide | None) -> GlanceSide:
    parts = [part for part in of.children(UcapPlace) if part.side == code]
    places = {part.id: of.reader.one(Place, part.place) for part in parts}
    listed_ = [place for part in parts if part.role in ("partner", None) and (place := places[part.id])]
    included = [place for part in parts if part.role == "included" and (place := places[part.id])]
    name = names_of(sides_of(of.reader, of.ucap), code)
    if side is None:
        return GlanceSide(name, _cities(listed_, included), _countries(of, listed_, ""))
    return GlanceSide(
        name=name,
        cities=_cities(listed_, included) if listed_ else _printed(side.cities_print),
        countries=_countries(of, listed_, side.countries_print or ""),
        population=of_population(side.population)
        if side.population
        else _each_city(listed_, lambda city: of_population(city.population)),
        area=of_quantity(side.area_km2, SQUARE_KILOMETRES)
        if side.area_km2
        else _each_city(listed_, lambda city: of_quantity(city.area_km2, SQUARE_KILOMETRES)),
        pairing=of_date(side.pairing_signed),
        visits=of_text(side.visits_print) if side.visits_print else _visits(of, code),
    )


def _cities(listed_: list[Place], included: list[Place]) -> Words:
    """Return the cities of a side, each region with the places it includes in brackets."""
    return listed(
        bracketed(
            of_text(city.name), listed(of_text(place.name) for place in included if place.parent == city.id), INCLUDING
        )
        for city in listed_
    )


def _printed(text: str | None) -> Words:
    """Return words of the paper a UCAP came from, which are English."""
    return Words({"en": text}, {"zh": "missing"}) if text else NO_WORDS


def _countries(of: _Ucap, cities: list[Place], printed: str) -> Words:
    """Return states and countries of the cities; where a city's is unknown, those that the source printed for the side."""
    if not cities or any(city.country is None for city in cities):
        return _printed_countries(of, printed)
    countries = of.reader.all(Country, (city.country for city in cities))
    pairs = []
    for each in countries:
        own = [city.state for city in cities if city.country == each.id and city.state]
        states = {state.said("en", "zh"): of_text(state) for state in own}
        pairs.append(_in_country(listed(states.values()), _called(each)))
    return clauses(pairs)


def _each_city(cities: list[Place], number_of: Callable[[Place], Words]) -> Words:
    """Return a number of each city of a side, with its name where there are several; of a single one the number alone."""
    known = [(city, number) for city in cities if not (number := number_of(city)).empty]
    if len(cities) == 1:
        return known[0][1] if known else NO_WORDS
    pairs = [combined([of_text(city.name), number], colon) for city, number in known]
    return clauses(pairs)


def _called(country: Country) -> Words:
    """Return the name of a country in this workspace."""
    return of_text(country.name) if country.name else of_code(LIST, country.alpha2)


def _printed_countries(of: _Ucap, printed: str) -> Words:
    parts = [part.strip() for part in printed.split(",") if part.strip()]
    codes = {part: find_code(LIST, part) for part in parts}
    known = {
        each.alpha2: _called(each)
        for each in of.reader.all(Country, [country_id(code) for code in codes.values() if code])
    }
    states = listed(_printed(part) for part in parts if codes[part] is None)
    return _in_country(states, listed(known.get(code) or of_code(LIST, code) for code in codes.values() if code))


def _in_country(state: Words, country: Words) -> Words:
    """Return such as "Guangxi, China" and 中国广西."""
    if state.empty or country.empty:
        return country if state.empty else state
    return combined([state, country], small_first)


def _visits(of: _Ucap, side: str) -> Words:
    """Return the dates of the visits of a side, where the source has no words for them."""
    known = of.reader.linked(Visit, "dates", ucaps=of.ucap.id)
    visits = [visit for visit in known if travelling_side(of.reader.desk, visit) == side]
    return listed(of_date(visit.dates) for visit in visits if visit.dates)


# -- themes and meetings --------------------------------------------------------------------------


def _themes(of: _Ucap) -> tuple[GlanceTheme, ...]:
    projects = of.linked(PilotProject, "pos")
    themes = of.children(Theme)
    found = [_theme(theme, [project for project in projects if theme.id in (project.themes or ())]) for theme in themes]
    known = {theme.id for theme in themes}
    alone = [project for project in projects if known.isdisjoint(project.themes or ())]
    if alone:
        found.append(GlanceTheme(NO_WORDS, tuple(of_text(project.title) for project in alone)))
    return tuple(found)


def _theme(theme: Theme, projects: list[PilotProject]) -> GlanceTheme:
    goals = sorted(int(goal) for goal in theme.sdgs or () if goal.isascii() and goal.isdigit())
    partnerships = tuple(of_code("partnerships", code) for code in theme.partnerships or ())
    titles = tuple(of_text(project.title) for project in projects)
    return GlanceTheme(of_text(theme.name), titles, tuple(goals), partnerships)


def _meeting(of: _Ucap, meeting: Meeting) -> GlanceMeeting:
    """Return a meeting without topics that its summary repeats, as imported ones do."""
    where = listed((of_text(place.name) for place in of.reader.all(Place, meeting.places)), last=True)
    summary = of_text(meeting.summary)
    told = " ".join((meeting.summary or {}).values())
    topics = [item for item in of.children(AgendaItem, meeting.id) if item.title and not item.internal]
    month = of_date(meeting.when.day if meeting.when else None)
    places = where if not where.empty else of_code("meeting_mode", meeting.mode)
    return GlanceMeeting(
        meeting_head(meeting.ordinal, month, places),
        summary,
        tuple(of_text(item.title) for item in topics if not _is_told(item, told)),
    )


def _is_told(item: AgendaItem, told: str) -> bool:
    return any(text in told for text in (item.title or {}).values())


# -- contacts -------------------------------------------------------------------------------------


def _contacts(of: _Ucap) -> tuple[GlanceContacts, ...]:
    """Return the contacts of each side, then those of the programme, each under the name of their side."""
    roles = of.children(ContactRole)
    found = []
    for code in SIDES:
        name = names_of(sides_of(of.reader, of.ucap), code)
        found.append(_group(of, name, [role for role in roles if role.side == code]))
    programme = of.reader.one(Programme, of.ucap.programme)
    name = of_text(programme.name) if programme and programme.name else of_code("contact_role", "programme_contact")
    found.append(_group(of, name, [role for role in roles if role.side not in SIDES]))
    return tuple(group for group in found if group.people)


def _group(of: _Ucap, name: Words, roles: list[ContactRole]) -> GlanceContacts:
    people = [(role, person) for role in roles if (person := of.reader.one(Person, role.person))]
    n = len(people)
    label = combined(
        [name],
        lambda said, lang: ntr("paper", "{name} contact person", "{name} contact persons", n, lang, name=said[0]),
    )
    return GlanceContacts(label, tuple(bracketed(_name(person), _of(of, role, person)) for role, person in people))


def _name(person: Person) -> Words:
    """Return a name as each language writes it; missing in Chinese where neither characters nor a transcription are known."""
    phonetic = person.name_phonetic
    text = {lang: say_person(person, lang) for lang in LANGUAGES}
    states = {lang: (phonetic.state(lang) if phonetic else "") for lang in LANGUAGES}
    if person.name_han and str(person.name_han):
        states["zh"] = ""
    elif not (phonetic and phonetic.get("zh")):
        text["zh"], states["zh"] = "", "missing"
    return Words(text, {lang: state for lang, state in states.items() if lang == "zh" or state == "draft"})


def _of(of: _Ucap, role: ContactRole, person: Person) -> Words:
    """Return where a contact works: the organisation as far as it is on record, else the city; nothing for the programme's own."""
    if role.side not in SIDES:
        return NO_WORDS
    post = next((post for post in of.children(Affiliation, person.id) if post.organisation), None)
    houses = list(of.reader.upwards(Organisation, post.organisation)) if post else []
    if not houses:
        place = of.reader.one(Place, role.place)
        return of_text(place.name) if place else NO_WORDS
    above = [of_text(house.name) for house in reversed(houses)]
    return combined(above, lambda said, lang: ("" if lang == "zh" else ", ").join(said))
