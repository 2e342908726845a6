"""People pasted as rows of a table or lines of a list: previewed, then made with their posts and their part in something."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ucapdesk.base.i18n import tr
from ucapdesk.formats.people_rows import people_in, people_sheet
from ucapdesk.formats.sheets.sheet_reader import read_sheets
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.people import vcards
from ucapdesk.store.desk import Desk


def people_of(path: Path) -> str:
    """Return the rows of a spreadsheet that lists people, as if they were pasted; empty where it lists something else."""
    return next(filter(None, (people_sheet([row.cells for row in sheet.rows]) for sheet in read_sheets(path))), "")


def plan_people(
    desk: Desk, text: str, owner: str = "", values: Mapping[str, str] | None = None, *, source: str = ""
) -> Plan | None:
    """Return the import plan of pasted rows; None where the text is no table or list of people.

    Args:
        desk: The workspace.
        text: The rows.
        owner: The record in which these people take part: a visit, a meeting, a point of a programme.
        values: The initial values of their participations.
        source: The name of the file they stand in; empty for what was copied.
    """
    cards = people_in(text)
    if not cards:
        return None
    there = desk.read.children(owner, Participation) if owner else []
    persons = frozenset(each.person for each in there if each.person)
    last = there[-1].pos if there else None
    join = None if values is None else vcards.Join(owner, values, persons, last)
    return vcards.plan_cards(desk, source or tr("cards", "Clipboard"), cards, join=join)


def plan_copied(desk: Desk, text: str) -> Plan | None:
    """Return the import plan of a copied table, card, signature or list of names; None where the text is neither."""
    rows = plan_people(desk, text) if "\t" in text else None
    return rows or vcards.plan_text(desk, text, tr("cards", "Clipboard")) or plan_people(desk, text)
