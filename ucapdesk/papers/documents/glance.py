"""The document "UCAP at a glance": the one page of the European form, its rows in their order, in one or two languages."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import LANGUAGE_FACTS, LANGUAGES, Message, ntr, tr
from ucapdesk.briefing.blocks.content import Cell, Column, Paper, Section, Table, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.codes import find_code
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.partnership_kinds import LISTED_COUNTRIES as LIST
from ucapdesk.model.kinds.partnership_kinds import (
    Country,
    PilotProject,
    Place,
    Programme,
    Theme,
    Ucap,
    UcapItem,
    UcapPlace,
    UcapSide,
    country_id,
)
from ucapdesk.model.kinds.people_kinds import Affiliation, ContactRole, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting, Visit
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.model.text.amounts import english_ordinal
from ucapdesk.model.values import Bilingual, Quantity
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.participants import organisation_name, person_name
from ucapdesk.papers.facts.partner_sides import is_partner, names_of, sides_of
from ucapdesk.papers.facts.parts import draft_note, paper, section
from ucapdesk.papers.facts.wording import (
    SQUARE_KILOMETRES,
    bracketed,
    clauses,
    colon,
    combined,
    in_all,
    joined,
    listed,
    of_code,
    of_date,
    of_population,
    of_quantity,
    of_text,
    shown,
    small_first,
    state_of,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.store.read.derived_values import travelling_side


def sides_table(sides: Sequence[Sequence[Words]]) -> Table:
    """Return what the form prints of both sides: of each its name, then its facts in the order of the form."""
    labels = (
        Message("paper", "Cities"),
        Message("paper", "State/Country or region"),
        Message("paper", "Population"),
        Message("paper", "Size in km²"),
        Message("paper", "Pairing agreement signing date (joint declaration)"),
        Message("paper", "Date of city visit to counterpart city"),
    )
    (first, second), *facts = zip(*sides, strict=True)
    columns = (Column(NO_WORDS, 46, label=True), Column(first, 52), Column(second, 62))
    rows = ((Words.label(label), *said) for label, said in zip(labels, facts, strict=True))
    return Table(columns, tuple(tuple((Para(words),) for words in row) for row in rows))


def themes_table(rows: Iterable[tuple[Cell, ...]], *, two: bool) -> Table:
    """Return the themes with their projects; ``two``: in two languages."""
    columns = (
        Column(Words.label(Message("paper", "Theme and pilot projects")), 110 if two else 97, split=True),
        Column(Words.label(Message("paper", "SDG")), 11),
        Column(Words.label(Message("paper", "Urban Agenda")), 39 if two else 52),
    )
    return Table(columns, tuple(rows), Words.label(Message("paper", "Cooperation themes")))


def theme_row(
    name: Words, projects: Sequence[Words], goals: Iterable[int] = (), partnerships: Iterable[Words] = ()
) -> tuple[Cell, ...]:
    """Return a theme with its goals and Urban Agenda partnerships; its name begins its first project."""
    said = (Para(projects[0], lead=name), *map(Para, projects[1:])) if projects else (Para(name, "lead"),)
    sdgs = Words.plain(", ".join(map(str, goals)))
    return said, (Para(sdgs),), tuple(map(Para, partnerships)) or (Para(NO_WORDS),)


def meeting_paras(head: Words, summary: Words, topics: Iterable[Words]) -> list[Para]:
    """Return a meeting of the main activities: its first words, such as "1st meeting, April 2019 (Brussels and Rome)", and what it said."""
    listed = [Para(topic, mark="–") for topic in topics]
    if not summary.empty:
        return [Para(summary, lead=head), *listed]
    return [Para(Words.label(Message("paper", "topics")), lead=head), *listed] if listed else [Para(head, "lead")]


def mou_count(reported: int | None, recorded: int) -> list[Para]:
    """Return how many memoranda the source counts and how many are on record; nothing where there is none."""
    if reported is None and not recorded:
        return []
    counts = {"reported": reported, "recorded": recorded}
    said = Message("paper", "{recorded} recorded", counts)
    if reported is not None:
        said = Message("paper", "{reported} reported, {recorded} recorded", counts)
    return [Para(Words.label(said), lead=Words.label(Message("paper", "Memoranda of understanding")))]


def text_rows(challenges: Words, objective: Words, activities: Sequence[Para], results: Words) -> list[Text]:
    """Return the rows with one cell."""
    rows = (
        (Message("paper", "Key challenges of cooperation theme"), (Para(challenges),)),
        (Message("paper", "Main objective of UCAP"), (Para(objective),)),
        (Message("paper", "Short description of main activities and key outputs"), tuple(activities)),
        (Message("paper", "Expected results – benefits"), (Para(results),)),
    )
    return [Text(paras or (Para(NO_WORDS),), Words.label(label)) for label, paras in rows]


def contacts_text(label: Words, people: Sequence[Words], *, two: bool) -> Text:
    """Return the contact persons of one row: a line for each where two languages must face each other, else running text."""
    return Text(tuple(Para(who, close=True) for who in people) if two else (Para(_run_on(people)),), label)


def _ordinal(n: int, language: str) -> str:
    return english_ordinal(n) if language == "en" else f"{n}{LANGUAGE_FACTS[language].get('ordinal', '')}"


def meeting_head(n: int | None, month: Words, places: Words) -> Words:
    """Return such as "1st meeting, April 2019 (Brussels and Rome)"."""
    name = Words.label(Message("paper", "Meeting"))
    if n is not None:
        name = in_all(lambda lang: tr("paper", "{ordinal} meeting", lang, ordinal=_ordinal(n, lang), n=n))
    return bracketed(joined(name, month), places)


def _run_on(people: Sequence[Words]) -> Words:
    """Return names on one line, each with its own tag where nobody wrote it in a language."""
    text = {lang: ("；" if lang == "zh" else " · ").join(shown(who, lang) for who in people) for lang in LANGUAGES}
    return Words(text, {lang: state_of(people, lang) for lang in LANGUAGES})


INCLUDING = Message("paper", "incl. {said}")


def glance_section(
    reader: RedactedReader, ucap: Ucap, languages: Sequence[str], public: Container[str] | None = None
) -> Section:
    """Return all rows of the form; ``public``: the ids of meetings that may be told, all of them where it is None."""
    two = len(languages) > 1
    items = reader.children(UcapItem, ucap.id)
    sides = {side.side: side for side in reader.children(UcapSide, ucap.id)}
    facts = [_facts(reader, ucap, code, sides.get(code)) for code in SIDES]
    themes = _themes(reader, ucap)
    activities = [
        para
        for meeting in reader.linked(Meeting, "when", ucap=ucap.id)
        if not is_called_off(meeting) and (public is None or meeting.id in public)
        for para in _meeting(reader, meeting)
    ]
    activities += [Para(of_text(item.text)) for item in items if item.type == "output"]
    contacts = [contacts_text(name, people, two=two) for name, people in _contacts(reader, ucap, facts)]
    recorded = sum(not agreement.placeholder for agreement in reader.linked(Agreement, ucap=ucap.id))
    return Section((
        sides_table(facts),
        *([themes_table(themes, two=two)] if themes else []),
        *text_rows(
            _text_or_items(ucap.key_challenges, items, "challenge"),
            _text_or_items(ucap.main_objective, items, "objective"),
            [*activities, *mou_count(ucap.reported_mou_count, recorded)],
            _text_or_items(ucap.expected_results, items, "result"),
        ),
        *contacts,
    ))  # fmt: skip


def _text_or_items(text: Bilingual | None, items: Iterable[UcapItem], kind: str) -> Words:
    """Return the text as a whole, else its single statements."""
    return of_text(text) if text else clauses([of_text(item.text) for item in items if item.type == kind])


# -- sides ----------------------------------------------------------------------------------------


def _facts(reader: RedactedReader, ucap: Ucap, code: str, side: UcapSide | None) -> list[Words]:
    """Return the name of a side, then its facts in the order of the form."""
    parts = [part for part in reader.children(UcapPlace, ucap.id) if part.side == code]
    places = {part.id: reader.one(Place, part.place) for part in parts}
    listed_ = [place for part in parts if is_partner(part) and (place := places[part.id])]
    included = [place for part in parts if part.role == "included" and (place := places[part.id])]
    name = names_of(sides_of(reader, ucap), code)
    side = side or UcapSide()  # of a side that nobody described its cities tell
    return [
        name,
        _cities(listed_, included) if listed_ else _printed(side.cities_print),
        _countries(reader, listed_, side.countries_print or ""),
        _figure(side, listed_, "population", of_population),
        _figure(side, listed_, "area_km2", lambda number: of_quantity(number, SQUARE_KILOMETRES)),
        of_date(side.pairing_signed),
        of_text(side.visits_print) if side.visits_print else _visits(reader, ucap, code),
    ]


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


def _countries(reader: RedactedReader, cities: list[Place], printed: str) -> Words:
    """Return states and countries of the cities; where a city's is unknown, those that the source printed for the side."""
    if not cities or any(city.country is None for city in cities):
        return _printed_countries(reader, printed)
    countries = reader.all(Country, (city.country for city in cities))
    pairs = []
    for each in countries:
        own = [city.state for city in cities if city.country == each.id and city.state]
        states = {state.said("en", "zh"): of_text(state) for state in own}
        pairs.append(combined([listed(states.values()), _called(each)], small_first))
    return clauses(pairs)


