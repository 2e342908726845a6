"""Cancels a long statement of SQLite."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import sqlcipher3.dbapi2 as driver

from ucapdesk.store.workspace.connection import Database

_OFTEN = 20_000
"""Steps of SQLite's machine between two checks for cancelling: some milliseconds."""


@contextlib.contextmanager
def stoppable(db: Database, ask: Callable[[], object]) -> Iterator[None]:
    """Call ``ask`` often while statements run on a connection; an exception in it ends even a long statement."""
    stopped: list[BaseException] = []

    def go_on() -> int:
        try:
            ask()
        except BaseException as error:  # noqa: BLE001 - raised again below; nothing may pass through SQLite
            stopped.append(error)
        return len(stopped)

    db.set_progress_handler(go_on, _OFTEN)
    try:
        yield
    except driver.OperationalError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        db.set_progress_handler(None, 0)
