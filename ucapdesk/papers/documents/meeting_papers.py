"""Agenda before a meeting and minutes after it, one document that follows its status; and the report after a visit.

The report has purpose, programme, people met, results, follow-up, costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.blocks.content import Block, Cell, Paper, Section, Signatory, Signatures, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, AgendaItem, Gift, Meeting, MinuteEntry
from ucapdesk.model.rules.sides import GUEST_SIDE, HOST_SIDE, NO_SEAT, Party, Sides, helps, is_away
from ucapdesk.model.rules.status import is_held, is_open, is_signed
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.agreement_papers import title_among
from ucapdesk.papers.facts.participants import Participant, participant, participants, people_of, person_name, visit_of
from ucapdesk.papers.facts.partner_sides import by_party, city_of, names_of, side_name, sides_in_order, sides_of
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    bullets,
    cell,
    column,
    facts_of,
    field_label,
    label,
    name_of,
    note,
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
from ucapdesk.papers.facts.visit_facts import VisitFacts, of_group
from ucapdesk.papers.facts.wording import bracketed, combined, day_name, listed, of_code, of_date, of_text, when
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.meeting_parts import (
    OPEN_TO_ALL,
    TO_SAY,
    action_rows,
    action_table,
    actions_of,
    agenda_table,
    meeting_facts,
    open_before,
    present,
)
from ucapdesk.papers.sections.people import people_table
from ucapdesk.papers.sections.programme import where

MINUTES = Message("document", "Agenda and minutes")
AGENDA_HEAD, MINUTES_HEAD = Message("paper", "Agenda"), Message("paper", "Minutes")
_MINUTES_BY_STATUS = {
    "minutes_draft": Message("paper", "Draft minutes"),
    "minutes_agreed": Message("paper", "Agreed minutes"),
    "closed": Message("paper", "Agreed minutes"),
}


def _minutes(reader: RedactedReader, request: Request) -> Paper:
    meeting = reader.get(Meeting, request.ids[0])
    form = request.options["form"]
    after = form == "minutes" or (form == "state" and is_over(reader, meeting))
    made = minutes(reader, meeting, request.edition) if after else agenda(reader, meeting)
    head = _MINUTES_BY_STATUS.get(meeting.status or "", MINUTES_HEAD) if after else AGENDA_HEAD
    return paper(reader, request, head, name_of(meeting), made, marked=meeting, dates=when(meeting.when, zone=False))


def is_over(reader: RedactedReader, meeting: Meeting) -> bool:
    return is_held(meeting) or bool(reader.children(MinuteEntry, meeting.id))


def agenda(reader: RedactedReader, meeting: Meeting) -> list[Section]:
    blocks = agenda_table(reader, meeting)
    total = sum(item.minutes or 0 for item in reader.children(AgendaItem, meeting.id))
    if total:
        blocks.append(note(Message("paper", "{n} minutes in all", {"n": total})))
    earlier = action_rows(reader, open_before(reader, meeting))
    return [
        *section(meeting_facts(reader, meeting)),
        *section(texts_of(meeting, OPEN_TO_ALL)),
        *section(present(reader, meeting, _taking_part(reader, meeting)), Message("paper", "Participants")),
        *section(blocks, AGENDA_HEAD),
        *section(texts_of(meeting, TO_SAY), Message("paper", "Internal, not to be handed on")),
        *section(action_table(reader, earlier), Message("paper", "Open actions from earlier meetings")),
    ]


def minutes(reader: RedactedReader, meeting: Meeting, edition: str = "") -> list[Section]:
    parts = [(each, each.part) for each in participants(reader, meeting.id, absent=True) if each.part]
    away = [bracketed(each.name, of_code("attendance", part.attendance)) for each, part in parts if is_away(part)]
    attending = present(reader, meeting, _taking_part(reader, meeting))
    attending += bullets(away, label(Message("paper", "Not present")))
    actions = action_table(reader, action_rows(reader, reader.children(ActionItem, meeting.id)))
    return [
        *section(meeting_facts(reader, meeting)),
        *section(attending, Message("paper", "Present")),
        *section(text(meeting.summary), field_label("meeting.summary")),
        *_points(reader, meeting),
        *section(actions, Message("paper", "Actions")),
        *section(_signatures(reader, meeting, edition), Message("paper", "Agreed by"), together=True),
    ]


def _taking_part(reader: RedactedReader, meeting: Meeting) -> list[Participant]:
    """Return who is named; of a whole delegation those who sit at the table."""
    people = people_of(reader, meeting)
    return people if participants(reader, meeting.id) else [each for each in people if each.role not in NO_SEAT]


def _points(reader: RedactedReader, meeting: Meeting) -> list[Section]:
    """Return a section for each agenda item with its entries, by its number on the agenda; entries without an item come last."""
    entries = reader.children(MinuteEntry, meeting.id)
    items = reader.children(AgendaItem, meeting.id)
    known, named = {item.id for item in items}, sides_of(reader, meeting)
    ticked = any(item.done for item in items)
    made: list[Section] = []
    for n, item in enumerate(items, 1):
        blocks = _entries(reader, [entry for entry in entries if entry.agenda_item == item.id], named)
        blocks += text(item.outcome, field_label("agenda_item.outcome"))
        silent = not blocks
        blocks = blocks or text(item.note)
        if silent and ticked and not item.done:
            blocks.append(Text((Para(label(Message("paper", "Not dealt with")), "warning"),)))
        made += section(blocks, name_of(item), number=str(n))
    rest = _entries(reader, [entry for entry in entries if entry.agenda_item not in known], named)
    heading = Message("paper", "Further points") if made else MINUTES_HEAD
    return made + section(rest, heading, number=str(len(items) + 1) if made else "")


def _entries(reader: RedactedReader, entries: Sequence[MinuteEntry], named: Sides) -> list[Block]:
    paras: list[Para] = []
    for entry in entries:
        role = "lead" if entry.type == "decision" else "text"
        lead = _lead(reader, entry, named)
        for n, para in enumerate(paragraphs(of_text(entry.text), role)):
            paras.append(Para(para.words, role, lead=lead if n == 0 and not lead.empty else None))
    return [Text(tuple(paras))] if paras else []


def _lead(reader: RedactedReader, entry: MinuteEntry, named: Sides) -> Words:
    kind = of_code("minute_kind", entry.type)
    speaker = reader.one(Person, entry.said_by)
    who = person_name(speaker) if speaker else names_of(named, entry.side) if entry.side else NO_WORDS
    if entry.type == "commitment" and not who.empty:
        return combined([who], lambda said, lang: tr("paper", "Commitment by {name}", lang, name=said[0]))
    return bracketed(kind, who) if not kind.empty or speaker else kind


def _signatures(reader: RedactedReader, meeting: Meeting, edition: str) -> list[Block]:
    """Return a place to sign for each party; in a side's own copy its parties come first."""
    named = sides_of(reader, meeting)
    people = people_of(reader, meeting)
    first = HOST_SIDE if edition == "hosts" or visit_of(reader, meeting) is None else GUEST_SIDE
    chairs = {"A": meeting.chair_a, "B": meeting.chair_b}
    signed: list[Signatory] = []
    for side in sides_in_order(reader, meeting, first):
        parties = named.of(side)
        chairing = [participant(reader, person) for person in reader.all(Person, [chairs[side]])]
        own = [each for each in people if each.side == side and not helps(each.role)]
        candidates = [*chairing, *own]
        if len(parties) < 2:
            name = of_text(parties[0].name) if parties and named.several else side_name(named, side)
            signed.append(_signs(name, next(iter(candidates if named.several else chairing), None)))
        else:
            signed += [_signs(of_text(each.name), _first_of(reader, each, parties, candidates)) for each in parties]
    return [Signatures(tuple(signed))]


