"""Writes resolved cells into the tables of the kinds, in few statements, with the same bytes on every desk."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind
from ucapdesk.store.merge.row_state import ERASED_HEADS, Held

MEMBER = "member"


def write_columns(db: Any, kinds: Mapping[str, Kind], rows: Iterable[Held]) -> None:
    """Write the collected cells of these rows. Kinds and cells this version does not know stay in the log alone."""
    written: dict[str, tuple[Held, dict[str, Any]]] = {}
    keyed: dict[tuple[str, str], list[str]] = defaultdict(list)  # columns of several cells, and whose
    for row in rows:
        if row.ent in kinds:
            written[row.id] = row, _values(kinds[row.ent], row, keyed)
    for (ent, name), ids in keyed.items():
        _fill_up(db, ent, name, ids, written)
    batches: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
    for row, values in written.values():
        if values or row.new:
            names = tuple(sorted(values))
            batches[row.ent, names].append((row.id, *map(values.__getitem__, names)))
    for (ent, names), parameters in batches.items():
        db.executemany(_upsert(ent, names), parameters)


def _values(kind: Kind, row: Held, keyed: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    """Return the column values for the cells of a row; for columns with several cells, the new ones by key."""
    values: dict[str, Any] = {}
    for cell, value in row.cells.items():
        place = kind.place_of(cell)
        if place is None:
            continue
        field, key = place
        if not key:
            values[field.name] = field.type.column(value)
        elif field.name in values:
            values[field.name][key] = value
        else:
            values[field.name] = {key: value}
            keyed[row.ent, field.name].append(row.id)
    return values


def _fill_up(db: Any, ent: str, name: str, ids: list[str], written: Mapping[str, tuple[Held, dict[str, Any]]]) -> None:
    """Add the other cells of a column to the new ones, as one JSON text with sorted keys."""
    old = dumps([id_ for id_ in ids if not written[id_][0].new])
    query = f'SELECT id, "{name}" FROM "{ent}" WHERE id IN (SELECT value FROM json_each(?)) AND "{name}" IS NOT NULL'
    held = dict(db.execute(query, (old,)).fetchall()) if len(old) > 2 else {}
    for id_ in ids:
        values = written[id_][1]
        text = held.get(id_)
        values[name] = _flat({**json.loads(text), **values[name]} if text else values[name])


def _flat(cells: Mapping[str, Json]) -> str | None:
    texts = {key: value for key, value in cells.items() if isinstance(value, str) and value}
    return dumps(texts) if texts else None


@cache
def _upsert(table: str, names: tuple[str, ...]) -> str:
    columns = "".join(f', "{name}"' for name in names)
    places = ", ".join("?" * (len(names) + 1))
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    action = f"UPDATE SET {sets}" if sets else "NOTHING"
    return f'INSERT INTO "{table}"(id{columns}) VALUES({places}) ON CONFLICT(id) DO {action}'


def write_sets(db: Any, kinds: Mapping[str, Kind], rows: Collection[Held], former: Collection[str] = ()) -> list[Held]:
    """Derive the set columns of every owner whose members were written, and of ``former`` owners. Returns the owners' rows."""
    touched = {*former, *(row.owner for row in rows if row.ent == MEMBER and row.owner)}
    if not touched:
        return []
    found = db.execute(
        "SELECT r.n, r.id, r.ent, r.owner FROM sync_row r WHERE r.id IN (SELECT value FROM json_each(?))"
        " AND r.heads NOT LIKE ?",
        (dumps(list(touched)), ERASED_HEADS),
    ).fetchall()
    owners = [Held(n, id_, ent, owner, {}) for n, id_, ent, owner in found if ent in kinds]
    living = db.execute(
        "SELECT owner, role, member FROM member WHERE owner IN (SELECT value FROM json_each(?))"
        " AND +is_deleted = 0 AND member IS NOT NULL ORDER BY pos, id",
        (dumps([row.id for row in owners]),),
    )
    sets = grouped(((owner, role), member) for owner, role, member in living)
    for ent, of_kind in grouped((row.ent, row) for row in owners).items():
        for field in kinds[ent].sets:
            values = [
                (dumps(list(dict.fromkeys(m))) if (m := sets.get((r.id, field.name))) else None, r.id) for r in of_kind
            ]
            db.executemany(f'UPDATE "{ent}" SET "{field.name}" = ? WHERE id = ? AND "{field.name}" IS NOT ?1', values)
    return owners
