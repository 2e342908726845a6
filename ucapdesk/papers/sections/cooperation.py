"""The sections about the cooperation behind a visit: UCAP, themes and projects, history, cities, and MoUs.

The page of a city has facts, leaders, economy, and the history of the cooperation with it. Of MoUs there is the state of each, and
the signing of those of this visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Event, Section, Table, Text, Timeline
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Plan, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, Obligation
from ucapdesk.model.kinds.partnership_kinds import PilotProject, Place, RoadMapStep, Theme, Ucap, UcapPlace, UcapSide
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, Meeting, Visit
from ucapdesk.model.rules.status import awaits_signature, due_by, expiry, is_awaited, is_called_off, is_open
from ucapdesk.model.values import PartialDate
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.papers.documents.agreement_papers import counts, parties_of, sheet_parts, title_among
from ucapdesk.papers.documents.ucap_papers import glance_section, goals_of
from ucapdesk.papers.facts.participants import participant, titled
from ucapdesk.papers.facts.partner_sides import is_partner, names_of, sides_of
from ucapdesk.papers.facts.parts import (
    LOGO,
    ColumnOf,
    FactOf,
    bullets,
    cell,
    column,
    facts_of,
    field_label,
    headed,
    label,
    name_of,
    number_column,
    place_name,
    section,
    table,
    table_of,
    texts_of,
    value_of,
)
from ucapdesk.papers.facts.seats import planned_day
from ucapdesk.papers.facts.visit_facts import VisitFacts, begins_at, picture
from ucapdesk.papers.facts.wording import (
    SQUARE_KILOMETRES,
    combined,
    joined,
    listed,
    not_available,
    of_code,
    of_date,
    of_population,
    of_quantity,
    of_text,
    short_date,
    small_first,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.meeting_parts import due_of

MAP = (150.0, 80.0)
# Facts of which a city needs at least one to have a page.
KNOWN = (
    "official_name", "country", "state", "parent", "population", "area_km2", "mayor", "sister_cities", "website", "logo",
    "map",
)  # fmt: skip
TEXTS = "description key_industries facts"


def cities(of: VisitFacts) -> list[Section]:
    sheets = (section(city_sheet(of, city), place_name(city), level=2, together=True) for city in of.cities)
    return headed([sheet for found in sheets for sheet in found])


def city_sheet(of: VisitFacts, city: Place) -> list[Block]:
    rest = _rest(of, city)
    if not rest and not any(getattr(city, name) for name in KNOWN):
        return []
    known = place_facts(of.reader, city, unknown=not_available(), picture=of.reader.file(city.logo), size=LOGO)
    shown = picture(of, city.map, MAP, place_name(city))
    return [*known, *rest, *([shown] if shown else [])]


def place_facts(
    reader: RedactedReader,
    place: Place,
    *more: FactOf,
    unknown: Words = NO_WORDS,
    picture: bytes | None,
    size: tuple[float, float],
) -> list[Block]:
    """Return the facts of a city, and what else is asked for; ``unknown``: instead of population and area."""
    mayor = reader.one(Person, place.mayor)
    return facts_of(
        reader, place, "official_name",
        ("country", combined([of_text(place.state), value_of(reader, place, "country")], small_first)),
        "parent",
        ("population", of_population(place.population) if place.population else unknown),
        ("area_km2", of_quantity(place.area_km2, SQUARE_KILOMETRES) if place.area_km2 else unknown),
        ("mayor", titled(participant(reader, mayor)) if mayor else NO_WORDS),
        "sister_cities website", *more, picture=picture, size=size,
    )  # fmt: skip


def _rest(of: VisitFacts, city: Place) -> list[Block]:
    blocks = texts_of(city, TEXTS)
    projects = [project for project in of.projects if city.id in (project.places or ())]
    blocks += bullets(_themes(of, city, projects), label(Message("paper", "Cooperation themes")))
    blocks += bullets((of_text(project.title) for project in projects), label(Message("paper", "Pilot projects")))
    return [*blocks, *bullets(_visits(of, city), label(Message("paper", "Earlier visits")))]


def _themes(of: VisitFacts, city: Place, projects: Sequence[PilotProject]) -> list[Words]:
    """Return the themes of its pilot projects; all of a UCAP where it is the only partner of its side."""
    wanted = {id_ for project in projects for id_ in project.themes or ()}
    found: list[Words] = []
    for ucap in of.ucaps:
        parts = [part for part in of.reader.children(UcapPlace, ucap.id) if is_partner(part)]
        side = next((part.side for part in parts if part.place == city.id), None)
        alone = side is not None and sum(part.side == side for part in parts) == 1
        found += [of_text(theme.name) for theme in of.reader.children(Theme, ucap.id) if alone or theme.id in wanted]
    return found


def _visits(of: VisitFacts, city: Place) -> list[Words]:
    """Return earlier visits to the city, the newest first, as precise as their dates are."""
    known = of.reader.linked(Visit, "dates", host_places=city.id)
    past = [each for each in known if each.dates and each.dates.bounds[1] < of.begins and not is_called_off(each)]
    return [joined(of_date(each.dates), of_text(each.title)) for each in reversed(past)]


# -- status ---------------------------------------------------------------------------------------


def mous(of: VisitFacts) -> list[Section]:
    def title(each: Agreement) -> Cell:
        below = cell(Words.plain(each.reference or ""), parties_of(of.reader, each), role="note")
        return (Para(of_text(each.title), "lead"), *below)

    def status(each: Agreement) -> Cell:
        weight = "lead" if _expires_soon(of, each) else "note"
        dates = (("signed", each.signed, "note"), ("expires", expiry(each), weight))
        below = (
            Para(short_date(day), role, lead=field_label(f"agreement.{name}"), close=True)
            for name, day, role in dates
            if day
        )
        return (*cell(of_code("agreement_status", each.status)), *below)

    columns = (
        number_column(7),
        ColumnOf(title, 110, Message("paper", "Title"), split=True),
        ColumnOf(status, 34, Message("paper", "Status")),
        ColumnOf(lambda each: next(_steps(of, each), ()), 34, Message("paper", "Next step")),
    )
    return section([*table_of(of.reader, of.agreements, columns), *_counts(of)])


def _steps(of: VisitFacts, each: Agreement) -> Iterator[Cell]:
    """Yield the next steps with their dates, the most certain first: signing, action, obligation, review."""
    if awaits_signature(each) and (day := planned_day(of.reader, each)):
        yield cell(label(Message("paper", "Signing")), short_date(day))
    actions, promises = of.reader.children(ActionItem, each.id), of.reader.children(Obligation, each.id)
    for known in (actions, promises):
        todo: list[ActionItem | Obligation] = [one for one in known if is_awaited(one)]
        first = min(todo, key=due_by, default=None)
        if first is not None:
            yield due_of(of.reader, first, of_text(first.text))
    if each.review:
        yield cell(label(Message("paper", "Review")), short_date(each.review))


def _expires_soon(of: VisitFacts, each: Agreement) -> bool:
    """Return whether it expires within half a year after the visit, and not before it began."""
    ends = expiry(each)
    if ends is None or of.visit.dates is None:
        return False
    low, high = of.visit.dates.bounds
    soon = days_later(high, 182)
    return soon is not None and low <= ends.bounds[1] and ends.bounds[0] <= soon


def _counts(of: VisitFacts) -> list[Block]:
    """Return ``10 reported, 0 recorded``; nothing where no source counts any."""
    lead = label(Message("paper", "Memoranda of understanding"))
    return [Text((counts(ucap, of.agreements, lead),)) for ucap in of.ucaps if ucap.reported_mou_count is not None]


# -- signing --------------------------------------------------------------------------------------


def signing(of: VisitFacts) -> list[Section]:
    found: list[Section] = []
    for each in of.to_sign:
        blocks = [block for head, part in sheet_parts(of.reader, each) for block in _under(part, head)]
        blocks.sort(key=lambda block: isinstance(block, Plan))  # the plan last, since it takes what its page has left
        head = title_among(of.reader, each, of.to_sign)
        found.append(Section(tuple(blocks), head, level=2, new_page=bool(found)))
    return headed(found)


def _under(blocks: list[Block], head: Message | None) -> list[Block]:
    """Return blocks under a heading of their own, borne by the first of them. Of the table the plan is enough here."""
    blocks = [block for block in blocks if isinstance(block, Plan)] or blocks
    if head is None or not blocks:
        return blocks
    first, *others = blocks
    if isinstance(first, Text | Table | Plan) and first.label is None:
        return [replace(first, label=label(head)), *others]
    return [Text((Para(label(head), "lead"),)), *blocks]


VISITED, MET, AGREED, PAIRED = "●", "■", "◆", "○"


def ucap(of: VisitFacts) -> list[Section]:
    """Return the page "at a glance" of each UCAP of the visit, in the order of its form; for the media without meetings that are not public."""
    found: list[Section] = []
    public = {meeting.id for meeting in of.meetings} if of.for_press else None
    for each in of.ucaps:
        section = glance_section(of.reader, each, of.request.languages, public)
        heading = of_text(each.title) if len(of.ucaps) > 1 else None
        found.append(replace(section, heading=heading, level=2 if heading else 1, new_page=bool(found)))
    return [Section(()), *found] if len(of.ucaps) > 1 else found


# -- themes and projects --------------------------------------------------------------------------


def projects(of: VisitFacts) -> list[Section]:
    columns = (
        column(Message("paper", "Theme and pilot projects"), 74, split=True),
        column(Message("paper", "Status"), 26),
        column(Message("paper", "Next step"), 38),
        column(Message("paper", "Responsible"), 30),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in of.ucaps:
        themes = of.reader.children(Theme, each.id)
        for theme in themes:
            rows.append(_theme_row(theme))
            rows += [_project_row(of, p) for p in of.projects if p.ucap == each.id and theme.id in (p.themes or ())]
        known = {theme.id for theme in themes}
        rows += [_project_row(of, p) for p in of.projects if p.ucap == each.id and known.isdisjoint(p.themes or ())]
    return section(table(columns, rows))


def _theme_row(theme: Theme) -> tuple[Cell, ...]:
    sdgs = Words.plain(", ".join(f"SDG {goal}" for goal in goals_of(theme)))
    links = listed([sdgs, *(of_code("partnerships", code) for code in theme.partnerships or ())])
    below = (Para(links, "note", close=True),) if not links.empty else ()
    return (Para(of_text(theme.name), "lead"), *below), (), (), ()


def _project_row(of: VisitFacts, project: PilotProject) -> tuple[Cell, ...]:
    steps = [step for step in of.reader.children(RoadMapStep, project.id) if is_open(step)]
    following = min(steps, key=due_by, default=None)
    step = joined(of_text(following.title), of_date(following.due)) if following else NO_WORDS
    status = of_code("pilot_project_status", project.status)
    name = (Para(of_text(project.title), mark="–"),)
    return (name, cell(status), cell(step), cell(value_of(of.reader, project, "responsible")))


# -- history --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """An event with its days, by which it sorts; ``planned``: it has not happened yet."""

    days: tuple[str, str]
    event: Event
    planned: bool = False


def past(date: PartialDate | None, kind: Message, title: Words, shape: str, more: Words = NO_WORDS) -> Past:
    """Return something that happened; what is ``more`` stands under it."""
    below = () if more.empty else (Para(more, "note"),)
    return Past(date.bounds if date else ("", ""), Event(of_date(date), title, below, kind=label(kind), shape=shape))


def history(of: VisitFacts) -> list[Section]:
    """Return pairing, visits, meetings and agreements of the UCAPs before this visit, by time, as precise as they are known."""
    found = [each for ucap in of.ucaps for each in _events(of, ucap) if "" < each.days[0] <= of.begins]
    found.sort(key=lambda each: each.days)
    return [Section((Timeline(tuple(each.event for each in found)),))] if found else []


def _events(of: VisitFacts, ucap: Ucap) -> list[Past]:
    reader = of.reader
    named = sides_of(reader, ucap)
    sides = reader.children(UcapSide, ucap.id)
    paired = grouped((side.pairing_signed, names_of(named, side.side or "")) for side in sides)
    signed = Message("paper", "Pairing agreement signed")
    found = [past(date, signed, combined(who, _joined_by_dash), PAIRED) for date, who in paired.items()]
    for visit in reader.linked(Visit, "dates", ucaps=ucap.id):
        if visit.id != of.visit.id and not is_called_off(visit):
            where = listed(place_name(place) for place in reader.all(Place, visit.host_places))
            found.append(past(visit.dates, Message("paper", "Visit"), of_text(visit.title), VISITED, where))
    for meeting in sorted(reader.linked(Meeting, ucap=ucap.id), key=begins_at):
        if meeting.visit != of.visit.id and not is_called_off(meeting):
            day = meeting.when.day if meeting.when else None
            where = listed(place_name(place) for place in reader.all(Place, meeting.places))
            found.append(past(day, Message("paper", "Meeting"), name_of(meeting), MET, where))
    for agreement in reader.linked(Agreement, "sort_en", ucap=ucap.id):
        if not agreement.placeholder:
            title, who = name_of(agreement), parties_of(reader, agreement)
            found.append(past(agreement.signed, Message("paper", "Signed"), title, AGREED, who))
    return found


def _joined_by_dash(said: Sequence[str], lang: str) -> str:
    return ("—" if lang == "zh" else " – ").join(said)
