"""Settled cells into the tables of the kinds, in few statements, with the same bytes on every desk."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind
from ucapdesk.store.held import Held

MEMBER = "member"
Columns = dict[str, dict[str, Any]]
"""record id → column → content"""


def write_columns(db: Any, kinds: Mapping[str, Kind], rows: Iterable[Held]) -> None:
    """Write the collected cells of these rows. Kinds and cells this version does not know stay in the log alone."""
    rows = [row for row in rows if row.ent in kinds]
    keyed = _keyed_columns(db, kinds, rows)
    batches: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        values = keyed.get(row.id, {})
        for cell, value in row.cells.items():
            place = kinds[row.ent].place_of(cell)
            if place and not place[1]:
                values[place[0].name] = place[0].type.column(value)
        if values or row.new:
            names = tuple(sorted(values))
            batches[row.ent, names].append((row.id, *(values[name] for name in names)))
    for (ent, names), parameters in batches.items():
        db.executemany(_upsert(ent, names), parameters)


def _keyed_columns(db: Any, kinds: Mapping[str, Kind], rows: Iterable[Held]) -> Columns:
    """Columns of several cells: what they hold now with the new cells in it, keys sorted."""
    found: dict[str, dict[str, dict[str, Json]]] = defaultdict(lambda: defaultdict(dict))
    present: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        for cell, value in row.cells.items():
            place = kinds[row.ent].place_of(cell)
            if place and place[1]:
                name = place[0].name
                if not row.new and name not in found[row.id]:
                    present[row.ent, name].append(row.id)
                found[row.id][name][place[1]] = value
    for (ent, name), ids in present.items():
        query = f'SELECT id, "{name}" FROM "{ent}" WHERE id IN (SELECT value FROM json_each(?))'
        for id_, text in db.execute(query, (dumps(ids),)):
            if text:
                found[id_][name] = {**json.loads(text), **found[id_][name]}
    return {id_: {name: _flat(cells) for name, cells in columns.items()} for id_, columns in found.items()}


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


def write_sets(db: Any, kinds: Mapping[str, Kind], rows: Collection[Held]) -> list[Held]:
    """Derive the set columns of every owner whose members were written. Returns the owners' rows."""
    touched = {row.owner for row in rows if row.ent == MEMBER and row.owner}
    if not touched:
        return []
    found = db.execute(
        "SELECT r.n, r.id, r.ent, r.owner FROM sync_row r WHERE r.id IN (SELECT value FROM json_each(?))",
        (dumps(list(touched)),),
    ).fetchall()
    owners = [Held(n, id_, ent, owner, {}) for n, id_, ent, owner in found if ent in kinds]
    sets: dict[tuple[str, str], list[str]] = defaultdict(list)
    living = db.execute(
        "SELECT owner, role, member FROM member WHERE owner IN (SELECT value FROM json_each(?))"
        " AND +is_deleted = 0 AND member IS NOT NULL ORDER BY pos, id",
        (dumps([row.id for row in owners]),),
    )
    for owner, role, member in living:
        sets[owner, role].append(member)
    by_kind: dict[str, list[Held]] = defaultdict(list)
    for row in owners:
        by_kind[row.ent].append(row)
    for ent, of_kind in by_kind.items():
        for field in kinds[ent].sets:
            values = [
                (dumps(list(dict.fromkeys(m))) if (m := sets.get((r.id, field.name))) else None, r.id) for r in of_kind
            ]
            db.executemany(f'UPDATE "{ent}" SET "{field.name}" = ? WHERE id = ? AND "{field.name}" IS NOT ?1', values)
    return owners
