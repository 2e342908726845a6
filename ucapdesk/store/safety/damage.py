"""Reports database damage that shows only when a page is read, as a sentence, wherever it is met.

Opening looks at the first pages alone. What lies behind them may be read minutes later, by any list or search, so the
connection itself turns such an error into ours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.errors import UserError
from ucapdesk.store.errors import DamagedAttachments, DamagedWithoutBackup, DamagedWorkspace, last_backup, sqlite_code
from ucapdesk.store.workspace.folder import FILES_DB


class DamagedLate(DamagedWorkspace, driver.DatabaseError):  # type: ignore[misc]  # the driver ships no types
    """A damaged page was found only when it was read."""


class DamagedLateWithoutBackup(DamagedWithoutBackup, driver.DatabaseError):  # type: ignore[misc]  # the driver ships no types
    """The same, where there is no backup."""


class DamagedAttachmentsLate(DamagedAttachments, driver.DatabaseError):  # type: ignore[misc]  # the driver ships no types
    """The same for ``files.db``."""


def said_of(error: driver.DatabaseError, path: Path) -> driver.DatabaseError:
    """Return the sentence for an error of the database at ``path``; the error itself where it is not about damage.

    It stays an error of the driver, so that whoever handles those handles it too.
    """
    code = sqlite_code(error)
    if isinstance(error, UserError) or code not in {driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT}:
        return error
    said: driver.DatabaseError
    if path.name == FILES_DB:
        said = DamagedAttachmentsLate(path=path.parent, file=path.name)
    elif (backup := last_backup(path.parent)) is not None:
        said = DamagedLate(path=path.parent, file=path.name, backup=backup.name)
    else:
        said = DamagedLateWithoutBackup(path=path.parent, file=path.name)
    said.sqlite_errorcode = code
    return said


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
