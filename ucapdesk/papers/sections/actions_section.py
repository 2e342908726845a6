"""The section of open actions, by side and due date."""

from __future__ import annotations

from collections.abc import Iterable

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Group, Para, Section, Words
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.papers.documents.action_list import Action, due_and_status
from ucapdesk.papers.documents.action_list import action_rows as of_records
from ucapdesk.papers.paper_parts import cell, column, field_label, number_column, table
from ucapdesk.papers.paper_sides import side_name
from ucapdesk.papers.paper_words import of_text
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
        column(Message("paper", "Action"), 86, split=True),
        column(field_label("action_item.person"), 36),
        column(field_label("action_item.due"), 38 if is_narrow(of) else 26),
        column(Message("paper", "Status"), 24),
    )
    rows: list[tuple[Cell, ...] | Group] = []
    found = of_records(of.reader, actions)
    sides = {each.record.side or "" for each in found}
    for side in sorted(sides, key=lambda code: code or "~"):
        if len(sides) > 1:
            rows.append(Group(side_name(of.sides, side)))
        rows += [_row(each) for each in found if (each.record.side or "") == side]
    return table(columns, rows, head)


def _row(action: Action) -> tuple[Cell, ...]:
    source = (Para(action.source, "note", close=True),) if not action.source.empty else ()
    return ((), (Para(of_text(action.record.text)), *source), cell(action.who), *due_and_status(action))