def _figure(side: UcapSide, cities: list[Place], name: str, say: Callable[[Quantity | None], Words]) -> Words:
    """Return a number of a side, else that of each of its cities, with its name where there are several; of a single one the number
    alone.
    """
    if own := getattr(side, name):
        return say(own)
    known = [(city, number) for city in cities if not (number := say(getattr(city, name))).empty]
    if len(cities) == 1:
        return known[0][1] if known else NO_WORDS
    return clauses([combined([of_text(city.name), number], colon) for city, number in known])


def _called(country: Country) -> Words:
    """Return the name of a country in this workspace."""
    return of_text(country.name) if country.name else of_code(LIST, country.alpha2)


def _printed_countries(reader: RedactedReader, printed: str) -> Words:
    parts = [part.strip() for part in printed.split(",") if part.strip()]
    codes = {part: find_code(LIST, part) for part in parts}
    found = reader.all(Country, [country_id(code) for code in codes.values() if code])
    known = {each.alpha2: _called(each) for each in found}
    states = listed(_printed(part) for part in parts if codes[part] is None)
    countries = listed(known.get(code) or of_code(LIST, code) for code in codes.values() if code)
    return combined([states, countries], small_first)


def _visits(reader: RedactedReader, ucap: Ucap, side: str) -> Words:
    """Return the dates of the visits of a side, where the source has no words for them."""
    known = reader.linked(Visit, "dates", ucaps=ucap.id)
    visits = [visit for visit in known if travelling_side(reader.desk, visit) == side and not is_called_off(visit)]
    return listed(of_date(visit.dates) for visit in visits if visit.dates)


