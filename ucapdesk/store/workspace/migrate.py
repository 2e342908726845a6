"""Migrates the schema of ``store.db`` to the newest step.

A new workspace is made by the same steps. Alembic is imported only where there is something to do. All steps run in
one transaction with foreign keys off, as SQLite asks, and the links are checked before it is committed: an update
that fails half-way leaves the workspace as it was.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from ucapdesk.base.paths import migrations
from ucapdesk.store.workspace.connection import APPLICATION_ID, Database, connect
from ucapdesk.store.workspace.protection import Key

HEAD = "0003"
"""The newest step in ``db/migrations/versions``; a test compares them."""
SCHEMA = 3
"""The newest step that brought kinds or fields. Changesets name it: other steps make no difference to colleagues."""


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
    """Return whether there are steps to run."""
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
