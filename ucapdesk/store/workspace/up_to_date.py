"""A workspace of an earlier version: brought up to date where it may be written, else read from a copy that is."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from ucapdesk.base.clock import Clock
from ucapdesk.store.errors import NewerWorkspace, damaged
from ucapdesk.store.merge import catch_up
from ucapdesk.store.safety import backup
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.connection import Database, connect
from ucapdesk.store.workspace.folder import STORE
from ucapdesk.store.workspace.migrate import is_behind, is_newer, migrate, revision
from ucapdesk.store.workspace.protection import Key


def bring_up_to_date(path: Path, key: Key | None, clock: Clock) -> Database:
    """Open the database for writing; one of an older version is migrated first, after a backup, and indexed anew."""
    with contextlib.ExitStack() as opened:
        db = opened.enter_context(contextlib.closing(connect(path / STORE, key)))
        older = is_behind(_known_revision(db, path))
        if older or catch_up.is_behind(db):
            backup.keep_copy(db, path, key, "migration", at=clock())
        if older:
            db.close()
            migrate(path / STORE, key)
            db = opened.enter_context(contextlib.closing(connect(path / STORE, key)))
        catch_up.catch_up(db)
        opened.pop_all()
    return db


def _known_revision(db: Database, path: Path) -> str:
    found = revision(db)
    if found is None:
        raise damaged(path, STORE)
    if is_newer(found):
        raise NewerWorkspace(path=path)
    return found


def readable_store(file: Path, key: Key | None, opened: contextlib.ExitStack, *, full: bool) -> tuple[Path, bool]:
    """Where to read a ``store.db`` without writing anything, and whether as a file that cannot change.

    One of an older version, or indexed by earlier rules, is read from a copy that is brought up to date.
    """
    store, immutable = readable(file, opened, full=full)
    with contextlib.closing(connect(store, key, read_only=True, immutable=immutable)) as db:
        older = is_behind(_known_revision(db, file.parent))
        if not older and (full or catch_up.is_indexed(db)):
            return store, immutable
        copy = temporary(opened) / STORE
        backup.copy_database(db, copy, key)
    if older:
        migrate(copy, key)
    with contextlib.closing(connect(copy, key)) as db:
        catch_up.catch_up(db)
    return copy, False


def readable(file: Path, opened: contextlib.ExitStack, *, full: bool) -> tuple[Path, bool]:
    """As above for any database: where nothing can be written, one with a log not yet worked in needs a copy."""
    if folder.can_be_written(file.parent) and not full:
        return file, False
    pending = file.with_name(f"{file.name}-wal")
    if not pending.exists() or not pending.stat().st_size:
        return file, True
    copy = temporary(opened)
    for each in (file, pending):
        shutil.copyfile(each, copy / each.name)
    return copy / file.name, False


def temporary(opened: contextlib.ExitStack) -> Path:
    """Return a folder only this user can read, removed when the workspace is closed."""
    return Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="ucapdesk-", ignore_cleanup_errors=True)))
