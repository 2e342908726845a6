"""Finds the files that records name, whether or not their bytes are here."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.candidates import candidates
from ucapdesk.store.merge.row_state import load_one
from ucapdesk.store.workspace.connection import Database


def named_files(db: Database, *, trash: bool = False) -> dict[str, FileRef]:
    """Return the files of all living records, by their hash; with ``trash`` also of those in the Trash.

    Where several people put different files into one place all of them are named: until somebody decides, and then by
    whoever chooses another of them.
    """
    found: dict[str, FileRef] = {}
    for name, kind in KINDS.items():
        for field in kind.fields.values():
            if getattr(field.type, "cls", None) is not FileRef:
                continue
            query = f'SELECT "{field.name}" FROM "{name}" WHERE "{field.name}" IS NOT NULL'
            query += "" if trash else " AND is_deleted = 0"
            stored = [field.type.load(value) for (value,) in db.execute(query)]
            asked = [field.type.load(field.type.column(value)) for value in _asked(db, name, field.name)]
            found |= {value.sha256: value for value in (*stored, *asked) if value is not None and value.sha256}
    return found


def _asked(db: Database, kind: str, cell: str) -> Iterator[object]:
    """Yield the values among which is still to be chosen."""
    sql = "SELECT r.id FROM sync_conflict c JOIN sync_row r ON r.n = c.row WHERE r.ent = ? AND c.fld = ?"
    for (id_,) in db.execute(sql, (kind, cell)).fetchall():
        held = load_one(db, id_)
        if held is not None:
            yield from (each.value for each in candidates(Log(db, ""), id_, cell, held.heads[cell]))