def _signs(name: Words, who: Participant | None) -> Signatory:
    return Signatory(name, who.bare if who else None, who.post if who else None)


def _first_of(
    reader: RedactedReader, party: Party, parties: Sequence[Party], people: Sequence[Participant]
) -> Participant | None:
    """Return who signs for one of several parties of a side: the first of these people who is from that party."""
    ids = [each.id for each in parties]
    return next((who for who in people if (city := city_of(reader, who, ids)) and city.id == party.id), None)


REPORT = Message("document", "Visit report")
# Chinese words for a visit abroad and for one that is received.
BY_TRAVELLERS = {"A": Message("visit.outgoing", "Visit report"), "B": Message("visit.incoming", "Visit report")}
# Types of programme items that a report leaves out.
NOT_DONE = ("buffer", "free", "transfer", "checkin", "checkout", "internal", "arrival", "departure", "flight", "train")


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
        "minutes", MINUTES, _minutes, kinds=("meeting",), order=40, editions=("hosts", "delegation", "principal"), pages=("A4", "official", "large"),
        options=(
            Option("form", Message("paper setup", "Form"), (
                ("state", Message("paper setup", "Agenda before, minutes after")),
                ("agenda", Message("paper setup", "Agenda")),
                ("minutes", Message("paper setup", "Minutes")),
            )),
        ),
    ),
    Document(
        "visit_report",
        REPORT,
        _make,
        kinds=("visit",),
        order=260,
        editions=("delegation", "principal", "hosts"),
        pages=("A4", "official", "large"),
    ),
)  # fmt: skip
