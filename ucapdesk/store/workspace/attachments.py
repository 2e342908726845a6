"""Finds the files that records name, whether or not their bytes are here."""

from __future__ import annotations

from functools import cache

from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.candidates import candidates
from ucapdesk.store.merge.row_state import load_one
from ucapdesk.store.workspace.connection import Database


@cache
def _places() -> tuple[tuple[str, KindField], ...]:
    """Return the fields that name a file, each with its kind."""
    fields = ((name, field) for name, kind in KINDS.items() for field in kind.fields.values())
    return tuple((name, field) for name, field in fields if getattr(field.type, "cls", None) is FileRef)


def named_files(db: Database, *, trash: bool = False) -> dict[str, FileRef]:
    """Return the files of all living records, by their hash; with ``trash`` also of those in the Trash.

    Where several people put different files into one place all of them are named: until somebody decides, and then by
    whoever chooses another of them.
    """
    found: dict[str, FileRef] = {}
    asked = _asked(db)
    for name, field in _places():
        query = f'SELECT "{field.name}" FROM "{name}" WHERE "{field.name}" IS NOT NULL'
        query += "" if trash else " AND is_deleted = 0"
        stored = [field.type.load(value) for (value,) in db.execute(query)]
        stored += [field.type.load(field.type.column(value)) for value in asked[name, field.name]]
        found |= {value.sha256: value for value in stored if value is not None and value.sha256}
    return found


def _asked(db: Database) -> dict[tuple[str, str], list[object]]:
    """Return the values among which is still to be chosen, by the kind and the field that they are for."""
    found = {(name, field.name): list[object]() for name, field in _places()}
    sql = "SELECT r.ent, c.fld, r.id FROM sync_conflict c JOIN sync_row r ON r.n = c.row"
    for ent, cell, id_ in db.execute(sql).fetchall():
        held = load_one(db, id_) if (ent, cell) in found else None
        if held is not None:
            found[ent, cell] += (each.value for each in candidates(Log(db, ""), id_, cell, held.heads[cell]))
    return found
