"""A record's row in the log's own table: which changesets its cells come from, and whose part it is.

*Heads* of a cell are the changesets whose value is not in the past of another one's, as ``[device, seq, …]`` with
local device numbers. One head is the normal case; several mean that people wrote without knowing of each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps

Heads = list[int]
_loads: Callable[[str], Any] = json.JSONDecoder().decode

TRASHED = "~"
"""The cell that holds whether a record is in the Trash: 1 moved there, 0 restored."""
ERASED = "~erase"
"""The cell that marks the removal of a person's data; it is the only head that such a record has left."""
ERASED_HEADS = f'{{"{ERASED}"%'
"""The SQL pattern of the heads of a removed record."""


def erased_ids(db: Any) -> set[str]:
    """Return the records whose data was removed."""
    return {id_ for (id_,) in db.execute("SELECT id FROM sync_row WHERE heads LIKE ?", (ERASED_HEADS,)).fetchall()}


def gone_with(db: Any, ids: Collection[str]) -> dict[str, str]:
    """Return which of these records were removed, and with whom."""
    query = "SELECT id, coalesce(owner, id) FROM sync_row WHERE id IN (SELECT value FROM json_each(?)) AND heads LIKE ?"
    return dict(db.execute(query, (dumps(list(ids)), ERASED_HEADS)).fetchall()) if ids else {}


def any_is_erased(db: Any) -> bool:
    """Return whether data of anybody was removed."""
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
    """Return the heads as pairs."""
    return zip(heads[::2], heads[1::2], strict=True)


def load(db: Any, ids: Collection[str]) -> dict[str, Held]:
    """Return the rows of these records, as far as they exist."""
    if not ids:
        return {}
    sql = "SELECT n, id, ent, owner, heads FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    return {i: Held(n, i, e, o, _loads(h)) for n, i, e, o, h in db.execute(sql, (dumps(list(ids)),))}


def load_one(db: Any, id_: str) -> Held | None:
    """Return one row, or None."""
    return load(db, [id_]).get(id_)


def places(db: Any, ids: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """Return the kind and the owner of these records, as far as they exist."""
    sql = "SELECT id, ent, owner FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    return {id_: (ent, owner) for id_, ent, owner in db.execute(sql, (dumps(list(ids)),))}


def by_kind(db: Any, ids: Collection[str]) -> dict[str, list[str]]:
    """Return which of these records there are, by kind."""
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
    """Write rows back."""
    rows = list(rows)
    new = [(r.n, r.id, r.ent, r.owner, dumps(r.heads)) for r in rows if r.new]
    db.executemany("INSERT INTO sync_row VALUES(?, ?, ?, ?, ?)", new)
    old = [(r.owner, dumps(r.heads), r.n) for r in rows if not r.new]
    db.executemany("UPDATE sync_row SET owner = ?, heads = ? WHERE n = ?", old)
