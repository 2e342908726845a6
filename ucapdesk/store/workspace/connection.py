"""Opens the databases of a workspace: one driver, one set of pragmas, with or without a key.

There is one writing connection a workspace; everything that reads goes through connections that refuse to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.store.safety.damage import SayingConnection
from ucapdesk.store.workspace.protection import Key
from ucapdesk.store.workspace.sql_functions import add_functions

Database = Any
"""A connection of the driver (which ships no types)."""


APPLICATION_ID = 0x55434150
"""Says "UCAP" in the header of our databases."""
MAX_IDLE = 4
"""Reading connections that are kept open for the next read."""
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def connect(
    path: Path, key: Key | None = None, *, read_only: bool = False, immutable: bool = False, create: bool = False
) -> Database:
    """Open a database.

    Args:
        path: The file.
        key: The data key of a protected workspace.
        read_only: Refuse every statement that writes.
        immutable: The file lies where nothing can be written (not even a lock) and nobody else writes it.
        create: Make the file; without it a missing file is an error instead of an empty database.
    """
    mode = "mode=ro&immutable=1" if immutable else f"mode={'rwc' if create else 'rw'}"
    db: Database = driver.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=SayingConnection,
    )
    db.path = path
    try:
        _set_up(db, key, read_only=read_only, immutable=immutable)
    except BaseException:
        db.close()
        raise
    return db


def _set_up(db: Database, key: Key | None, *, read_only: bool, immutable: bool) -> None:
    if key is not None:
        db.execute("PRAGMA cipher_log='off'")  # it writes to stderr otherwise
        db.execute("PRAGMA cipher_log_level=none")
        db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    if read_only or immutable:
        db.execute("PRAGMA query_only=ON")
    else:
        db.execute("PRAGMA journal_mode=WAL")
    add_functions(db)
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a wrong key or a torn header shows here


def in_memory(statements: Iterable[str] = ()) -> Database:
    """Return a database in memory with these tables."""
    db = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    for statement in statements:
        db.execute(statement)
    return db


class Readers:
    """The connections that read a workspace; each is lent to one block at a time, on any thread."""

    def __init__(self, open_one: Callable[[], Database]) -> None:
        self._open_one = open_one
        self._idle: list[Database] = []
        self._closed = False

    @contextmanager
    def connect(self) -> Iterator[Database]:
        """Lend a connection that sees one state of the workspace from beginning to end."""
        with self.lend() as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a connection outside of any transaction; one that was begun is rolled back."""
        db = self.open()
        try:
            yield db
        finally:
            self._take_back(db)

    def open(self) -> Database:
        """Return a connection that the caller closes."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._open_one()

    def _take_back(self, db: Database) -> None:
        with suppress(driver.Error):
            if db.in_transaction:
                db.execute("ROLLBACK")
            if not self._closed and len(self._idle) < MAX_IDLE:
                self._idle.append(db)
                return
        db.close()

    def close(self) -> None:
        """Close the connections; those that are lent close when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def readers_of(path: Path, key: Key | None = None, *, immutable: bool = False) -> Readers:
    """Return the connections that only read a database."""
    return Readers(lambda: connect(path, key, read_only=True, immutable=immutable))


def problems(db: Database) -> list[str]:
    """Return the problems found by SQLite's thorough check; it reads the whole file, so only ``check`` calls it."""
    found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check")]
    return found + [
        f"{table} {row} names no {target}" for table, row, target, _ in db.execute("PRAGMA foreign_key_check")
    ]
