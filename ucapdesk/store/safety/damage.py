"""Reports database damage that shows only when a page is read, as a sentence, wherever it is met.

Opening looks at the first pages alone. What lies behind them may be read minutes later, by any list or search, so the
connection itself turns such an error into ours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.store.errors import sqlite_code, translate


def said_of(error: driver.DatabaseError, path: Path) -> Exception:
    """Return the sentence for an error of the database at ``path``; the error itself where it is not about damage."""
    damaged = sqlite_code(error) in {driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT}
    return (translate(error, path.parent, path.name) if damaged else None) or error


def _saying(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of the driver's cursor that reports damage as a sentence."""

    def said(cursor: driver.Cursor, *what: Any) -> Any:
        try:
            return ask(cursor, *what)
        except driver.DatabaseError as error:
            raise said_of(error, cursor.connection.path) from error

    return said


class _Cursor(driver.Cursor):  # type: ignore[misc]
    """A cursor that reports damage as a sentence, at the first row or at a later one."""

    execute, executemany = _saying(driver.Cursor.execute), _saying(driver.Cursor.executemany)
    fetchone, fetchmany, fetchall = map(
        _saying, (driver.Cursor.fetchone, driver.Cursor.fetchmany, driver.Cursor.fetchall)
    )
    __next__ = _saying(driver.Cursor.__next__)


class SayingConnection(driver.Connection):  # type: ignore[misc]
    """A connection whose cursors are ours."""

    path = Path()

    def cursor(self, factory: type[driver.Cursor] = _Cursor) -> Any:
        return super().cursor(factory)
