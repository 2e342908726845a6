"""An update that is killed, or runs out of disk, at any of its statements leaves the old workspace or the new one.

A kill is played by copying the database and its log before each statement and opening the copy; true kills of a
process prove that this is the same.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.helpers.kills import KILLED, ends_of
from tests.helpers.newer_schema import next_steps
from ucapdesk.store.errors import DiskFull, translate
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import Database, connect, problems

ROWS = 300
BEFORE, AFTER = database.HEAD, f"{int(database.HEAD) + 1:04}"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database with records, closed."""
    path = tmp_path / "store.db"
    database.migrate(path)
    with contextlib.closing(connect(path)) as db:
        db.execute("BEGIN")
        for n in range(ROWS):
            db.execute("INSERT INTO sync_row(n, id, ent, heads) VALUES(?, ?, 'meeting', '{}')", (n, f"m{n}"))
            db.execute("INSERT INTO meeting(id, notes) VALUES(?, ?)", (f"m{n}", "柳州 " * 50))
        db.execute("COMMIT")
    return path


def state(path: Path) -> str:
    """The step a database is at, after making sure that it is wholly so."""
    with contextlib.closing(connect(path)) as db:
        step = database.revision(db)
        vehicles = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'vehicle'").fetchone()[0]
        columns = [row[1] for row in db.execute("PRAGMA table_info(meeting)")]
        new = step == AFTER
        assert bool(vehicles) == new
        assert ("dress_code" in columns) == new
        assert not new or db.execute("SELECT count(*) FROM vehicle").fetchone()[0] == ROWS
        assert db.execute("SELECT count(*), sum(length(notes)) FROM meeting").fetchone() == (ROWS, ROWS * 150)
        assert db.execute("PRAGMA user_version").fetchone()[0] == int(step or 0)
        assert problems(db) == []
    return step or "nothing"


def each_statement(monkeypatch: pytest.MonkeyPatch, before: Callable[[Database], None]) -> None:
    """Have ``before`` called before every statement of a migration, with little memory for pages."""

    def watched(*args: Any, **kwargs: Any) -> Database:
        db = connect(*args, **kwargs)
        db.execute("PRAGMA cache_size=10")  # pages reach the log early, as in a large update
        db.set_trace_callback(lambda _: before(db))
        return db

    monkeypatch.setattr(database, "connect", watched)


def test_killed_at_any_statement_it_is_the_old_or_the_new(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, revision = next_steps(tmp_path)
    copies: list[Path] = []

    def copy(_: Database) -> None:
        place = tmp_path / f"killed {len(copies)}"
        place.mkdir()
        for file in older.parent.glob("store.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, place)
        copies.append(place / "store.db")

    each_statement(monkeypatch, copy)
    database.migrate(older, folder=folder, target=revision)
    copy(None)
    monkeypatch.undo()
    found = [state(path) for path in copies]
    assert len(found) > 12
    assert found == sorted(found)
    assert set(found) == {BEFORE, AFTER}
    # Tried again, each of them gets there.
    for path in copies[:: len(copies) // 4]:
        database.migrate(path, folder=folder, target=revision)
        assert state(path) == AFTER


def test_out_of_disk_at_any_page_it_is_the_old_or_the_new(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, revision = next_steps(tmp_path)
    said, room = [], 0
    with contextlib.closing(connect(older)) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    while state(older) == BEFORE:

        def limit(db: Database, most: int = pages + room) -> None:
            db.set_trace_callback(None)
            db.execute(f"PRAGMA max_page_count={most}")

        with monkeypatch.context() as patch:
            each_statement(patch, limit)
            try:
                database.migrate(older, folder=folder, target=revision)
            except DBAPIError as error:
                said.append(translate(error, older))
        room += 1
    assert len(said) >= 3
    assert all(isinstance(error, DiskFull) for error in said)


MIGRATING = """
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import connect
from alembic import command
def step(folder, target, path, after):
    left = [int(after)]
    def count(_):
        left[0] -= 1
        if left[0] < 0:
            kill_self()
    def watched(*args, **kwargs):
        db = connect(*args, **kwargs)
        db.execute("PRAGMA cache_size=10")
        db.set_trace_callback(count)
        return db
    database.connect = watched
    database.migrate(Path(path), folder=Path(folder), target=target)
"""


def test_truly_killed_it_is_the_old_or_the_new(older: Path, tmp_path: Path) -> None:
    folder, revision = next_steps(tmp_path)
    databases = []
    for number in range(20):
        databases.append(tmp_path / f"copy{number}.db")
        shutil.copy(older, databases[-1])
    ends = ends_of(
        MIGRATING, *((str(folder), revision, str(path), str(number)) for number, path in enumerate(databases))
    )
    assert ends.count(KILLED) > 12
    for end, path in zip(ends, databases, strict=True):
        assert state(path) in ({AFTER} if end == 0 else {BEFORE, AFTER})
