"""The history of a record: every value each of its fields ever had, losing ones of a conflict included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ucapdesk.base.json_text import Json
from ucapdesk.store.log.changeset import Changeset, StepLabel
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.candidates import is_question
from ucapdesk.store.merge.cell_writer import MEMBER
from ucapdesk.store.merge.row_state import TRASHED, Held, below, load_one


class CellChange(NamedTuple):
    """One cell written once. ``time`` in microseconds of the writer's clock; ``field`` is the cell's name.

    ``undoes``: the steps of the same laptop that it took back, or did again.
    """

    n: int
    time: int
    person: str
    device: str
    seq: int
    field: str
    old: Json
    new: Json
    label: StepLabel
    undoes: Sequence[int]


def history(log: Log, id_: str) -> list[CellChange]:
    """Return every value written into a record and its sets, oldest first. Empty for an unknown id."""
    row = load_one(log.db, id_)
    if row is None:
        return []
    found = list(_changes(log, row))
    for member in below(log.db, row):
        if member.ent == MEMBER:
            found += _membership(log, member)
    return sorted(found, key=lambda change: change.n)


def _changes(log: Log, row: Held) -> Iterator[CellChange]:
    written: dict[str, list[tuple[Dot, Changeset]]] = {}
    for n, dot, vv, changeset in log.touching(row.n):
        seen = {**log.vector_of(vv), dot[0]: dot[1]}
        for cell, value in changeset.cells_of(row.id).items():
            if cell == "owner":
                continue
            earlier = written.setdefault(cell, [])
            old = _known(row.id, cell, earlier, seen)
            earlier.append((dot, changeset))
            new = None if is_question(value) else value
            yield _change(n, changeset, cell, old, new)


def _change(n: int, of: Changeset, field: str, old: Json, new: Json) -> CellChange:
    return CellChange(n, of.time, of.person, of.device, of.seq, field, old, new, of.label, of.undoes)


def _known(id_: str, cell: str, earlier: list[tuple[Dot, Changeset]], seen: Mapping[int, int]) -> Json:
    """Return the value that an author had before: the last to arrive here of those seen there."""
    known = next((changeset for dot, changeset in reversed(earlier) if dot[1] <= seen.get(dot[0], 0)), None)
    value = known.cells_of(id_).get(cell) if known else None
    return None if is_question(value) else value


def _membership(log: Log, member: Held) -> Iterator[CellChange]:
    """Yield the changes of a member as changes of the set's field."""
    role = name = None
    for n, _, _, changeset in log.touching(member.n):
        cells = changeset.cells_of(member.id)
        role, name = cells.get("role", role), cells.get("member", name)
        came = cells.get(TRASHED) == 0 or "member" in cells
        gone = cells.get(TRASHED) == 1
        if role and (came or gone):
            yield _change(n, changeset, str(role), name if gone else None, name if came and not gone else None)
