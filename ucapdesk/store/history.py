"""The history of a record: every value each of its fields ever had, losing ones of a conflict included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ucapdesk.base.json_text import Json
from ucapdesk.store.candidates import is_question
from ucapdesk.store.changeset import Label
from ucapdesk.store.columns import MEMBER
from ucapdesk.store.held import TRASHED, Held, below, dots, load_one
from ucapdesk.store.liveness import unseen
from ucapdesk.store.log import Dot, Log


@dataclass(frozen=True, slots=True)
class Change:
    """One cell written once. ``time`` in microseconds of the writer's clock; ``field`` is the cell's name."""

    n: int
    time: int
    person: str
    device: str
    field: str
    old: Json
    new: Json
    label: Label


def history(log: Log, id_: str) -> list[Change]:
    """What was written into a record and into its sets, oldest first. Empty for an unknown id."""
    row = load_one(log.db, id_)
    if row is None:
        return []
    found = list(_changes(log, row))
    for member in below(log.db, row):
        if member.ent == MEMBER:
            found += _membership(log, member)
    return sorted(found, key=lambda change: change.n)


def _changes(log: Log, row: Held) -> Iterator[Change]:
    heads: dict[str, list[int]] = {}
    for n, dot, vv, changeset in log.touching(row.n):
        seen = log.vector_of(vv)
        for cell, value in changeset.cells_of(row.id).items():
            if cell == "owner":
                continue
            before = heads.get(cell, [])
            kept = unseen(before, dot, seen)
            old = [_value(log, d, row.id, cell) for d in dots(before) if d not in set(dots(kept))]
            heads[cell] = [*kept, *dot]
            if is_question(value):
                value = None
            yield Change(
                n, changeset.time, changeset.person, changeset.device, cell, old[-1] if old else None, value,
                changeset.label,
            )  # fmt: skip


def _value(log: Log, dot: Dot, id_: str, cell: str) -> Json:
    value = log.read(dot).cells_of(id_).get(cell)
    return None if is_question(value) else value


def _membership(log: Log, member: Held) -> Iterator[Change]:
    """A member that came or went, told as a change of the set's field."""
    role = name = None
    for n, _, _, changeset in log.touching(member.n):
        cells = changeset.cells_of(member.id)
        role, name = cells.get("role", role), cells.get("member", name)
        came = cells.get(TRASHED) == 0 or "member" in cells
        gone = cells.get(TRASHED) == 1
        if role and (came or gone):
            yield Change(
                n, changeset.time, changeset.person, changeset.device, str(role),
                name if gone else None, name if came and not gone else None, changeset.label,
            )  # fmt: skip
