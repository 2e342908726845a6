"""The sections of meetings and of actions.

The parts of a meeting are those that its agenda, its minutes and the briefs of a pack tell: facts, participants, agenda, what to say. Open
actions of a visit come by side and due date, in the table that all papers have of them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Column, Section
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, Obligation
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.partnership_kinds import PilotProject, Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, AgendaItem, Meeting, Visit
from ucapdesk.model.rules.record_rules import left_open
from ucapdesk.model.rules.sides import GUEST_OF_HONOUR, PRINCIPAL_HOST, SIDES
from ucapdesk.model.rules.status import OVERDUE, WORDS, is_overdue
from ucapdesk.papers.facts.participants import (
    Participant,
    participants,
    people_of,
    person_name,
    points_of,
    posted,
    venue_at,
)
from ucapdesk.papers.facts.partner_sides import by_party, side_name, sides_in_order, sides_of
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    banded,
    bullets,
    cell,
    column,
    facts_of,
    file_name,
    headed,
    label,
    name_of,
    number_column,
    section,
    table,
    table_of,
    texts_of,
    value_of,
)
from ucapdesk.papers.facts.seats import SIGNS, signed_at, signing_of
from ucapdesk.papers.facts.visit_facts import VisitFacts, is_narrow, venue
from ucapdesk.papers.facts.wording import bracketed, listed, of_code, of_text, short_date, when
from ucapdesk.papers.redacted_reader import RedactedReader


def actions(of: VisitFacts) -> list[Section]:
    return section(actions_by_side(of, of.open_actions))


def actions_by_side(of: VisitFacts, items: Iterable[ActionItem], head: Words | None = None) -> list[Block]:
    found = sorted(action_rows(of.reader, items), key=lambda each: each.record.side or "~")
    several = len({each.record.side for each in found}) > 1
    by = (lambda each: side_name(of.sides, each.record.side or "")) if several else None
    return action_table(of.reader, found, by=by, source=True, head=head, narrow=is_narrow(of))


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its owner and its source."""

    record: ActionItem
    who: Words
    source: Words
    late: bool


def action_rows(reader: RedactedReader, items: Iterable[ActionItem]) -> list[Action]:
    return [Action(item, _who(reader, item), _source(reader, item), is_overdue(item, reader.today)) for item in items]


def _who(reader: RedactedReader, item: ActionItem) -> Words:
    who = listed(value_of(reader, item, name) for name in ("person", "organisation"))
    return who if not who.empty or not item.side else side_name(sides_of(reader, item), item.side)


def _source(reader: RedactedReader, item: ActionItem) -> Words:
    owners = (reader.one(kind, item.owner) for kind in (Meeting, Visit, Agreement, PilotProject))
    return next((name_of(owner) for owner in owners if owner), NO_WORDS)


def actions_of(reader: RedactedReader, ids: Sequence[str]) -> list[ActionItem]:
    found: dict[str, ActionItem] = {}
    for id_ in ids:
        kind = reader.desk.read.kind_of(id_)
        if kind == "action_item":
            found[id_] = reader.get(ActionItem, id_)
        elif kind == "person":
            found.update((item.id, item) for item in reader.linked(ActionItem, "due", person=id_))
        else:
            for owner in (id_, *_with_actions(reader, kind or "", id_)):
                found.update((item.id, item) for item in reader.children(ActionItem, owner))
    return list(found.values())


def _with_actions(reader: RedactedReader, kind: str, id_: str) -> list[str]:
    if kind == "visit":
        return [each.id for each in reader.linked(Meeting, "when", visit=id_)]
    if kind != "ucap":
        return []
    visits = reader.linked(Visit, "dates", ucaps=id_)
    meetings = reader.linked(Meeting, "when", ucap=id_)
    others = [*reader.linked(Agreement, ucap=id_), *reader.linked(PilotProject, ucap=id_)]
    return list(dict.fromkeys(each.id for each in (*visits, *meetings, *others)))


def open_before(reader: RedactedReader, meeting: Meeting) -> list[ActionItem]:
    return left_open(meeting, partial(reader.linked, Meeting, "when"), partial(reader.children, ActionItem))


def action_table(
    reader: RedactedReader,
    actions: Sequence[Action],
    *,
    by: Callable[[Action], Words] | None = None,
    source: bool = False,
    head: Words | None = None,
    narrow: bool = False,
) -> list[Block]:
    """Return a row for each action.

    Args:
        reader: The workspace.
        actions: In their order.
        by: Gives the words of the band over those that follow each other with the same ones.
        source: Whether each says where it comes from.
        head: What stands above the table.
        narrow: Whether the page has little room.
    """
    return table_of(reader, banded(actions, by), action_columns(reader, source=source, narrow=narrow), head)


