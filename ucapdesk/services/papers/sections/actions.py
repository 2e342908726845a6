"""What is still to do, by side and due date."""

from __future__ import annotations

from collections.abc import Iterable

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Group, Para, Section, Words
from ucapdesk.model.kinds.meetings import ActionItem, Meeting
from ucapdesk.model.kinds.people import Organisation, Person
from ucapdesk.services.papers.guests import person_name, side_name
from ucapdesk.services.papers.parts import NONE, cell, column, number_column, table
from ucapdesk.services.papers.sections.common import figures
from ucapdesk.services.papers.visit_facts import VisitFacts
from ucapdesk.services.papers.words import of_code, of_text


def actions(of: VisitFacts) -> list[Section]:
    """Open actions of the visit, of meetings of its UCAPs, agreements and projects."""
    blocks = action_rows(of, of.open_actions)
    return [Section(tuple(blocks))] if blocks else []


def action_rows(of: VisitFacts, actions: Iterable[ActionItem], head: Words | None = None) -> list[Block]:
    """A row an action under the name of its side; the due date as precise as it is known."""
    columns = (
        number_column(7),
        column(Message("paper", "Action"), 86, split=True),
        column(Message("paper", "Who"), 36),
        column(Message("paper", "Due"), 26),
        column(Message("paper", "Status"), 24),
    )
    rows: list[tuple[Cell, ...] | Group] = []
    ucap = of.ucaps[0].id if of.ucaps else None
    found = list(actions)
    for side in sorted({each.side or "" for each in found}, key=lambda code: code or "~"):
        if len({each.side for each in found}) > 1:
            rows.append(Group(side_name(of.reading, side, ucap)))
        rows += [_row(of, each) for each in found if (each.side or "") == side]
    return table(columns, rows, head)


def _row(of: VisitFacts, each: ActionItem) -> tuple[Cell, ...]:
    person = of.reading.one(Person, each.person)
    organisation = of.reading.one(Organisation, each.organisation)
    who = person_name(person) if person else of_text(organisation.name) if organisation else NONE
    meeting = of.reading.one(Meeting, each.owner)
    source = (Para(of_text(meeting.title), "note", close=True),) if meeting else ()
    status = cell(of_code("action_status", each.status), of_text(each.blocked_reason))
    return ((), (Para(of_text(each.text)), *source), cell(who), cell(figures(each.due)), status)
