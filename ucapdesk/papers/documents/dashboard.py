"""Papers that draw a cooperation: its results in numbers and bars, and the partnership of a UCAP as a network.

A black-and-white printer shows the bars as well. The network has the cities of both sides, themes and MoUs between them; below
it stands the same in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Paper, Section
from ucapdesk.briefing.blocks.elements import NO_WORDS, Bar, Chart, Network, NetworkLine, NetworkPoint, Para, Words
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.partnership_kinds import PilotProject, Place, Theme, Ucap
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, Meeting, Participation, Visit
from ucapdesk.model.rules.itinerary import ends
from ucapdesk.model.rules.sides import is_away
from ucapdesk.model.rules.status import GROUPS, agreement_flags, expiry, group_of, is_called_off, is_open, is_signed
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.partner_sides import PartnershipFacts, partnership_facts
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    cell,
    column,
    facts,
    label,
    name_of,
    note,
    paper,
    section,
    table,
    table_of,
)
from ucapdesk.papers.facts.wording import bracketed, joined_by, listed, of_code, of_date, of_text, short_date
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import PRINCIPAL, Request
from ucapdesk.papers.sections.meeting_parts import Action, action_rows, action_table, actions_of

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


PARTNERSHIP_DOCUMENTS = (
    Document("partnership", PARTNERSHIP, _partnership, kinds=("ucap",), order=325, pages=("A4-landscape", "A4")),
)


DASHBOARD = Message("document", "Dashboard report")
ENDING = ("expiring", "overdue_signature", "notice_window")
"""Flags of agreements that need attention."""
SOON = 12
"""Maximum number of late actions and ending agreements that are named; the others are in their lists."""


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
    """Return counts beside the reported numbers, where a source gives other ones."""
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


DASHBOARD_DOCUMENTS = (
    Document("dashboard_report", DASHBOARD, _dashboard_report, kinds=("ucap",), order=320, several=True, circle=PRINCIPAL, pages=("A4", "A4-landscape")),
)  # fmt: skip

DOCUMENTS = (*PARTNERSHIP_DOCUMENTS, *DASHBOARD_DOCUMENTS)