def action_columns(
    reader: RedactedReader, *, owner: bool = True, source: bool = False, narrow: bool = False
) -> tuple[ColumnOf | Column, ...]:
    """Return number, action, owner, due date as precise as it is known, and status; ``owner``, ``source``: whether they are told."""
    return (
        number_column(7),
        ColumnOf(lambda each: _what(each, source=source), 86, Message("paper", "Action"), split=True),
        ColumnOf(lambda each: each.who if owner else NO_WORDS, 36, "action_item.person"),
        ColumnOf(lambda each: due_of(reader, each.record), 38 if narrow else 26, "action_item.due"),
        ColumnOf(_status, 24, Message("paper", "Status")),
    )


def by_owner(action: Action) -> Words:
    return label(Message("paper", "Nobody named yet")) if action.who.empty else action.who


def _what(action: Action, *, source: bool) -> Cell:
    below = (Para(action.source, "note", close=True),) if source and not action.source.empty else ()
    return (Para(of_text(action.record.text)), *below)


def due_of(reader: RedactedReader, record: ActionItem | Obligation, *before: Words) -> Cell:
    """Return the day by which something must be done, below other words, and whether it is past."""
    late = (Para(Words.label(WORDS[OVERDUE]), "warning", close=True),) if is_overdue(record, reader.today) else ()
    return (*cell(*before, short_date(record.due)), *late)


def _status(action: Action) -> Cell:
    return cell(of_code("action_status", action.record.status), of_text(action.record.blocked_reason))


OPEN_TO_ALL = "objectives background"
# Fields for the own side only: ``RedactedReader`` leaves them empty for others.
TO_SAY = "lines_to_take their_points questions if_raised do_not_raise"
# What those who lead are called, where they do not chair.
_LEADING = {"signing": Message("paper", "Signatories"), "banquet": Message("paper", "Hosts")}
MOST_COLUMNS = 4  # Maximum number of parties in columns; more are stacked


# -- in a pack ------------------------------------------------------------------------------------


def meetings(of: VisitFacts) -> list[Section]:
    """Return one or two pages for each meeting; for the media only what the press may know."""
    found: list[Section] = []
    told: list[list[ActionItem]] = []
    for meeting in of.meetings:
        left = open_before(of.reader, meeting)
        blocks = _for_the_press(of, meeting) if of.for_press else brief(of, meeting, [] if left in told else left)
        told.append(left)
        found += section(blocks, name_of(meeting), level=2)
    return headed(found)


def brief(of: VisitFacts, meeting: Meeting, left: Sequence[ActionItem]) -> list[Block]:
    """Return everything about one meeting that this edition may hold; ``left``: actions still open that no brief before it tells."""
    in_lists = {each.person.id for each in of.everybody if each.person} if of.has("delegation", "hosts") else set()
    files = of.reader.children(Attachment, meeting.id)
    named = people_of(of.reader, meeting) if participants(of.reader, meeting.id) else []
    return [
        *meeting_facts(of.reader, meeting),
        *texts_of(meeting, OPEN_TO_ALL),
        *present(of.reader, meeting, named, in_lists),
        *agenda_table(of.reader, meeting, label(Message("paper", "Agenda")), narrow=is_narrow(of)),
        *texts_of(meeting, TO_SAY),
        *bullets(map(file_name, files), label(Message("paper", "Documents"))),
        *actions_by_side(of, left, label(Message("paper", "Open actions from earlier meetings"))),
    ]


def _for_the_press(of: VisitFacts, meeting: Meeting) -> list[Block]:
    head = facts_of(of.reader, meeting, "when", (Message("paper", "Place"), _where(of.reader, meeting)))
    return [*head, *texts_of(meeting, "press_line")]


# -- parts ----------------------------------------------------------------------------------------


def meeting_facts(reader: RedactedReader, meeting: Meeting) -> list[Block]:
    interpreting = bracketed(of_code("interpretation", meeting.interpretation), _interpreters(reader, meeting))
    following = reader.one(Meeting, meeting.next_meeting)
    return facts_of(
        reader, meeting, "when", (Message("paper", "Place"), _where(reader, meeting)), "type",
        ("mode", of_code("meeting_mode", meeting.mode) if meeting.mode != "in_person" else NO_WORDS),
        *((head, listed(names)) for head, names in _led(reader, meeting)),
        "spoken", (Message("paper", "Interpreting"), interpreting), "online_link reported_participants",
        ("next_meeting", bracketed(name_of(following), when(following.when)) if following else None),
    )  # fmt: skip


