"""Drafts of unsaved typing, in a table of this laptop: outside the log, the search and the packages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from ucapdesk.base.json_text import Json, dumps
from ucapdesk.store.desk import Desk


class Draft(NamedTuple):
    """One cell as typed, and the heads that it had when its field got the focus."""

    kind: str
    id: str
    cell: str
    value: Json
    seen: Mapping[str, list[int]]


def keep(desk: Desk, draft: Draft) -> None:
    """Keep a draft; the newest counts."""
    row = (draft.id, draft.cell, draft.kind, dumps(draft.value), dumps(dict(draft.seen)), desk.workspace.clock())
    with desk.transaction() as db:
        db.execute("INSERT OR REPLACE INTO draft(id, fld, ent, value, seen, at) VALUES(?, ?, ?, ?, ?, ?)", row)


def drop(desk: Desk, id_: str, cell: str | None = None) -> None:
    with desk.transaction() as db:
        db.execute("DELETE FROM draft WHERE id = ? AND (? IS NULL OR fld = ?)", (id_, cell, cell))


def kept(desk: Desk) -> list[Draft]:
    """Return the drafts left over, oldest first."""
    rows = desk.ask("SELECT ent, id, fld, value, seen FROM draft ORDER BY at, id, fld")
    return [Draft(kind, id_, cell, json.loads(value), json.loads(seen)) for kind, id_, cell, value, seen in rows]
