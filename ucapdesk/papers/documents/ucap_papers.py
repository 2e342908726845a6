"""Papers of a UCAP: the page "at a glance", its results in numbers and bars, and the partnership as a network.

"UCAP at a glance" is the one page of the European form, its rows in their order. A black-and-white printer shows the bars as well. The
network has the cities of both sides, themes and MoUs between them; below it stands the same in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.i18n import LANGUAGE_FACTS, LANGUAGES, Message, ntr, tr
from ucapdesk.briefing.blocks.content import Block, Cell, Column, Paper, Section, Table, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Bar, Chart, Network, NetworkLine, NetworkPoint, Para, Words
from ucapdesk.model.codes import codes, find_code
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
from ucapdesk.model.kinds.visit_kinds import ActionItem, AgendaItem, Meeting, Participation, Visit
from ucapdesk.model.rules.itinerary import ends
from ucapdesk.model.rules.sides import SIDES, is_away
from ucapdesk.model.rules.status import GROUPS, agreement_flags, expiry, group_of, is_called_off, is_open, is_signed
from ucapdesk.model.text.amounts import english_ordinal
from ucapdesk.model.values import Bilingual, PartialDate, Quantity
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.participants import organisation_name, person_name
from ucapdesk.papers.facts.partner_sides import PartnershipFacts, is_partner, names_of, partnership_facts, sides_of
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    cell,
    column,
    draft_note,
    facts,
    label,
    name_of,
    note,
    paper,
    section,
    table,
    table_of,
)
from ucapdesk.papers.facts.wording import (
    SQUARE_KILOMETRES,
    bracketed,
    clauses,
    colon,
    combined,
    in_all,
    joined,
    joined_by,
    listed,
    of_code,
    of_date,
    of_population,
    of_quantity,
    of_text,
    short_date,
    shown,
    small_first,
    state_of,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import PRINCIPAL, Request
from ucapdesk.papers.sections.meeting_parts import Action, action_rows, action_table, actions_of
from ucapdesk.store.read.derived_values import travelling_side


def sides_table(sides: Sequence[Sequence[Words]]) -> Table:
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
    columns = (
        Column(Words.label(Message("paper", "Theme and pilot projects")), 110 if two else 97, split=True),
        Column(Words.label(Message("paper", "SDG")), 11),
        Column(Words.label(Message("paper", "Urban Agenda")), 39 if two else 52),
    )
    return Table(columns, tuple(rows), Words.label(Message("paper", "Cooperation themes")))


def theme_row(
    name: Words, projects: Sequence[Words], goals: Iterable[int] = (), partnerships: Iterable[Words] = ()
) -> tuple[Cell, ...]:
    said = (Para(projects[0], lead=name), *map(Para, projects[1:])) if projects else (Para(name, "lead"),)
    sdgs = Words.plain(", ".join(map(str, goals)))
    return said, (Para(sdgs),), tuple(map(Para, partnerships)) or (Para(NO_WORDS),)


def meeting_paras(head: Words, summary: Words, topics: Iterable[Words]) -> list[Para]:
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
    ucap = reader.get(Ucap, request.ids[0])
    title = of_text(ucap.title, "title")
    rows = [glance_section(reader, ucap, request.languages)]
    made = replace(paper(reader, request, _NAME, title, rows, marked=ucap), title=title, fit=len(request.languages))
    return replace(made, sections=(*made.sections, *section(draft_note(made))))


PARTNERSHIP = Message("partnership", "Partnership")
LEGEND = Message(
    "partnership",
    "Solid lines: meetings, the more the thicker. Dotted lines: themes and MoUs in which a city takes part.",
)


def _partnership(reader: RedactedReader, request: Request) -> Paper:
    ucap = reader.get(Ucap, request.ids[0])
    told = partnership_facts(reader, ucap.id)
    made = [
        *section(_picture(told)),
        *section(_met(told), Message("kind", "Meetings")),
        *section(_belong(told), Message("paper", "Themes and MoUs")),
    ]
    return paper(reader, request, PARTNERSHIP, of_text(ucap.title), made, marked=ucap)


def _picture(told: PartnershipFacts) -> list[Block]:
    points = list(told.points)
    at = {record.id: n for n, (record, _) in enumerate(points)}
    drawn = tuple(NetworkPoint(name_of(record), column_, isinstance(record, Place)) for record, column_ in points)
    lines = tuple(NetworkLine(at[link.a], at[link.b], link.met) for link in told.links)
    return [Network(drawn, lines), note(LEGEND)] if drawn else []


def _met(told: PartnershipFacts) -> list[Block]:
    names = {place.id: name_of(place) for side in told.sides for place in side}
    found = sorted((link for link in told.links if link.met), key=lambda link: -link.met)
    rows = [(cell(names[link.a]), cell(names[link.b]), cell(Words.plain(str(link.met)))) for link in found]
    heads = (Message("paper", "City"), Message("paper", "City"), Message("kind", "Meetings"))
    return table([column(head, share) for head, share in zip(heads, (6, 6, 3), strict=True)], rows)


def _belong(told: PartnershipFacts) -> list[Block]:
    names = {place.id: name_of(place) for side in told.sides for place in side}
    rows = []
    for record in told.between:
        cities = [names[link.a] for link in told.links if link.b == record.id and link.a in names]
        kind = Message("kind", "Theme") if isinstance(record, Theme) else Message("kind", "MoU")
        rows.append((cell(label(kind)), cell(name_of(record)), cell(listed(cities))))
    columns = (column(None, 2), column(Message("paper", "Title"), 7), column(Message("paper", "Cities"), 6))
    return table(columns, rows)


DASHBOARD = Message("document", "Dashboard report")
ENDING = ("expiring", "overdue_signature", "notice_window")
SOON = 12  # Maximum number of late actions and ending agreements that are named; the others are in their lists


@dataclass(frozen=True, slots=True)
class _Work:
    """Everything that is counted, each record once however many UCAPs it belongs to."""

    ucaps: list[Ucap]
    themes: list[Theme]
    projects: list[PilotProject]
    visits: list[Visit]
    meetings: list[Meeting]
    agreements: list[Agreement]
    actions: list[ActionItem]
    people: set[str]


def _work(reader: RedactedReader, ids: Sequence[str]) -> _Work:
    ucaps = [reader.get(Ucap, id_) for id_ in ids]
    visits = {each.id: each for id_ in ids for each in reader.linked(Visit, "dates", ucaps=id_)}
    meetings = {each.id: each for id_ in ids for each in reader.linked(Meeting, "when", ucap=id_)}
    meetings |= {each.id: each for visit in visits for each in reader.linked(Meeting, "when", visit=visit)}
    made = [each for each in visits.values() if not is_called_off(each)]
    held = [each for each in meetings.values() if not is_called_off(each)]
    some: list[Visit | Meeting] = [*made, *held]
    begun = [each for each in some if (day := _day(each)) is None or day.bounds[0] <= f"{reader.today}"]
    parts = [part for each in begun for part in reader.children(Participation, each.id) if not is_away(part)]
    return _Work(
        ucaps,
        [theme for id_ in ids for theme in reader.children(Theme, id_)],
        [project for id_ in ids for project in reader.linked(PilotProject, "pos", ucap=id_)],
        made,
        held,
        [each for id_ in ids for each in reader.linked(Agreement, ucap=id_) if not each.placeholder],
        actions_of(reader, ids),
        {person.id for part in parts if (person := reader.one(Person, part.person))},
    )


def _dashboard_report(reader: RedactedReader, request: Request) -> Paper:
    work = _work(reader, request.ids)
    actions = action_rows(reader, work.actions)
    late = [each for each in actions if each.late][:SOON]
    parts = (
        (Message("paper", "In numbers"), _numbers(work, actions)),
        (Message("paper", "Visits and meetings by year"), _years(work)),
        (Message("paper", "MoUs by status"), _by_group(work)),
        (Message("paper", "Actions by status"), _by_status("action_status", work.actions, "open")),
        (Message("paper", "Pilot projects by status"), _by_status("pilot_project_status", work.projects)),
        (Message("paper", "Goals and partnerships"), _goals(work)),
        (Message("paper", "Agreements that need attention"), _ending(reader, work)),
        (Message("paper", "Late actions"), action_table(reader, late, source=True)),
    )
    made: list[Section] = []
    for head, blocks in parts:
        made += section(blocks, head, together=any(isinstance(block, Chart) for block in blocks))
    title = listed(of_text(ucap.title) for ucap in work.ucaps)
    marked = work.ucaps[0] if len(work.ucaps) == 1 else None
    dates = of_date(PartialDate(reader.today.isoformat()))
    return paper(reader, request, DASHBOARD, title, made, marked=marked, dates=dates)


def _numbers(work: _Work, actions: Sequence[Action]) -> list[Block]:
    signed = sum(map(is_signed, work.agreements))
    reported = sum(ucap.reported_mou_count or 0 for ucap in work.ucaps)
    return facts(
        (label(Message("kind", "Visits")), _n(len(work.visits))),
        (label(Message("kind", "Meetings")), _n(len(work.meetings))),
        (label(Message("paper", "People met")), _n(len(work.people))),
        (label(Message("kind", "MoUs")), _mous(len(work.agreements), signed, reported)),
        (label(Message("kind", "Pilot projects")), _n(len(work.projects))),
        (label(Message("kind", "Actions")), _actions(actions)),
    )


def _n(n: int) -> Words:
    return Words.plain(str(n))


def _mous(recorded: int, signed: int, reported: int) -> Words:
    said = label(
        Message("paper", "{recorded} recorded, of them {signed} signed", {"recorded": recorded, "signed": signed})
    )
    more = label(Message("paper", "{reported} reported", {"reported": reported})) if reported else NO_WORDS
    return listed([said, more])


def _actions(actions: Sequence[Action]) -> Words:
    counts = {
        "all": len(actions),
        "open": sum(is_open(each.record) for each in actions),
        "late": sum(each.late for each in actions),
    }
    return label(Message("paper", "{all} in all, {open} open, {late} late", counts))


# -- bars -----------------------------------------------------------------------------------------


def _chart(bars: Iterable[Bar], series: Sequence[Words] = ()) -> list[Block]:
    found = tuple(bars)
    return [Chart(found, tuple(series))] if any(value for bar in found for value in bar.values) else []


def _years(work: _Work) -> list[Block]:
    """Return counts by year; records without a known year are not counted."""
    visits, meetings = (Counter(_year(_day(each)) for each in some) for some in (work.visits, work.meetings))
    years = sorted({*visits, *meetings} - {""})
    series = (label(Message("kind", "Visits")), label(Message("kind", "Meetings")))
    return _chart((Bar(Words.plain(year), (visits[year], meetings[year])) for year in years), series)


def _day(of: Visit | Meeting) -> PartialDate | None:
    return of.dates if isinstance(of, Visit) else of.when.day if of.when else None


def _year(date: PartialDate | None) -> str:
    """Return the year of a date that lies within one; of days over New Year that of the first."""
    if date is None:
        return ""
    low, high = date.bounds
    return low[:4] if low[:4] == high[:4] or ends(date)[0] else ""


def _by_group(work: _Work) -> list[Block]:
    counts = Counter(group_of(each.status) for each in work.agreements)
    return _chart(Bar(of_code("agreement_group", group), (counts[group],)) for group in GROUPS)


def _by_status(name: str, records: Sequence[ActionItem | PilotProject], usual: str = "") -> list[Block]:
    """Return how many have each status, in the order of its list; ``usual``: where none is stated."""
    counts = Counter(each.status or usual for each in records)
    order = list(codes(name))
    known = sorted(filter(None, counts), key=lambda code: order.index(code) if code in order else len(order))
    bars = [Bar(of_code(name, code), (counts[code],)) for code in known]
    if counts[""]:
        bars.append(Bar(label(Message("paper", "Not stated")), (counts[""],)))
    return _chart(bars)


def _goals(work: _Work) -> list[Block]:
    pairs: Counter[tuple[str, str]] = Counter()
    pursuing: list[Theme | PilotProject] = [*work.themes, *work.projects]
    for each in pursuing:
        pairs.update((goal, partnership) for goal in each.sdgs or () for partnership in each.partnerships or ("",))
    goals = sorted({goal for goal, _ in pairs}, key=lambda goal: (len(goal), goal))
    rows: list[tuple[Cell, ...]] = []
    for goal in goals:
        found = [(code, n) for (of, code), n in sorted(pairs.items()) if of == goal and code]
        themes = [of_text(theme.name) for theme in work.themes if goal in (theme.sdgs or ())]
        named = [bracketed(of_code("partnerships", code), _n(n) if n > 1 else NO_WORDS) for code, n in found]
        said = joined_by(" ", Words.plain(goal), of_code("sdgs", goal))
        rows.append((cell(said), cell(listed(named)), cell(listed(themes))))
    columns = (
        column(Message("paper", "Sustainable Development Goal"), 5),
        column(Message("paper", "Urban Agenda partnerships"), 6),
        column(Message("paper", "Themes"), 6),
    )
    return table(columns, rows)


def _ending(reader: RedactedReader, work: _Work) -> list[Block]:
    flags = {each: [f for f in agreement_flags(each, reader.today) if f in ENDING] for each in work.agreements}

    def needs(each: Agreement) -> Cell:
        return tuple(Para(of_code("agreement_flag", f), "warning", close=n > 0) for n, f in enumerate(flags[each]))

    columns = (
        ColumnOf("reference", 2),
        ColumnOf("title", 8, Message("paper", "Title")),
        ColumnOf(needs, 5, Message("paper", "Needs attention")),
        ColumnOf(
            lambda each: short_date(each.signing_planned if "overdue_signature" in flags[each] else expiry(each)), 2.6,
            Message("paper", "Date"),
        ),
    )  # fmt: skip
    return table_of(reader, [each for each in work.agreements if flags[each]][:SOON], columns)


DOCUMENTS = (
    Document("at_a_glance", Message("document", "UCAP at a glance"), _make, kinds=("ucap",), order=10, pages=("A4", "large")),
    Document("partnership", PARTNERSHIP, _partnership, kinds=("ucap",), order=325, pages=("A4-landscape", "A4")),
    Document("dashboard_report", DASHBOARD, _dashboard_report, kinds=("ucap",), order=320, several=True, circle=PRINCIPAL, pages=("A4", "A4-landscape")),
)  # fmt: skip