def _led(reader: RedactedReader, meeting: Meeting) -> list[tuple[Message | Words, list[Words]]]:
    """Return who leads, and as what: at a meal nobody chairs, one is the host and one the guest of honour, where it is known which."""
    people = people_of(reader, meeting) if meeting.type == "banquet" else []
    host = next((each for each in people if each.principal), None)
    if host is None:
        return [(_LEADING.get(meeting.type or "", Message("paper", "Chairs")), _leading(reader, meeting))]
    first = [each for each in people if each.side != host.side and each.rank[:1] == (0,)]
    guests = [each for each in people if each.role == GUEST_OF_HONOUR] or first[:1]
    told = {PRINCIPAL_HOST: [host], GUEST_OF_HONOUR: guests}
    return [(of_code("participation_role", role), [each.name for each in some]) for role, some in told.items()]


def _leading(reader: RedactedReader, meeting: Meeting) -> list[Words]:
    """Return who chairs, the hosts first; at a signing who signs, for each side of which somebody is named, in order of protocol."""
    chairs = {"A": meeting.chair_a, "B": meeting.chair_b}
    signing: list[Participant] = []
    if meeting.type == "signing":
        signing = signing_of(reader, signed_at(reader, meeting)).among(people_of(reader, meeting))
    found: list[Words] = []
    for side in dict.fromkeys((*sides_in_order(reader, meeting), *(each.side for each in signing))):
        own = [each.name for each in signing if each.role == SIGNS and each.side == side]
        found += own or map(person_name, reader.all(Person, [chairs.get(side)]))
    return found


def _where(reader: RedactedReader, meeting: Meeting) -> Words:
    at = venue_at(reader, meeting)
    places = reader.all(Place, at.places)
    first = venue(reader, next(iter(places), None), at.room)
    return listed([first, *(venue(reader, place) for place in places[1:])])


def _interpreters(reader: RedactedReader, meeting: Meeting) -> Words:
    named = [each.person.id for each in participants(reader, meeting.id) if each.role == "interpreter" and each.person]
    items = points_of(reader, meeting.visit) if meeting.visit else []
    ids = (*named, *(item.interpreter for item in items if item.meeting == meeting.id))
    return listed(map(person_name, reader.all(Person, ids)))


def present(
    reader: RedactedReader, meeting: Meeting, people: Sequence[Participant], in_lists: Container[str] = ()
) -> list[Block]:
    """Return the parties side by side, each in its own order, the hosts first; everybody else below.

    ``in_lists``: those whose organisation a list of the same paper tells.
    """
    named, order = sides_of(reader, meeting), sides_in_order(reader, meeting)
    parted = by_party(reader, named, [each for each in people if each.side in SIDES])
    parted.sort(key=lambda part: order.index(part[1][0].side))
    others = by_party(reader, named, [each for each in people if each.side not in SIDES])
    facing = 1 < len(parted) <= MOST_COLUMNS
    rows: list[tuple[Cell, ...]] = [
        tuple(map(partial(_facing, in_lists), row)) for row in zip_longest(*(members for _, members in parted))
    ]
    blocks = table([column(name, 50) for name, _ in parted], rows) if facing else []
    for head, members in others if facing else [*parted, *others]:
        blocks += bullets(map(_named, members), head if len(parted) + len(others) > 1 else None)
    return blocks


def _facing(in_lists: Container[str], who: Participant | None) -> Cell:
    if who is None:
        return ()
    told = who.person is not None and who.person.id in in_lists
    return cell(who.name, who.post if told else posted(who), role="lead")


def _named(who: Participant) -> Words:
    return bracketed(who.name, listed((posted(who), who.said_role)))


def agenda_table(
    reader: RedactedReader, meeting: Meeting, head: Words | None = None, *, narrow: bool = False
) -> list[Block]:
    def who(point: AgendaItem) -> Words:
        speakers = value_of(reader, point, "speakers")
        return speakers if not speakers.empty or not point.side else side_name(sides_of(reader, meeting), point.side)

    columns = (
        number_column(7),
        ColumnOf(_time, 44 if narrow else 22, Message("paper", "Time")),
        ColumnOf(lambda point: cell(name_of(point), of_text(point.note)), 80, Message("paper", "Topic"), split=True),
        ColumnOf(who, 40, Message("paper", "Speakers")),
    )
    return table_of(reader, reader.children(AgendaItem, meeting.id), columns, head)


def _time(point: AgendaItem) -> Words:
    """Return from when to when; how long, where no time is set."""
    if not point.minutes:
        return Words.plain(point.starts or "")
    if not point.starts:
        return label(Message("paper", "{n} min", {"n": point.minutes}))
    hour, minute = map(int, point.starts.split(":"))
    end = (hour * 60 + minute + point.minutes) % (24 * 60)
    return Words.plain(f"{point.starts}–{end // 60:02}:{end % 60:02}")