# -- themes and meetings --------------------------------------------------------------------------


def _themes(reader: RedactedReader, ucap: Ucap) -> list[tuple[Cell, ...]]:
    """Return a row for each theme; projects without one stand in a last row."""
    projects = reader.linked(PilotProject, "pos", ucap=ucap.id)
    themes = reader.children(Theme, ucap.id)
    rows = []
    for theme in themes:
        own = [of_text(project.title) for project in projects if theme.id in (project.themes or ())]
        partnerships = (of_code("partnerships", code) for code in theme.partnerships or ())
        rows.append(theme_row(of_text(theme.name), own, goals_of(theme), partnerships))
    known = {theme.id for theme in themes}
    alone = [of_text(project.title) for project in projects if known.isdisjoint(project.themes or ())]
    return [*rows, theme_row(NO_WORDS, alone)] if alone else rows


def goals_of(theme: Theme) -> list[int]:
    """Return the numbers of the Sustainable Development Goals of a theme."""
    return sorted(int(goal) for goal in theme.sdgs or () if goal.isascii() and goal.isdigit())


def _meeting(reader: RedactedReader, meeting: Meeting) -> list[Para]:
    """Return a meeting without topics that its summary repeats, as imported ones do; by its title where nothing else is known of it."""
    where = listed((of_text(place.name) for place in reader.all(Place, meeting.places)), last=True)
    told = " ".join((meeting.summary or {}).values())
    topics = [item for item in reader.children(AgendaItem, meeting.id) if item.title and not item.internal]
    month = of_date(meeting.when.day if meeting.when else None)
    head = meeting_head(meeting.ordinal, month, where if not where.empty else of_code("meeting_mode", meeting.mode))
    said = meeting.summary or (meeting.title if not topics and meeting.ordinal is None else None)
    titles = [item.title for item in topics if item.title and not any(text in told for text in item.title.values())]
    return meeting_paras(head, of_text(said), map(of_text, titles))


