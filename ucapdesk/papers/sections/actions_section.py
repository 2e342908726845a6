"""The section of open actions, by side and due date."""

from __future__ import annotations

from collections.abc import Iterable

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Section, Words
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.papers.documents.action_list import Action, due, status
from ucapdesk.papers.documents.action_list import action_rows as of_records
from ucapdesk.papers.paper_parts import number_column
from ucapdesk.papers.paper_sides import side_name
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.record_parts import ColumnOf, table_of
from ucapdesk.papers.sections.common import is_narrow
from ucapdesk.papers.visit_facts import VisitFacts


def actions(of: VisitFacts) -> list[Section]:
    """Return the open actions of the visit, of meetings of its UCAPs, agreements and projects."""
    blocks = action_rows(of, of.open_actions)
    return [Section(tuple(blocks))] if blocks else []


def action_rows(of: VisitFacts, actions: Iterable[ActionItem], head: Words | None = None) -> list[Block]:
    """Return a row for each action under the name of its side; the due date as precise as it is known."""
    columns = (
        number_column(7),
        ColumnOf(_text, 86, Message("paper", "Action"), split=True),
        ColumnOf(lambda each: each.who, 36, "action_item.person"),
        ColumnOf(due, 38 if is_narrow(of) else 26, "action_item.due"),
        ColumnOf(status, 24, Message("paper", "Status")),
    )
    found = of_records(of.reader, actions)
    sides = sorted({each.record.side or "" for each in found}, key=lambda code: code or "~")
    rows = [
        row
        for side in sides
        for row in (
            *([side_name(of.sides, side)] if len(sides) > 1 else []),
            *(each for each in found if (each.record.side or "") == side),
        )
    ]
    return table_of(of.reader, rows, columns, head)


def _text(action: Action) -> Cell:
    source = (Para(action.source, "note", close=True),) if not action.source.empty else ()
    return (Para(of_text(action.record.text)), *source)
