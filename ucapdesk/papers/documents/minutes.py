"""Agenda before a meeting, minutes after it: one document that follows the status of the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.content import Block, Paper, Para, Section, Signatory, Signatures, Table, Text, Words
from ucapdesk.model.kinds.meeting_kinds import ActionItem, AgendaItem, Meeting, MinuteEntry
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.delegation import helps, is_away
from ucapdesk.model.rules.sides import OTHER_SIDE, SIDES, Party, Sides
from ucapdesk.model.rules.status import is_held
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.action_list import action_rows, action_table, open_before
from ucapdesk.papers.occasions import chairs_label, people_of, place_of, visit_of
from ucapdesk.papers.paper_parts import (
    NONE,
    bullets,
    cell,
    column,
    field_label,
    label,
    number_column,
    paper,
    paragraphs,
    section,
    text,
    when,
)
from ucapdesk.papers.paper_sides import by_party, city_of, names_of, party_words, side_name, sides_of
from ucapdesk.papers.paper_words import bracketed, combined, listed, of_code, of_text
from ucapdesk.papers.participants import Participant, participant, participants, person_name, posted
from ucapdesk.papers.record_parts import ColumnOf, facts_of, table_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

MINUTES = Message("document", "Agenda and minutes")
AGENDA_HEAD, MINUTES_HEAD = Message("paper", "Agenda"), Message("paper", "Minutes")
_MINUTES_BY_STATUS = {
    "minutes_draft": Message("paper", "Draft minutes"),
    "minutes_agreed": Message("paper", "Agreed minutes"),
    "closed": Message("paper", "Agreed minutes"),
}
MOST_COLUMNS = 4
"""Maximum number of parties in columns; more are stacked."""
INTERNAL = ("lines_to_take", "their_points", "questions", "if_raised", "do_not_raise")
"""Fields for the own side only: ``RedactedReader`` leaves them empty for others."""


def _make(reader: RedactedReader, request: Request) -> Paper:
    meeting = reader.get(Meeting, request.ids[0])
    form = request.option("form")
    after = form == "minutes" or (form == "state" and is_over(reader, meeting))
    made = minutes(reader, meeting, request.edition) if after else agenda(reader, meeting)
    head = _MINUTES_BY_STATUS.get(meeting.status or "", MINUTES_HEAD) if after else AGENDA_HEAD
    return paper(
        reader, request, head, of_text(meeting.title), made, marked=meeting, dates=when(meeting.when, zone=False)
    )


def is_over(reader: RedactedReader, meeting: Meeting) -> bool:
    """Return whether the meeting is to be reported rather than planned."""
    return is_held(meeting) or bool(reader.children(MinuteEntry, meeting.id))


def agenda(reader: RedactedReader, meeting: Meeting) -> list[Section]:
    """Return time and place, participants, and the agenda with times; for the own side also what to say."""
    items = reader.children(AgendaItem, meeting.id)
    total = sum(item.minutes or 0 for item in items)
    columns = (
        number_column(1),
        ColumnOf("starts", 1.4),
        ColumnOf(lambda item: cell(of_text(item.title), of_text(item.note)), 7, "agenda_item.title", split=True),
        ColumnOf(
            lambda item: cell(*map(person_name, reader.all(Person, item.speakers)), under="text"),
            4,
            "agenda_item.speakers",
        ),
        ColumnOf(lambda item: Words.plain(str(item.minutes or "")), 1.5, "agenda_item.minutes", align="right"),
    )
    blocks = table_of(reader, items, columns)
    if total:
        blocks.append(Text((Para(_total(total), "note"),)))
    earlier = action_rows(reader, open_before(reader, meeting))
    return [
        *section(_facts(reader, meeting)),
        *section(_long(meeting, ("objectives", "background"))),
        *section(_present(reader, meeting, people_of(reader, meeting)), Message("paper", "Participants")),
        *section(blocks, AGENDA_HEAD),
        *section(_long(meeting, INTERNAL), Message("paper", "Internal, not to be handed on")),
        *section(action_table(reader, earlier), Message("paper", "Open actions from earlier meetings")),
    ]


def _total(minutes_: int) -> Words:
    return Words.label(Message("paper", "{n} minutes in all", {"n": minutes_}))


def minutes(reader: RedactedReader, meeting: Meeting, edition: str = "") -> list[Section]:
    """Return participants, entries and decisions by agenda item, actions, and places to sign."""
    everyone = participants(reader, meeting.id, absent=True)
    there = [each for each in everyone if not (each.part and is_away(each.part))]
    away = [each for each in everyone if each not in there]
    present = _present(reader, meeting, there or people_of(reader, meeting))
    if away:
        present += bullets((_away(each) for each in away), label(Message("paper", "Not present")))
    actions = action_table(reader, action_rows(reader, reader.children(ActionItem, meeting.id)))
    return [
        *section(_facts(reader, meeting)),
        *section(present, Message("paper", "Present")),
        *section(text(meeting.summary), field_label("meeting.summary")),
        *_points(reader, meeting),
        *section(actions, Message("paper", "Actions")),
        *section(_signatures(reader, meeting, edition), Message("paper", "Agreed by"), together=True),
    ]


def _facts(reader: RedactedReader, meeting: Meeting) -> list[Block]:
    chairs = [person_name(each) for each in reader.all(Person, filter(None, (meeting.chair_a, meeting.chair_b)))]
    following = reader.one(Meeting, meeting.next_meeting)
    return facts_of(
        reader, meeting, "when", (Message("paper", "Place"), place_of(reader, meeting)), "type mode",
        (chairs_label(meeting), listed(chairs)), "spoken interpretation online_link reported_participants",
        ("next_meeting", bracketed(of_text(following.title), when(following.when)) if following else None),
    )  # fmt: skip


def _long(meeting: Meeting, names: Sequence[str]) -> list[Block]:
    return [block for name in names for block in text(getattr(meeting, name), field_label(f"meeting.{name}"))]


def _present(reader: RedactedReader, meeting: Meeting, people: Sequence[Participant]) -> list[Block]:
    """Return the parties side by side, sorted by rank, with everybody else below."""
    named = sides_of(reader, meeting)
    parted = by_party(reader, named, [each for each in people if each.side in SIDES])
    others = by_party(reader, named, [each for each in people if each.side not in SIDES])
    facing = 1 < len(parted) <= MOST_COLUMNS
    blocks = _facing(parted) if facing else []
    for head, members in others if facing else [*parted, *others]:
        blocks += bullets((_named(each) for each in members), head if len(parted) + len(others) > 1 else None)
    return blocks


def _facing(parted: Sequence[tuple[Words, Sequence[Participant]]]) -> list[Block]:
    rows = tuple(
        tuple(cell(who.name, posted(who)) if who else () for who in row)
        for row in zip_longest(*(members for _, members in parted))
    )
    return [Table(tuple(column(name, 1) for name, _ in parted), rows)]


def _named(who: Participant) -> Words:
    return bracketed(who.name, listed(each for each in (posted(who), who.said_role) if not each.empty))


def _away(who: Participant) -> Words:
    return bracketed(who.name, of_code("attendance", who.part.attendance if who.part else None))


def _points(reader: RedactedReader, meeting: Meeting) -> list[Section]:
    """Return a section for each agenda item with its entries; entries without an item come last."""
    entries = reader.children(MinuteEntry, meeting.id)
    items = reader.children(AgendaItem, meeting.id)
    known, named = {item.id for item in items}, sides_of(reader, meeting)
    ticked = any(item.done for item in items)
    made: list[Section] = []
    for item in items:
        blocks = _entries(reader, [entry for entry in entries if entry.agenda_item == item.id], named)
        blocks += text(item.outcome, field_label("agenda_item.outcome"))
        silent = not blocks
        blocks = blocks or text(item.note)
        if silent and ticked and not item.done:
            blocks.append(Text((Para(label(Message("paper", "Not dealt with")), "warning"),)))
        made += section(blocks, of_text(item.title), number=str(len(made) + 1))
    rest = _entries(reader, [entry for entry in entries if entry.agenda_item not in known], named)
    heading = Message("paper", "Further points") if made else MINUTES_HEAD
    return made + section(rest, heading, number=str(len(made) + 1) if made else "")


def _entries(reader: RedactedReader, entries: Sequence[MinuteEntry], named: Sides) -> list[Block]:
    """Return entries with type and speaker; decisions in bold."""
    paras: list[Para] = []
    for entry in entries:
        role = "lead" if entry.type == "decision" else "text"
        lead = _lead(reader, entry, named)
        for n, para in enumerate(paragraphs(of_text(entry.text), role)):
            paras.append(Para(para.words, role, lead=lead if n == 0 and not lead.empty else None))
    return [Text(tuple(paras))] if paras else []


def _lead(reader: RedactedReader, entry: MinuteEntry, named: Sides) -> Words:
    """Return the words before an entry: its type, and its speaker or side."""
    kind = of_code("minute_kind", entry.type)
    speaker = reader.one(Person, entry.said_by)
    who = person_name(speaker) if speaker else names_of(named, entry.side) if entry.side else NONE
    if entry.type == "commitment" and not who.empty:
        return combined([who], lambda said, lang: tr("paper", "Commitment by {name}", lang, name=said[0]))
    return bracketed(kind, who) if not kind.empty or speaker else kind


def _signatures(reader: RedactedReader, meeting: Meeting, edition: str) -> list[Block]:
    """Return a place to sign for each party; in a side's own copy its parties come first."""
    named = sides_of(reader, meeting)
    people = people_of(reader, meeting)
    visit = visit_of(reader, meeting)
    hosts = named.hosts or "A"
    first = hosts if edition == "hosts" or visit is None else OTHER_SIDE[hosts]
    chairs = {"A": meeting.chair_a, "B": meeting.chair_b}
    signed: list[Signatory] = []
    for side in (first, OTHER_SIDE[first]):
        parties = named.of(side)
        chair = reader.one(Person, chairs[side])
        chairing = participant(reader, chair) if chair else None
        own = [each for each in people if each.side == side and not helps(each.role)]
        if len(parties) < 2:
            name = party_words(parties[0]) if parties and named.several else side_name(named, side)
            first_in_rank = next(iter(own), None) if named.several else None
            signed.append(_signs(name, chairing or first_in_rank))
        else:
            signed += [_signs(party_words(each), _first_of(reader, each, parties, own, chairing)) for each in parties]
    return [Signatures(tuple(signed))]


def _signs(name: Words, who: Participant | None) -> Signatory:
    return Signatory(name, who.bare if who else None, who.post if who else None)


def _first_of(
    reader: RedactedReader,
    party: Party,
    parties: Sequence[Party],
    people: Sequence[Participant],
    chair: Participant | None,
) -> Participant | None:
    """Return who signs for one of several parties of a side: the chair, if from that party, else its first in rank."""
    ids = [each.id for each in parties]
    candidates = [*([chair] if chair else []), *people]
    return next((who for who in candidates if (city := city_of(reader, who, ids)) and city.id == party.id), None)


DOCUMENTS = (
    Document(
        "minutes", MINUTES, _make, kinds=("meeting",), order=40, editions=("hosts", "delegation", "principal"), pages=("A4", "official", "large"),
        options=(
            Option("form", Message("paper setup", "Form"), (
                ("state", Message("paper setup", "Agenda before, minutes after")),
                ("agenda", Message("paper setup", "Agenda")),
                ("minutes", Message("paper setup", "Minutes")),
            )),
        ),
    ),
)  # fmt: skip
