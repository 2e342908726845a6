"""Opens the databases of a workspace: one driver, one set of pragmas, with or without a key; migrates their schema.

There is one writing connection a workspace; everything that reads goes through connections that refuse to write. Opening looks at
the first pages alone. What lies behind them may be read minutes later, by any list or search, so the
connection itself turns an error of a damaged page into ours.

SQL functions in Python serve only rows that SQLite could not settle by itself: a text about whose translation something was said, and
a sort by a text that is no title.

A new workspace is made by the same steps that migrate an old one. Alembic is imported only where there is something to do. All
steps run in one transaction with foreign keys off, as SQLite asks, and the links are checked before it is committed: an update
that fails half-way leaves the workspace as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.util import LRUCache

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import migrations
from ucapdesk.model.values.bilingual import Bilingual
from ucapdesk.store.errors import sqlite_code, translate
from ucapdesk.store.read.sorting import sort_key
from ucapdesk.store.workspace.protection import Key


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


_ENOUGH = 16  # characters that decide the place of a text that is no title


def has_state(stored: str | None, state: str) -> bool:
    """Return whether a text of a bilingual column is in a state such as ``outdated``, in any language."""
    value = Bilingual(loads(stored)) if stored else Bilingual()
    return any(value.state(lang) == state for lang in LANGUAGES if f"{lang}.state" in value.cells)


def text_key(stored: str | None, lang: str) -> str | None:
    said = Bilingual(loads(stored)).said(lang, "en") if stored else ""
    return sort_key(said[:_ENOUGH]) if said else None


def add_functions(db: Any) -> None:
    db.create_function("has_state", 2, has_state, deterministic=True)
    db.create_function("text_key", 2, text_key, deterministic=True)


Database = Any  # A connection of the driver (which ships no types)


APPLICATION_ID = 0x55434150  # Says "UCAP" in the header of our databases
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
_DIALECT = SQLiteDialect_pysqlite(dbapi=driver)
_DIALECT.server_version_info = driver.sqlite_version_info  # else asked for at the first connection
_URL = URL.create("sqlite")
_COMPILED = LRUCache[Any, Any](500)  # Statements as SQL: compiled once in a process, whichever workspace is open
_OFTEN = 20_000  # Steps of SQLite's machine between two checks for cancelling: some milliseconds


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


HEAD = "0004"  # The newest step in ``db/migrations/versions``; a test compares them
# The newest step that brought kinds or fields. Changesets name it: other steps make no difference to colleagues.
SCHEMA = 4


def revision(db: Database) -> str | None:
    """Return the step a database is at; None where it has no tables yet."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
        return None
    row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def is_newer(found: str | None) -> bool:
    """Return whether this version does not know a step. Steps are numbered, so later ones sort behind."""
    return found is not None and found > HEAD


def is_behind(found: str) -> bool:
    return found < HEAD


def migrate(path: Path, key: Key | None = None, *, folder: Path | None = None, target: str | None = None) -> None:
    """Bring the database at ``path`` (made if it is not there) to a step.

    Args:
        path: The database; nobody else has it open.
        key: The data key of a protected workspace.
        folder: Where the steps are, if not the program's own.
        target: The step to reach, if not the newest.
    """
    target = target or HEAD
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, key, create=True), module=driver, poolclass=NullPool
    )

    @event.listens_for(engine, "connect")
    def without_keys(db: Database, _: object) -> None:
        db.execute("PRAGMA foreign_keys=OFF")  # does nothing inside a transaction, so before it

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        _run_steps(connection, folder or migrations(), target)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise driver.IntegrityError(f"after migrating, {broken[0]} {broken[1]} names no {broken[2]}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={int(target)}")
    _give_room_back(path, key)


def _give_room_back(path: Path, key: Key | None) -> None:
    """Make the file smaller where a step has left much of it empty, if the disk has the room for that."""
    with contextlib.closing(connect(path, key)) as db:
        (free,), (pages,) = (db.execute(f"PRAGMA {name}").fetchone() for name in ("freelist_count", "page_count"))
        if free > pages // 20:
            with contextlib.suppress(driver.OperationalError):
                db.execute("VACUUM")


def _run_steps(connection: Connection, folder: Path, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
