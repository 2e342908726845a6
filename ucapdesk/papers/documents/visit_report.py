"""The report after a visit: purpose, programme, people met, results, follow-up, costs."""

from __future__ import annotations

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Paper, Para, Section, Text, Words
from ucapdesk.model.kinds.meeting_kinds import Meeting, MinuteEntry
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.agreement_rules import is_signed
from ucapdesk.model.rules.status import is_open
from ucapdesk.model.text.format import say_money
from ucapdesk.papers.document import Document
from ucapdesk.papers.documents.action_list import action_rows, action_table, actions_of
from ucapdesk.papers.paper_parts import (
    NONE,
    cell,
    column,
    day,
    facts,
    field_label,
    figures,
    in_all,
    label,
    number_column,
    of_field,
    paper,
    paragraphs,
    section,
    table,
    text,
    when,
)
from ucapdesk.papers.paper_sides import side_name, sides_of
from ucapdesk.papers.paper_words import bracketed, listed, of_code, of_date, of_quantity, of_text
from ucapdesk.papers.participants import Participant, person_name
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.programme_section import where
from ucapdesk.papers.visit_facts import VisitFacts

REPORT = Message("document", "Visit report")
BY_TRAVELLERS = {"A": Message("visit.outgoing", "Visit report"), "B": Message("visit.incoming", "Visit report")}
"""Chinese words for a visit abroad and for one that is received."""
NOT_DONE = ("buffer", "free", "transfer", "checkin", "checkout", "internal", "arrival", "departure", "flight", "train")
"""Statuses of programme items that a report leaves out."""


def _make(reader: RedactedReader, request: Request) -> Paper:
    of = VisitFacts(reader, request, request.ids[0])
    visit = of.visit
    sections = [
        (None, _facts(of)),
        (Message("paper", "Purpose and objectives"), _purpose(visit)),
        (Message("paper", "Delegation"), _people(of.delegation)),
        (Message("paper", "Programme carried out"), _programme(of)),
        (Message("paper", "Meetings"), [block for each in of.meetings for block in _meeting(reader, each)]),
        (Message("paper", "People met"), _people(of.hosts)),
        (Message("paper", "Results"), [*text(visit.outcomes), *text(visit.report)]),
        (Message("paper", "Agreements"), _agreements(of)),
        (Message("paper", "Commitments"), _commitments(of)),
        (Message("paper", "Follow-up"), _follow_up(of)),
        (Message("paper", "Gifts"), _gifts(of)),
        (Message("paper", "Costs"), _costs(visit)),
    ]
    made: list[Section] = []
    for heading, blocks in sections:
        number = str(sum(each.heading is not None for each in made) + 1) if heading else ""
        made += section(blocks, heading, number=number)
    head = BY_TRAVELLERS.get(of.travellers, REPORT)
    return paper(reader, request, head, of_text(visit.title), made, marked=visit, dates=of_date(visit.dates))


def _facts(of: VisitFacts) -> list[Block]:
    visit = of.visit
    places = [
        of_text(place.name) for place in of.reader.all(Place, [*(visit.host_places or ()), *(visit.other_places or ())])
    ]
    head = of.reader.one(Person, visit.head)
    host = of.reader.one(Organisation, visit.invited_by)
    return facts(
        (field_label("visit.dates"), of_date(visit.dates)),
        (label(Message("paper", "Places")), listed(places)),
        of_field(visit, "delegation_name"),
        (field_label("visit.head"), person_name(head) if head else None),
        (field_label("visit.delegation_size"), of_quantity(visit.delegation_size)),
        (field_label("visit.invited_by"), of_text(host.name) if host else None),
        of_field(visit, "type"),
        of_field(visit, "status"),
        (field_label("visit.approval_number"), Words.plain(visit.approval_number or "")),
    )


def _purpose(visit: Visit) -> list[Block]:
    return [*text(visit.purpose), *text(visit.objectives, field_label("visit.objectives"))]


def _people(people: list[Participant]) -> list[Block]:
    rows = [((), cell(who.name), cell(who.post, who.organisation, under="text"), cell(who.said_role)) for who in people]
    columns = (
        number_column(1),
        column(Message("paper", "Name"), 4.4),
        column(Message("paper", "Post and organisation"), 7),
        column(Message("paper", "Role"), 3.6),
    )
    return table(columns, rows)


