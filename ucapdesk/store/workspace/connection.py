"""Opens the databases of a workspace: one driver, one set of pragmas, with or without a key.

There is one writing connection a workspace; everything that reads goes through connections that refuse to write.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, ExceptionContext, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from ucapdesk.base.errors import UserError
from ucapdesk.store.safety.damage import SayingConnection
from ucapdesk.store.workspace.protection import Key
from ucapdesk.store.workspace.sql_functions import add_functions

Database = Any
"""A connection of the driver (which ships no types)."""


APPLICATION_ID = 0x55434150
"""Says "UCAP" in the header of our databases."""
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
_DIALECT = SQLiteDialect_pysqlite(dbapi=driver)
_DIALECT.server_version_info = driver.sqlite_version_info  # else asked for at the first connection
_URL = URL.create("sqlite")
_COMPILED = LRUCache[Any, Any](500)
"""Statements as SQL: compiled once in a process, whichever workspace is open."""
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


@contextlib.contextmanager
def immediate(db: Database) -> Iterator[None]:
    """Open a transaction that writes; it is rolled back unless the block ends well."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a COMMIT refused for a dangling link leaves it open
            db.execute("ROLLBACK")
        raise


def use_key(db: Database, key: Key | None) -> None:
    """Read and write a database under a key, if there is one."""
    if key is not None:
        db.execute("PRAGMA cipher_log='off'")  # it writes to stderr otherwise
        db.execute("PRAGMA cipher_log_level=none")
        db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")


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
    uri = f"{path.absolute().as_uri()}?{mode}"
    db: Database = driver.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, factory=SayingConnection
    )
    db.path = path
    try:
        _set_up(db, key, read_only=read_only, immutable=immutable)
    except BaseException:
        db.close()
        raise
    return db


def _set_up(db: Database, key: Key | None, *, read_only: bool, immutable: bool) -> None:
    use_key(db, key)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    if read_only or immutable:
        db.execute("PRAGMA query_only=ON")
    else:
        db.execute("PRAGMA journal_mode=WAL")
    add_functions(db)
    db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a wrong key or a torn header shows here


def in_memory(like: Database = None, *tables: str) -> Database:
    """Return a database in memory with some tables of another one, empty."""
    db = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    for table in tables:
        db.execute(like.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])
    return db


def engine_for(path: Path, key: Key | None = None, *, immutable: bool = False) -> Engine:
    """Return an engine whose connections only read; each transaction sees one state from beginning to end."""
    pool = QueuePool(lambda: connect(path, key, read_only=True, immutable=immutable), pool_size=4, dialect=_DIALECT)
    engine = Engine(pool, _DIALECT, _URL, execution_options={"compiled_cache": _COMPILED})

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        db: Database = conn.connection.driver_connection
        db.execute("BEGIN")  # without detours: every read begins so

    @event.listens_for(engine, "handle_error")
    def say(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, UserError):
            raise context.original_exception

    return engine


def driver_of(connection: Connection) -> Database:
    """Return the connection of the driver, in the same transaction: short questions are asked there, without detours."""
    if not connection.in_transaction():
        connection.begin()
    return connection.connection.driver_connection


def problems(db: Database) -> list[str]:
    """Return the problems found by SQLite's thorough check; it reads the whole file, so only ``check`` calls it."""
    found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check")]
    broken = db.execute("PRAGMA foreign_key_check")
    return found + [f"{table} {row} names no {target}" for table, row, target, _ in broken]
