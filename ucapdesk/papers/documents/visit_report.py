"""The report after a visit: purpose, programme, people met, results, follow-up, costs."""

from __future__ import annotations

from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Paper, Section, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import Gift, Meeting, MinuteEntry
from ucapdesk.model.rules.status import is_open, is_signed
from ucapdesk.papers.document import Document
from ucapdesk.papers.documents.agreement_papers import title_among
from ucapdesk.papers.facts.participants import Participant, person_name
from ucapdesk.papers.facts.partner_sides import by_party, side_name, sides_of
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    cell,
    column,
    facts_of,
    name_of,
    number_column,
    paper,
    paragraphs,
    section,
    table,
    table_of,
    text,
    texts_of,
    value_of,
)
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.facts.wording import bracketed, day_name, listed, of_code, of_date, of_text, when
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.meeting_parts import action_rows, action_table, actions_of
from ucapdesk.papers.sections.people import people_table
from ucapdesk.papers.sections.programme import where
from ucapdesk.papers.sections.section_parts import of_group

REPORT = Message("document", "Visit report")
BY_TRAVELLERS = {"A": Message("visit.outgoing", "Visit report"), "B": Message("visit.incoming", "Visit report")}
"""Chinese words for a visit abroad and for one that is received."""
NOT_DONE = ("buffer", "free", "transfer", "checkin", "checkout", "internal", "arrival", "departure", "flight", "train")
"""Types of programme items that a report leaves out."""


def _make(reader: RedactedReader, request: Request) -> Paper:
    of = VisitFacts(reader, request, request.ids[0])
    visit = of.visit
    sections = [
        (None, _facts(of)),
        (Message("paper", "Purpose and objectives"), [*text(visit.purpose), *texts_of(visit, "objectives")]),
        (Message("paper", "Delegation"), _people(of, of.delegation)),
        (Message("paper", "Programme carried out"), _programme(of)),
        (Message("paper", "Meetings"), [block for each in of.meetings for block in _meeting(reader, each)]),
        (Message("paper", "People met"), _people(of, of.hosts)),
        (Message("paper", "Results"), [*text(visit.outcomes), *text(visit.report)]),
        (Message("paper", "Agreements"), _agreements(of)),
        (Message("paper", "Commitments"), _commitments(of)),
        (Message("paper", "Follow-up"), _follow_up(of)),
        (Message("paper", "Gifts"), _gifts(of)),
        (Message("paper", "Costs"), [*facts_of(reader, visit, "cost_bearer budget"), *texts_of(visit, "budget_lines")]),
    ]
    made: list[Section] = []
    for heading, blocks in sections:
        number = str(sum(each.heading is not None for each in made) + 1) if heading else ""
        made += section(blocks, heading, number=number)
    head = BY_TRAVELLERS.get(of.travellers, REPORT)
    return paper(reader, request, head, of_text(visit.title), made, marked=visit, dates=of_date(visit.dates))


def _facts(of: VisitFacts) -> list[Block]:
    return facts_of(
        of.reader, of.visit, "dates", (Message("paper", "Places"), listed(map(name_of, of.visited))),
        "delegation_name", ("head", of.head.name if of.head else None), "delegation_size invited_by type status approval_number",
    )  # fmt: skip


def _people(of: VisitFacts, people: list[Participant]) -> list[Block]:
    return people_table(of.reader, people, ("name", "function", "role"), parties=by_party(of.reader, of.sides, people))


def _programme(of: VisitFacts) -> list[Block]:
    rows: list[tuple[Cell, ...]] = []
    for each in of.days:
        for n, item in enumerate(item for item in each.items if item.type not in NOT_DONE):
            date = day_name(each.date, weekday=False) if n == 0 else NO_WORDS
            rows.append((cell(date), (Para(name_of(item), lead=of_group(item)),), cell(where(of, item))))
    columns = (
        column(Message("paper", "Date"), 3.4),
        column(Message("paper", "Programme"), 9, split=True),
        column(Message("paper", "Place"), 4.4),
    )
    return table(columns, rows)


def _meeting(reader: RedactedReader, meeting: Meeting) -> list[Block]:
    head = bracketed(name_of(meeting), when(meeting.when, zone=False, weekday=False))
    paras = list(paragraphs(of_text(meeting.summary)))
    decided = [entry for entry in reader.children(MinuteEntry, meeting.id) if entry.type == "decision"]
    lead = of_code("minute_kind", "decision")
    paras += [Para(each.words, lead=lead) for entry in decided for each in paragraphs(of_text(entry.text))]
    return [Text(tuple(paras) or (Para(of_text(meeting.objectives)),), head)] if paras or meeting.objectives else []


def _agreements(of: VisitFacts) -> list[Block]:
    signed = [each for each in of.agreements if is_signed(each) and of.is_within(each.signed)]
    told = dict.fromkeys([*signed, *of.to_sign])
    title = partial(title_among, of.reader, others=told)
    columns = (
        number_column(1),
        ColumnOf(lambda each: cell(title(each), Words.plain(each.reference or "")), 9, "agreement.title"),
        ColumnOf("status", 4),
        ColumnOf("signed", 2.6),
    )
    return table_of(of.reader, told, columns)


def _commitments(of: VisitFacts) -> list[Block]:
    meetings = {meeting.id: meeting for meeting in of.meetings}
    told = (entry for id_ in meetings for entry in of.reader.children(MinuteEntry, id_))
    entries = [entry for entry in told if entry.type == "commitment"]

    def by(entry: MinuteEntry) -> Words:
        said = value_of(of.reader, entry, "said_by")
        return side_name(sides_of(of.reader, meetings[entry.owner or ""]), entry.side or "") if said.empty else said

    columns = (
        number_column(1),
        ColumnOf("text", 9, split=True),
        ColumnOf(by, 3.4, Message("paper", "By")),
        ColumnOf("owner", 4, Message("paper", "Meeting")),
    )
    return table_of(of.reader, entries, columns)


def _follow_up(of: VisitFacts) -> list[Block]:
    items = [item for item in actions_of(of.reader, [of.visit.id]) if is_open(item)]
    return action_table(of.reader, action_rows(of.reader, items))


def _gifts(of: VisitFacts) -> list[Block]:
    def people(gift: Gift) -> Cell:
        return cell(*map(person_name, of.reader.all(Person, (gift.from_person, gift.to_person))), under="text")

    columns = (
        number_column(1),
        ColumnOf("item", 7),
        ColumnOf("direction", 3),
        ColumnOf(people, 6, Message("paper", "Giver and receiver")),
    )
    return table_of(of.reader, of.gifts, columns)


DOCUMENTS = (
    Document(
        "visit_report",
        REPORT,
        _make,
        kinds=("visit",),
        order=260,
        editions=("delegation", "principal", "hosts"),
        pages=("A4", "official", "large"),
    ),
)
