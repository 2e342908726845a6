"""Which files the records name, whether or not their bytes are here."""

from __future__ import annotations

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.connection import Database


def named_files(db: Database, *, trash: bool = False) -> dict[str, FileRef]:
    """The files of all living records, by their hash; with ``trash`` also of those in the Trash."""
    found: dict[str, FileRef] = {}
    for name, kind in KINDS.items():
        for field in kind.fields.values():
            if getattr(field.type, "cls", None) is not FileRef:
                continue
            query = f'SELECT "{field.name}" FROM "{name}" WHERE "{field.name}" IS NOT NULL'
            query += "" if trash else " AND is_deleted = 0"
            for (stored,) in db.execute(query):
                value = field.type.load(stored)
                if value is not None and value.sha256:
                    found[value.sha256] = value
    return found
