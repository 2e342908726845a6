"""Keeps what was made of the records until something is written: pages ask the same again for each of their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ucapdesk.store.workspace.connection import Database

T = TypeVar("T")
MOST = 500
"""So many answers are kept at once."""


class UntilWritten:
    """Answers to questions about the records of a workspace."""

    def __init__(self) -> None:
        self._known: tuple[object, dict[object, Any]] = None, {}

    def get(self, db: Database, asked: object, make: Callable[[], T]) -> T:
        """Return the answer to a question, which ``make`` finds; ``db`` is a connection that reads."""
        now = _newest(db)
        known = self._known
        if known[0] != now or len(known[1]) >= MOST:
            known = self._known = now, {}
        if asked in known[1]:
            return known[1][asked]  # type: ignore[no-any-return]  # the question tells what it is
        made = make()
        if _newest(db) == now:
            known[1][asked] = made
        return made


def _newest(db: Database) -> Any:
    return db.execute("SELECT n, t, dev, seq FROM sync_changeset ORDER BY n DESC LIMIT 1").fetchone()
