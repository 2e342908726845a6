"""Typing that is not saved yet, in a table of this laptop: outside the log, the search and the packages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ucapdesk.base.json_text import Json, dumps

if TYPE_CHECKING:
    from ucapdesk.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Draft:
    """One cell as typed, and the heads that it had when its field got the focus."""

    kind: str
    id: str
    cell: str
    value: Json
    seen: Mapping[str, list[int]]


class Drafts:
    """The draft table of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, draft: Draft) -> None:
        """Write down what was typed so far; the newest stands."""
        with self._desk.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO draft(id, fld, ent, value, seen, at) VALUES(?, ?, ?, ?, ?, ?)",
                (
                    draft.id,
                    draft.cell,
                    draft.kind,
                    dumps(draft.value),
                    dumps(dict(draft.seen)),
                    self._desk.workspace.clock(),
                ),
            )

    def drop(self, id_: str, cell: str | None = None) -> None:
        """Forget the drafts of a record, or of one cell of it."""
        with self._desk.transaction() as db:
            db.execute("DELETE FROM draft WHERE id = ? AND (? IS NULL OR fld = ?)", (id_, cell, cell))

    def all(self) -> list[Draft]:
        """Drafts left over, oldest first."""
        with self._desk.alone():
            rows: list[tuple[Any, ...]] = self._desk.db.execute(
                "SELECT ent, id, fld, value, seen FROM draft ORDER BY at, id, fld"
            ).fetchall()
        return [Draft(kind, id_, cell, json.loads(value), json.loads(seen)) for kind, id_, cell, value, seen in rows]
