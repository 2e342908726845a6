"""Resolves one id under which two kinds of record were written: the same kind on every desk, whatever arrived first.

No desk of ours writes so; a foreign program may. The kind stands that was written first: among those that nobody wrote
knowing of another, the one whose name comes first. What was written under another kind stays in the log and is shown
nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ucapdesk.model.kind import Kind
from ucapdesk.store.log.liveness import unseen
from ucapdesk.store.merge.row_state import ERASED, Held

if TYPE_CHECKING:
    from ucapdesk.base.json_text import Json
    from ucapdesk.store.log.log import Dot, Log

_Written = tuple["Dot", dict[int, int], dict[str, dict[str, "Json"]]]
"""A changeset, what its author had seen, and the cells it wrote by kind."""


def make_one(log: Log, kinds: Mapping[str, Kind], row: Held) -> set[str]:
    """Give a row the kind and the cells that it has on every desk; return the cells that several wrote at once."""
    written = list(_written(log, row))
    row.ent = _kind(log, row, whole=True)
    row.heads, row.cells = {}, {}
    for dot, seen, by_kind in written:
        for cell, value in by_kind.get(row.ent, {}).items():
            row.heads[cell] = [*unseen(row.heads.get(cell, []), dot, seen), *dot]
            row.cells[cell] = value
    row.cells.setdefault("owner", None)
    _move(log.db, kinds, row, {kind for _, _, by_kind in written for kind in by_kind})
    return {cell for cell, heads in row.heads.items() if len(heads) > 2}


def make_one_erased(log: Log, kinds: Mapping[str, Kind], rows: Iterable[Held], mixed: Collection[str]) -> None:
    """Give rows whose data was removed the kind that they have on every desk.

    Args:
        log: Where they stand.
        kinds: All kinds.
        rows: They.
        mixed: Those that were written as two kinds now: they get a place in the table of each.
    """
    for row in rows:
        kind = _kind(log, row, whole=False)
        if kind != row.ent or row.id in mixed:
            row.ent = kind
            _move(log.db, kinds, row, {kind for _, _, by_kind in _written(log, row) for kind in by_kind})


def _kind(log: Log, row: Held, *, whole: bool) -> str:
    """Return the kind of a row; ``whole``: if lines were taken out, what is left says it."""
    lines = [line for changeset in log.first(row.n, row.id) for line in changeset.lines_of(row.id) if line[0] != ERASED]
    left = {ent for ent, _, said in lines if whole and not isinstance(said, str)}
    return min(left or {ent for ent, _, _ in lines}, default=row.ent)


def _written(log: Log, row: Held) -> Iterator[_Written]:
    for _, dot, vv, changeset in log.touching(row.n):
        by_kind: dict[str, dict[str, Json]] = {}
        for ent, _, said in changeset.lines_of(row.id):
            if ent != ERASED:
                by_kind.setdefault(ent, {}).update({} if isinstance(said, str) else said)
        if by_kind:
            yield dot, log.vector_of(vv), by_kind


def _move(db: Any, kinds: Mapping[str, Kind], row: Held, written: set[str]) -> None:
    """Put a row, emptied, into the table of each kind, since a link may lead there; only in its own one it shows anything.

    What is kept on this laptop alone stays there.
    """
    db.execute("UPDATE sync_row SET ent = ? WHERE n = ?", (row.ent, row.n))
    db.execute("DELETE FROM sync_conflict WHERE row = ?", (row.n,))
    db.execute("DELETE FROM search WHERE rowid = ?", (row.n,))
    for name in sorted(written & kinds.keys()):
        hidden = name != row.ent
        emptied = [field.name for field in kinds[name].fields.values() if hidden or not field.meta.local]
        nothing = "".join(f', "{field}" = NULL' for field in ("sort_en", "sort_zh", *emptied))
        db.execute(f'INSERT INTO "{name}"(id) VALUES(?) ON CONFLICT(id) DO NOTHING', (row.id,))
        db.execute(f'UPDATE "{name}" SET is_deleted = ?{nothing} WHERE id = ?', (int(hidden), row.id))
