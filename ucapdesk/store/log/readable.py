"""Checks every own changeset before it is written: other desks must be able to read it.

The reader of packages is asked itself, so a bound that it keeps cannot be forgotten here.
"""

from __future__ import annotations

from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log.changeset import Changeset, Damaged, parse
from ucapdesk.store.refusals import ImpossibleValue
from ucapdesk.store.save import label_of
from ucapdesk.store.workspace.store_limits import LARGEST_LINE


def damaged_line(lines: list[str]) -> int | None:
    """Return the first line of a changeset, from 0, that a reader of packages refuses; None where it accepts them all."""
    for at, line in enumerate(lines):
        try:
            size = len(line.encode())
        except UnicodeEncodeError:
            return at
        if size > LARGEST_LINE:
            return at
    try:
        for _ in parse(lines, loads):
            pass
    except Damaged as error:
        return error.line - 1
    return None


def refuse_unreadable(changeset: Changeset) -> None:
    """Raise a sentence about what other desks could not read."""
    at = damaged_line(changeset.lines)
    if at is not None:
        raise _said(changeset, at)


def _said(changeset: Changeset, at: int) -> UserError:
    """Return the error about the field at fault, found by trying each on its own."""
    ent, id_, cells = changeset.rows[at - 1] if 0 < at <= len(changeset.rows) else ("", "", {})
    for cell, value in cells.items() if ent in KINDS else ():
        place = KINDS[ent].place_of(cell)
        header = dumps({**loads(changeset.lines[0]), "n": 1})
        if place and damaged_line([header, dumps([ent, id_, {cell: value}])]) is not None:
            return ImpossibleValue(field=label_of(place[0]))
    return UserError(
        "This step would write more at once than colleagues could receive. "
        "Nothing was changed; do it in several smaller steps.",
        code="too-much-at-once",
    )
