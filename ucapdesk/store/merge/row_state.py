"""A record's row in the log's own table (which changesets its cells come from, whose part it is) and in the table of its kind.

*Heads* of a cell are the changesets whose value is not in the past of another one's, as ``[device, seq, …]`` with
local device numbers. One head is the normal case; several mean that people wrote without knowing of each other.

Resolved cells are written into the tables of the kinds in few statements, with the same bytes on every desk.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind

Heads = list[int]
_loads: Callable[[str], Any] = json.JSONDecoder().decode

TRASHED = "~"  # The cell that holds whether a record is in the Trash: 1 moved there, 0 restored
ERASED = "~erase"  # The cell that marks the removal of a person's data; it is the only head that such a record has left
ERASED_HEADS = f'{{"{ERASED}"%'  # The SQL pattern of the heads of a removed record


def erased_ids(db: Any) -> set[str]:
    return {id_ for (id_,) in db.execute("SELECT id FROM sync_row WHERE heads LIKE ?", (ERASED_HEADS,)).fetchall()}


def gone_with(db: Any, ids: Collection[str]) -> dict[str, str]:
    query = "SELECT id, coalesce(owner, id) FROM sync_row WHERE id IN (SELECT value FROM json_each(?)) AND heads LIKE ?"
    return dict(db.execute(query, (dumps(list(ids)), ERASED_HEADS)).fetchall()) if ids else {}


def any_is_erased(db: Any) -> bool:
    return bool(db.execute("SELECT 1 FROM sync_row WHERE heads LIKE ? LIMIT 1", (ERASED_HEADS,)).fetchone())


def is_of_the_log(ent: str) -> bool:
    """Return whether rows of this name are no records but statements of the log about people and laptops."""
    return ent.startswith("~")


@dataclass(slots=True)
class Held:
    """One record while changesets are applied. ``cells`` collects the settled values still to be written."""

    n: int
    id: str
    ent: str
    owner: str | None
    heads: dict[str, Heads]
    new: bool = False
    cells: dict[str, Json] = field(default_factory=dict)


def dots(heads: Heads) -> Iterator[tuple[int, int]]:
    return zip(heads[::2], heads[1::2], strict=True)


def load(db: Any, ids: Collection[str]) -> dict[str, Held]:
    if not ids:
        return {}
    sql = "SELECT n, id, ent, owner, heads FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    return {i: Held(n, i, e, o, _loads(h)) for n, i, e, o, h in db.execute(sql, (dumps(list(ids)),))}


def load_one(db: Any, id_: str) -> Held | None:
    return load(db, [id_]).get(id_)


def places(db: Any, ids: Collection[str]) -> dict[str, tuple[str, str | None]]:
    sql = "SELECT id, ent, owner FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    return {id_: (ent, owner) for id_, ent, owner in db.execute(sql, (dumps(list(ids)),))}


def by_kind(db: Any, ids: Collection[str]) -> dict[str, list[str]]:
    found = db.execute("SELECT ent, id FROM sync_row WHERE id IN (SELECT value FROM json_each(?))", (dumps(list(ids)),))
    return grouped(found.fetchall())


def below(db: Any, row: Held) -> list[Held]:
    """Return the rows that belong to this one, members of its sets included."""
    found = db.execute("SELECT n, id, ent, owner, heads FROM sync_row WHERE owner = ?", (row.id,))
    return [Held(n, i, e, o, _loads(h)) for n, i, e, o, h in found.fetchall()]


def all_heads(db: Any, id_: str) -> dict[str, Heads]:
    """Return the heads of a record's cells, and under the name of each of its sets those of its members."""
    row = load_one(db, id_)
    if row is None:
        return {}
    heads = dict(row.heads)
    sql = "SELECT m.role, r.heads FROM member m JOIN sync_row r ON r.id = m.id WHERE m.owner = ? ORDER BY m.role, m.id"
    for role, of_member in db.execute(sql, (id_,)).fetchall():
        for cell in _loads(of_member).values():
            heads[role] = [*heads.get(role, []), *cell]
    return heads


def keep(db: Any, rows: Iterable[Held]) -> None:
    rows = list(rows)
    new = [(r.n, r.id, r.ent, r.owner, dumps(r.heads)) for r in rows if r.new]
    db.executemany("INSERT INTO sync_row VALUES(?, ?, ?, ?, ?)", new)
    old = [(r.owner, dumps(r.heads), r.n) for r in rows if not r.new]
    db.executemany("UPDATE sync_row SET owner = ?, heads = ? WHERE n = ?", old)


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
    values: dict[str, Any] = {}
    for cell, value in row.cells.items():
        place = kind.place_of(cell)
        if place is None:
            continue
        field, key = place
        if not key:
            values[field.name] = field.type.column(value)
            continue
        if field.name not in values:
            values[field.name] = {}
            keyed[row.ent, field.name].append(row.id)
        values[field.name][key] = value if type(value) is field.type.cells_hold else None
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
    filled = {key: value for key, value in cells.items() if value is not None and value != ""}
    return dumps(filled) if filled else None


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
        for sets_field in kinds[ent].sets:
            values = [
                (dumps(list(dict.fromkeys(m))) if (m := sets.get((r.id, sets_field.name))) else None, r.id)
                for r in of_kind
            ]
            db.executemany(
                f'UPDATE "{ent}" SET "{sets_field.name}" = ? WHERE id = ? AND "{sets_field.name}" IS NOT ?1', values
            )
    return owners
