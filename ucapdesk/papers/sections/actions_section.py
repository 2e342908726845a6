"""The section of actions: open ones of a visit by side and due date, and the table that all papers have of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Section
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, Obligation
from ucapdesk.model.kinds.meeting_kinds import ActionItem, Meeting
from ucapdesk.model.kinds.ucap_kinds import PilotProject
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.earlier_meetings import left_open
from ucapdesk.model.rules.lateness import OVERDUE, WORDS, is_overdue
from ucapdesk.papers.paper_parts import cell, label, number_column, section
from ucapdesk.papers.paper_sides import side_name, sides_of
from ucapdesk.papers.paper_words import listed, of_code, of_text, short_date
from ucapdesk.papers.record_parts import ColumnOf, name_of, table_of, value_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.common import is_narrow
from ucapdesk.papers.visit_facts import VisitFacts


def actions(of: VisitFacts) -> list[Section]:
    """Return the open actions of the visit, of meetings of its UCAPs, agreements and projects."""
    return section(actions_by_side(of, of.open_actions))


def actions_by_side(of: VisitFacts, items: Iterable[ActionItem], head: Words | None = None) -> list[Block]:
    """Return actions under the names of their sides, as the sides of the visit are called."""
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
    """Return the actions as printed."""
    return [Action(item, _who(reader, item), _source(reader, item), is_overdue(item, reader.today)) for item in items]


def _who(reader: RedactedReader, item: ActionItem) -> Words:
    who = listed(value_of(reader, item, name) for name in ("person", "organisation"))
    return who if not who.empty or not item.side else side_name(sides_of(reader, item), item.side)


def _source(reader: RedactedReader, item: ActionItem) -> Words:
    owners = (reader.one(kind, item.owner) for kind in (Meeting, Visit, Agreement, PilotProject))
    return next((name_of(owner) for owner in owners if owner), NO_WORDS)


def open_before(reader: RedactedReader, meeting: Meeting) -> list[ActionItem]:
    """Return the actions that earlier meetings left open."""
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
    """Return a row for each action; the due date as precise as it is known.

    Args:
        reader: The workspace.
        actions: In their order.
        by: Gives the words of the band over those that follow each other with the same ones.
        source: Whether each says where it comes from.
        head: What stands above the table.
        narrow: Whether the page has little room.
    """
    columns = (
        number_column(7),
        ColumnOf(lambda each: _what(each, source=source), 86, Message("paper", "Action"), split=True),
        ColumnOf(lambda each: NO_WORDS if by is by_owner else each.who, 36, "action_item.person"),
        ColumnOf(lambda each: due_of(reader, each.record), 38 if narrow else 26, "action_item.due"),
        ColumnOf(_status, 24, Message("paper", "Status")),
    )
    rows: list[Action | Words] = []
    for band, some in groupby(actions, by or (lambda _: NO_WORDS)):
        rows += [*([band] if by else []), *some]
    return table_of(reader, rows, columns, head)


def by_owner(action: Action) -> Words:
    """Return whose action it is."""
    return label(Message("paper", "Nobody named yet")) if action.who.empty else action.who


def _what(action: Action, *, source: bool) -> Cell:
    below = (Para(action.source, "note", close=True),) if source and not action.source.empty else ()
    return (Para(of_text(action.record.text)), *below)


def due_of(reader: RedactedReader, record: ActionItem | Obligation, *before: Words) -> Cell:
    """Return the day by which something must be done, below other words, and whether it is past."""
    late = (Para(Words.label(WORDS[OVERDUE]), "warning", close=True),) if is_overdue(record, reader.today) else ()
    return (*cell(*before, short_date(record.due)), *late)


def _status(action: Action) -> Cell:
    """Return the status, and what blocks it."""
    return cell(of_code("action_status", action.record.status), of_text(action.record.blocked_reason))
