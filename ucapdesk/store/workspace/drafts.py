"""Drafts of unsaved typing, in a table of this laptop: outside the log, the search and the packages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.clock import Clock
from ucapdesk.base.json_text import Json, dumps


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

    def __init__(
        self,
        db: Any,
        transaction: Callable[[], AbstractContextManager[Any]],
        alone: Callable[[], AbstractContextManager[None]],
        clock: Clock,
    ) -> None:
        """``db`` is read while ``alone`` holds it, and written inside a ``transaction``."""
        self._db, self._transaction, self._alone, self._clock = db, transaction, alone, clock

    def keep(self, draft: Draft) -> None:
        """Keep a draft; the newest counts."""
        row = (draft.id, draft.cell, draft.kind, dumps(draft.value), dumps(dict(draft.seen)), self._clock())
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO draft(id, fld, ent, value, seen, at) VALUES(?, ?, ?, ?, ?, ?)", row)

    def drop(self, id_: str, cell: str | None = None) -> None:
        """Drop the drafts of a record, or of one cell of it."""
        with self._transaction() as db:
            db.execute("DELETE FROM draft WHERE id = ? AND (? IS NULL OR fld = ?)", (id_, cell, cell))

    def all(self) -> list[Draft]:
        """Return the drafts left over, oldest first."""
        with self._alone():
            rows: list[tuple[Any, ...]] = self._db.execute(
                "SELECT ent, id, fld, value, seen FROM draft ORDER BY at, id, fld"
            ).fetchall()
        return [Draft(kind, id_, cell, json.loads(value), json.loads(seen)) for kind, id_, cell, value, seen in rows]