def _programme(of: VisitFacts) -> list[Block]:
    """Return the items that matter, a line each; the day stands once."""
    rows: list[tuple[Cell, ...]] = []
    for each in of.days:
        items = [item for item in each.items if item.type not in NOT_DONE]
        for n, item in enumerate(items):
            date = day(each.date, weekday=False) if n == 0 else NONE
            rows.append((cell(date), cell(of_text(item.title)), cell(where(of, item))))
    columns = (
        column(Message("paper", "Date"), 3.4),
        column(Message("paper", "Programme"), 9, split=True),
        column(Message("paper", "Place"), 4.4),
    )
    return table(columns, rows)


def _meeting(reader: RedactedReader, meeting: Meeting) -> list[Block]:
    """Return title, summary and decisions of a meeting."""
    head = bracketed(of_text(meeting.title), when(meeting.when, zone=False, weekday=False))
    paras = list(paragraphs(of_text(meeting.summary)))
    for entry in reader.children(MinuteEntry, meeting.id):
        if entry.type == "decision":
            paras += [
                Para(each.words, lead=of_code("minute_kind", entry.type)) for each in paragraphs(of_text(entry.text))
            ]
    return [Text(tuple(paras) or (Para(of_text(meeting.objectives)),), head)] if paras or meeting.objectives else []


def _agreements(of: VisitFacts) -> list[Block]:
    """Return the agreements signed during the visit, and those that were to be."""
    signed = [each for each in of.agreements if is_signed(each) and of.is_within(each.signed)]
    rows = [
        (
            (),
            cell(of_text(each.title), Words.plain(each.reference or "")),
            cell(of_code("agreement_status", each.status)),
            cell(figures(each.signed)),
        )
        for each in dict.fromkeys([*signed, *of.to_sign])
    ]
    columns = (
        number_column(1),
        column(field_label("agreement.title"), 9),
        column(field_label("agreement.status"), 4),
        column(field_label("agreement.signed"), 2.6),
    )
    return table(columns, rows)


def _commitments(of: VisitFacts) -> list[Block]:
    """Return the commitments in the minutes, with the speaker."""
    rows = []
    for meeting in of.meetings:
        for entry in of.reader.children(MinuteEntry, meeting.id):
            if entry.type == "commitment":
                person = of.reader.one(Person, entry.said_by)
                who = person_name(person) if person else side_name(sides_of(of.reader, meeting), entry.side or "")
                rows.append(((), cell(of_text(entry.text)), cell(who), cell(of_text(meeting.title))))
    columns = (
        number_column(1),
        column(field_label("minute_entry.text"), 9, split=True),
        column(Message("paper", "By"), 3.4),
        column(Message("paper", "Meeting"), 4),
    )
    return table(columns, rows)


def _follow_up(of: VisitFacts) -> list[Block]:
    items = [item for item in actions_of(of.reader, [of.visit.id]) if is_open(item)]
    return action_table(action_rows(of.reader, items))


def _gifts(of: VisitFacts) -> list[Block]:
    rows = []
    for gift in of.gifts:
        people = [
            person_name(person) for person in of.reader.all(Person, filter(None, (gift.from_person, gift.to_person)))
        ]
        rows.append(
            ((), cell(of_text(gift.item)), cell(of_code("gift_direction", gift.direction)), cell(*people, under="text"))
        )
    columns = (
        number_column(1),
        column(field_label("gift.item"), 7),
        column(field_label("gift.direction"), 3),
        column(Message("paper", "Giver and receiver"), 6),
    )
    return table(columns, rows)


def _costs(visit: Visit) -> list[Block]:
    """Return the costs, only where the readers may see them: money is internal."""
    budget = visit.budget
    said = in_all(lambda lang: say_money(budget, lang)) if budget else None
    return [
        *facts((field_label("visit.cost_bearer"), of_text(visit.cost_bearer)), (field_label("visit.budget"), said)),
        *text(visit.budget_lines, field_label("visit.budget_lines")),
    ]


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
