"""Agenda before a meeting, minutes after it: one document that follows the status of the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.blocks.content import Block, Paper, Section, Signatory, Signatures, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, AgendaItem, Meeting, MinuteEntry
from ucapdesk.model.rules.sides import GUEST_SIDE, HOST_SIDE, NO_SEAT, Party, Sides, helps, is_away
from ucapdesk.model.rules.status import is_held
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import Participant, participant, participants, people_of, person_name, visit_of
from ucapdesk.papers.facts.partner_sides import city_of, names_of, side_name, sides_in_order, sides_of
from ucapdesk.papers.facts.parts import (
    bullets,
    field_label,
    label,
    name_of,
    note,
    paper,
    paragraphs,
    section,
    text,
    texts_of,
)
from ucapdesk.papers.facts.wording import bracketed, combined, of_code, of_text, when
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.meeting_parts import (
    OPEN_TO_ALL,
    TO_SAY,
    action_rows,
    action_table,
    agenda_table,
    meeting_facts,
    open_before,
    present,
)

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
    """Return whether the meeting is to be reported rather than planned."""
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
)  # fmt: skip
