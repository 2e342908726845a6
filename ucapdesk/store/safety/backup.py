"""Backups of a workspace's database within the workspace: one a day, one before each larger step.

The copies are whole databases under the same key, made beside the running program without stopping it. A copy is
written under a temporary name first, so one that was interrupted is never taken for a backup.
"""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.clock import moment
from ucapdesk.base.files import move, unused_name
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.store.errors import ALREADY_THERE, age_of, translated_errors
from ucapdesk.store.workspace.database import Database, connect, use_key
from ucapdesk.store.workspace.folder import BACKUPS, sync_folder
from ucapdesk.store.workspace.protection import Key

PAGES_AT_ONCE = 256
COPIES_KEPT = {"daily": 14}
KEPT_OF_STEPS = 10
MOST_BYTES = 2**30  # Of all copies in a workspace together; the newest of each sort stays whatever its size


class Steps:
    """The progress of several copies as one count."""

    def __init__(self, progress: Progress, whole: int) -> None:
        self.progress, self.whole, self.before = progress, max(whole, 1), 0

    def __call__(self, done: int, _: int) -> None:
        self.progress(min(self.before + done, self.whole), self.whole)

    def copy(self, source: Database, target: Path, key: Key | None) -> None:
        copy_database(source, target, key, self)
        self.before += pages_of(source)


def pages_of(db: Database) -> int:
    return int(db.execute("PRAGMA page_count").fetchone()[0])


def copy_database(source: Database, target: Path, key: Key | None, progress: Progress = untold) -> None:
    """Copy a database into a new file, under ``key``.

    Args:
        source: A connection to it, outside a transaction; others may go on writing.
        target: The new file; put in place only when it is whole.
        key: The key of the copy; a source that has none can only be copied without one.
        progress: Told of pages.
    """
    if target.exists():
        raise ALREADY_THERE(path=target)
    with (
        translated_errors(target.parent),
        written_aside(target) as part,
        contextlib.closing(driver.connect(str(part), isolation_level=None)) as copy,
    ):
        use_key(copy, key)
        copy.execute("PRAGMA synchronous=OFF")  # forced to the disk once, at the end
        source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda _, left, whole: progress(whole - left, whole))


@contextlib.contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """Yield a temporary name to write to; renamed to ``target`` at the end, removed if anything fails."""
    part = target.with_name(target.name + ".part")
    remove_database(part)
    try:
        yield part
        force_to_disk(part)
        move(part, target)
        sync_folder(target.parent)
    finally:
        remove_database(part)


def force_to_disk(file: Path) -> None:
    """Wait until a file is on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def remove_database(path: Path) -> None:
    """Remove a database and SQLite's files beside it."""
    remove_journals(path, "", "-journal")


def remove_journals(path: Path, *also: str) -> None:
    """Remove SQLite's log of writes beside a database: it must not be worked into another one in its place."""
    for suffix in ("-wal", "-shm", *also):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def keep_copy(
    source: Database, folder: Path, key: Key | None, why: str, *, at: int, progress: Progress = untold
) -> Path:
    """Copy the database into the workspace's ``backups`` and remove the oldest of its sort.

    Args:
        source: A connection to the database.
        folder: The workspace.
        key: Its data key.
        why: ``daily``, ``receive``, ``migration``, ``restore``, ``erase``, ``repair`` or ``rebuild``; a part of the name.
        at: The clock's reading.
        progress: Told of pages.
    """
    backups = folder / BACKUPS
    with translated_errors(folder):
        backups.mkdir(exist_ok=True)
        target = name_of_copy(backups, at, why)
        copy_database(source, target, key, progress)
        _let_go(backups, key, at)
    return target


def has_daily_copy(folder: Path, at: int) -> bool:
    return any((folder / BACKUPS).glob(f"{moment(at):%Y%m%d}*-daily.db"))


def remove_others(kept: Path) -> None:
    for other in kept.parent.glob("*.db"):
        if other != kept:
            remove_database(other)


def sweep(folder: Path) -> None:
    """Remove the remains of interrupted copies. Only the writer of a workspace may."""
    for half in (*(folder / BACKUPS).glob("*.part*"), *folder.glob("*.restored*")):
        half.unlink()


def name_of_copy(backups: Path, at: int, why: str) -> Path:
    """Return a free name for a backup of this moment; names sort by time."""
    return unused_name(backups, f"{moment(at):%Y%m%dT%H%M%SZ}", f"-{why}.db")


def _let_go(backups: Path, key: Key | None, now: int) -> None:
    """Remove the oldest copies if they are too many of their sort or too large together; never the last sound copy."""
    newest = sorted(backups.glob("*.db"), key=lambda copy: age_of(copy, now), reverse=True)
    count: dict[str, int] = defaultdict(int)
    size, gone = 0, list[Path]()
    for copy in newest:
        why = copy.stem.rpartition("-")[2]
        sort = why if why in COPIES_KEPT else "step"
        count[sort] += 1
        size += _size(copy)
        if count[sort] > COPIES_KEPT.get(sort, KEPT_OF_STEPS) or (count[sort] > 1 and size > MOST_BYTES):
            gone.append(copy)
    sound = next((copy for copy in newest if _is_sound(copy, key)), None) if gone else None
    for copy in gone:
        if copy != sound:
            remove_database(copy)


def _size(copy: Path) -> int:
    return sum(file.stat().st_size for file in (copy, copy.with_name(f"{copy.name}-wal")) if file.exists())


def _is_sound(copy: Path, key: Key | None) -> bool:
    """Return whether a copy could be restored: a damaged workspace makes damaged copies."""
    try:
        with contextlib.closing(connect(copy, key, read_only=True, immutable=True)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except driver.DatabaseError:
        return False