# -- contacts -------------------------------------------------------------------------------------


def _contacts(
    reader: RedactedReader, ucap: Ucap, sides: Sequence[Sequence[Words]]
) -> Iterator[tuple[Words, list[Words]]]:
    """Yield the contacts of each side, then those of the programme, each under the name of their side."""
    roles = reader.children(ContactRole, ucap.id)
    for code, (name, *_) in zip(SIDES, sides, strict=True):
        yield from _group(reader, name, [role for role in roles if role.side == code])
    programme = reader.one(Programme, ucap.programme)
    name = of_text(programme.name) if programme and programme.name else of_code("contact_role", "programme_contact")
    yield from _group(reader, name, [role for role in roles if role.side not in SIDES])


def _group(reader: RedactedReader, name: Words, roles: list[ContactRole]) -> Iterator[tuple[Words, list[Words]]]:
    people = [(role, person) for role in roles if (person := reader.one(Person, role.person))]
    n = len(people)
    if people:
        label = combined(
            [name],
            lambda said, lang: ntr("paper", "{name} contact person", "{name} contact persons", n, lang, name=said[0]),
        )
        yield label, [bracketed(replace(person_name(each), where=""), _of(reader, role, each)) for role, each in people]


def _of(reader: RedactedReader, role: ContactRole, person: Person) -> Words:
    """Return where a contact works: the organisation as far as it is on record, else the city; nothing for the programme's own."""
    if role.side not in SIDES:
        return NO_WORDS
    post = next((post for post in reader.children(Affiliation, person.id) if post.organisation), None)
    if post and reader.one(Organisation, post.organisation):
        return organisation_name(reader, post.organisation)
    place = reader.one(Place, role.place)
    return of_text(place.name) if place else NO_WORDS


_NAME = Message("paper", "The Urban Cooperation Action Plan (UCAP) at a glance")


def _make(reader: RedactedReader, request: Request) -> Paper:
    """Return the paper, meant for as many pages as it has languages."""
    ucap = reader.get(Ucap, request.ids[0])
    title = of_text(ucap.title, "title")
    rows = [glance_section(reader, ucap, request.languages)]
    made = replace(paper(reader, request, _NAME, title, rows, marked=ucap), title=title, fit=len(request.languages))
    return replace(made, sections=(*made.sections, *section(draft_note(made))))


DOCUMENTS = (
    Document("at_a_glance", Message("document", "UCAP at a glance"), _make, kinds=("ucap",), order=10, pages=("A4", "large")),
)  # fmt: skip
