"""An open workspace: its only writing connection, its readers, its files, and its device; one of an earlier version is brought up to date.

Where an earlier one may be written it is migrated, else it is read from a copy that is. Then it shows what newer programs had
written into the log: a kind or field that the last version did not know was kept in the log alone. Now that it has a table or a
column, everything is made again from the log, once, in one transaction; a mark in the database says up to which schema that was done.
The same is done where data of people was removed before a version that removes more with them, as this one would.

What is derived from the columns by rules of ours (the words of the index, the keys of sorting) is made again where the rules
have changed since; a second mark says by which rules it was made.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from ucapdesk.base.clock import Clock, moment, system_clock
from ucapdesk.base.files import move
from ucapdesk.base.i18n import Message
from ucapdesk.base.ids import new_id
from ucapdesk.base.paths import config_dir
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.errors import (
    NEWER_WORKSPACE,
    WORKSPACE_REMOVED,
    DamagedDatabase,
    DiskFull,
    ReadOnlyWorkspace,
    damaged,
    refuse_long_names,
    translate,
    translated_errors,
)
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.row_state import any_is_erased
from ucapdesk.store.safety import backup
from ucapdesk.store.safety.erase import NO_LEFTOVERS
from ucapdesk.store.safety.restore import pack
from ucapdesk.store.search.full_text import index_rows, rebuild_index
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.database import (
    SCHEMA,
    Database,
    connect,
    driver_of,
    engine_for,
    immediate,
    is_behind,
    is_newer,
    migrate,
    revision,
)
from ucapdesk.store.workspace.file_store import CopiesOut, Files
from ucapdesk.store.workspace.folder import FILE as LOCK
from ucapdesk.store.workspace.folder import FILES_DB, INFO, STORE, WorkspaceInfo, WriterLock
from ucapdesk.store.workspace.identity import Identity, forget_identity, identity_for, successor
from ucapdesk.store.workspace.protection import Key, check_passphrase, new_key, wipe
from ucapdesk.store.workspace.rekey import database, settle
from ucapdesk.store.workspace.trusted_clock import BelievedClock

SHOWN_MARK = "shown"
INDEXED = "indexed"
# Version of the index rules, raised with every change of folding, pinyin, ``store.read.sorting`` or a field's search
# text.
RULES = 5
REMOVED = "removed"
REMOVES = 4  # Version of what is removed with a person, raised with every change of that
SCHEMA_WITHOUT_MARK = 1  # The schema of workspaces without a mark, and the version of the other rules


def is_log_unshown(db: Database) -> bool:
    return _mark(db, SHOWN_MARK) < SCHEMA or _removes_more(db)


def _removes_more(db: Database) -> bool:
    return _mark(db, REMOVED) < REMOVES and any_is_erased(db)


def is_indexed(db: Database) -> bool:
    """Return whether index and sort keys were made by the rules of this version."""
    return _mark(db, INDEXED) >= RULES


def _mark(db: Database, name: str) -> int:
    mark = db.execute("SELECT v FROM sync_meta WHERE k = ?", (name,)).fetchone()
    return int(mark[0]) if mark else SCHEMA_WITHOUT_MARK


def catch_up(db: Database) -> None:
    """Show everything the log holds, and index it by the present rules, where that was not done yet."""
    if not is_log_unshown(db) and is_indexed(db) and _mark(db, REMOVED) >= REMOVES:
        return
    with immediate(db):
        newer, more = "SELECT 1 FROM sync_changeset WHERE schema > ? LIMIT 1", _removes_more(db)
        if more:  # of the copies too, as soon as it is opened
            db.execute("DELETE FROM sync_meta WHERE k = ?", (NO_LEFTOVERS,))
        if more or db.execute(newer, (_mark(db, SHOWN_MARK),)).fetchone():
            (workspace,) = db.execute("SELECT v FROM sync_meta WHERE k = 'store_id'").fetchone()
            Merge(Log(db, workspace), KINDS, index_rows).rebuild()
        elif not is_indexed(db):
            rebuild_index(db)
        marks = [(SHOWN_MARK, SCHEMA), (INDEXED, RULES), (REMOVED, REMOVES)]
        db.executemany("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", marks)


def bring_up_to_date(path: Path, key: Key | None, clock: Clock) -> Database:
    """Open the database for writing; one of an older version is migrated first, after a backup, and indexed anew."""
    with contextlib.ExitStack() as opened:
        db = opened.enter_context(contextlib.closing(connect(path / STORE, key)))
        older = is_behind(_known_revision(db, path))
        if older or is_log_unshown(db):
            backup.keep_copy(db, path, key, "migration", at=clock())
        if older:
            db.close()
            migrate(path / STORE, key)
            db = opened.enter_context(contextlib.closing(connect(path / STORE, key)))
        catch_up(db)
        opened.pop_all()
    return db


def _known_revision(db: Database, path: Path) -> str:
    found = revision(db)
    if found is None:
        raise damaged(path, STORE)
    if is_newer(found):
        raise NEWER_WORKSPACE(path=path)
    return found


def readable_store(file: Path, key: Key | None, opened: contextlib.ExitStack, *, full: bool) -> tuple[Path, bool]:
    """Where to read a ``store.db`` without writing anything, and whether as a file that cannot change.

    One of an older version, or indexed by earlier rules, is read from a copy that is brought up to date.
    """
    store, immutable = readable(file, opened, full=full)
    with contextlib.closing(connect(store, key, read_only=True, immutable=immutable)) as db:
        older = is_behind(_known_revision(db, file.parent))
        if not older and (full or is_indexed(db)):
            return store, immutable
        copy = temporary(opened) / STORE
        backup.copy_database(db, copy, key)
    if older:
        migrate(copy, key)
    with contextlib.closing(connect(copy, key)) as db:
        catch_up(db)
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


ASKED = Message("workspace", "Opened read-only.")
FULL = Message(
    "workspace",
    "There is no room left on this disk, so the workspace can only be read. Everything saved is safe: write "
    "a package to another disk, free some space here, then open it again.",
)
UNWRITABLE = Message("workspace", "This folder can only be read. Copy the workspace to your own folder to change it.")


class Workspace(contextlib.AbstractContextManager["Workspace"]):
    """One open workspace, to be closed; a ``with`` does it."""

    def __init__(
        self,
        path: Path,
        info: WorkspaceInfo,
        key: Key | None,
        clock: Clock,
        *,
        why: Message | None,
        lock: WriterLock | None = None,
        db: Database | None = None,
    ) -> None:
        """``why``: None for a writable one; FULL where not even a file beside it can be made. ``db``: opened for writing."""
        self.path = path
        self.id, self.name = info.id, info.name
        self.protected = key is not None
        self.clock = BelievedClock(clock)  # The clock of this workspace: the computer's, corrected by the log
        self.why_read_only = why  # None where it can be written; else the message of the banner
        self._info, self._key, self._lock = info, key, lock
        self._identity: Identity | None = None
        # Copies of attachments open in other programs, removed when this is closed.
        self.copies_out = CopiesOut(info.id)
        self.db = db  # The only writing connection; None in a read-only workspace
        with contextlib.ExitStack() as opened:
            self._open_databases(opened)
            self.person = self._read_person()  # The user's name, as colleagues read it in the history
            self._opened = opened.pop_all()

    def _open_databases(self, opened: contextlib.ExitStack) -> None:
        path, info, key, why = self.path, self._info, self._key, self.why_read_only
        store, immutable = path / STORE, False
        if why:
            store, immutable = readable_store(database(path, STORE, info), key, opened, full=why is FULL)
        self._store = store, immutable
        self.readers: Engine = engine_for(store, key, immutable=immutable)  # The engine for everything that reads
        opened.callback(self.readers.dispose)
        if self.db:
            opened.callback(self.db.close)
        files, immutable = path / FILES_DB, False
        if why:
            files, immutable = readable(database(path, FILES_DB, info), opened, full=why is FULL)
        self._files = files, immutable
        self.files = self._opened_files(files, immutable=immutable)
        opened.callback(self.files.close)

    def _read_person(self) -> str:
        """Return the user's name from the database, which must be that of this workspace."""
        with contextlib.ExitStack() as asked:
            db = self.db or driver_of(asked.enter_context(self.readers.connect()))
            rows = db.execute("SELECT k, v FROM sync_meta WHERE k IN ('store_id', 'person')").fetchall()
        meta = {str(key): str(value) for key, value in rows}
        if meta.get("store_id") != self.id:
            raise damaged(self.path, INFO)  # the database of another workspace has been put here
        return meta.get("person", "")

    def _opened_files(self, file: Path, *, immutable: bool) -> Files:
        """Return the attachments; where they are damaged, a substitute that reports it whenever one is asked for."""
        try:
            with translated_errors(self.path, FILES_DB):
                return Files(file, self._key, read_only=bool(self.why_read_only), immutable=immutable, clock=self.clock)
        except DamagedDatabase as error:
            return Files(file, broken=error, clock=self.clock)

    def put_files_aside(self) -> Path | None:
        """Continue without damaged attachments; return where their file is now. Packages of colleagues bring the bytes again."""
        if not self.files.broken or self.read_only:
            return None
        file = self.path / FILES_DB
        with translated_errors(self.path):
            aside = file.with_name(f"{FILES_DB}.damaged-{moment(self.clock()):%Y%m%dT%H%M%SZ}")
            move(file, aside)
            backup.remove_journals(file)
        self.files.close()
        self.files = self._opened_files(file, immutable=False)
        self._opened.callback(self.files.close)
        return aside

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        person: str,
        passphrase: str | None = None,
        id_: str | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Make a new workspace and open it.

        Args:
            path: A folder that is not there yet, or empty.
            name: What it is called.
            person: Who writes here.
            passphrase: Protects it; cannot be replaced when forgotten.
            id_: Its id, where it is a colleague's workspace that is joined.
            clock: Where the time comes from.
        """
        path = path.absolute()
        refuse_long_names(name, person)
        with translated_errors(path):
            folder.refuse_taken(path)
            info, key = _new_info(id_ or new_id(), name, passphrase, clock)
            _build(path, info, key, {"store_id": info.id, "person": person})
        return cls._open(path, info, key, clock, read_only=False)

    @classmethod
    def open(
        cls, path: Path, *, passphrase: str | None = None, read_only: bool | None = False, clock: Clock = system_clock
    ) -> Self:
        """Open a workspace.

        Args:
            path: Its folder.
            passphrase: Where it is protected.
            read_only: True: only read, beside a writer. False: write, or say why not. None: write where the folder
                allows it, else only read.
            clock: Where the time comes from.
        """
        path = path.absolute()
        with translated_errors(path):
            info, key = folder.unlock(path, folder.read_info(path), passphrase)
        try:
            return cls._open(path, info, key, clock, read_only=read_only)
        except BaseException:
            wipe(key)
            raise

    @classmethod
    def _open(cls, path: Path, info: WorkspaceInfo, key: Key | None, clock: Clock, *, read_only: bool | None) -> Self:
        with translated_errors(path):
            why = ASKED if read_only else None
            if not why and not folder.can_be_written(path):
                if read_only is False:
                    raise ReadOnlyWorkspace(path=path)
                why = UNWRITABLE
            try:
                return cls._opened_as(path, info, key, clock, why)
            except Exception as error:
                if read_only is False or not isinstance(translate(error, path), DiskFull):
                    raise
            return cls(path, info, key, clock, why=FULL)

    @classmethod
    def _opened_as(cls, path: Path, info: WorkspaceInfo, key: Key | None, clock: Clock, why: Message | None) -> Self:
        if why:
            return cls(path, info, key, clock, why=why)
        folder.refuse_synced(path)
        lock = WriterLock(path)
        try:
            backup.sweep(path)
            settle(path, info)
            db = bring_up_to_date(path, key, clock)
            return cls(path, info, key, clock, why=None, lock=lock, db=db)
        except BaseException:
            lock.release()
            raise

    @property
    def read_only(self) -> bool:
        return self.db is None

    @property
    def can_be_given(self) -> bool:
        """True where it can be written, or only lacks the room for it: a package to another disk may save the work."""
        return not self.read_only or self.why_read_only is FULL

    def refuse_removed(self) -> None:
        """Raise WORKSPACE_REMOVED where the folder was removed since it was opened."""
        if self._lock and self._lock.is_gone and not (self.path / STORE).exists():
            raise WORKSPACE_REMOVED(path=self.path)

    @property
    def backups(self) -> Path:
        return self.path / folder.BACKUPS

    def identity(self, held: Mapping[str, int], last: str | None = None) -> Identity:
        """Return the device that writes here; worked out at the first write.

        Args:
            held: The last changeset held of each device.
            last: The device this store was last written as.
        """
        if self._identity is None:
            with translated_errors(config_dir()):
                self._identity = identity_for(self.path / STORE, self.id, held, last)
        return self._identity

    def successor(self, device: str) -> Identity:
        """Return a new device that continues the present one, once its first changeset is committed: ``go_on_as``."""
        with translated_errors(config_dir()):
            return successor(self.path / STORE, self.id, device)

    def go_on_as(self, identity: Identity, former: Iterable[str]) -> None:
        """Write as this device from now on, and never again as one of these."""
        self._identity = identity
        for device in former:
            forget_identity(device)

    def _source(self) -> contextlib.closing[Database]:
        path, immutable = self._store
        return contextlib.closing(connect(path, self._key, read_only=True, immutable=immutable))

    @contextlib.contextmanager
    def sources(self) -> Iterator[dict[str, Database]]:
        """Return a connection to each of the databases, for long reads in another thread."""
        with contextlib.ExitStack() as opened:
            found = {STORE: opened.enter_context(self._source())}
            path, immutable = self._files
            if path.exists() and not self.files.broken:
                files = connect(path, self._key, read_only=True, immutable=immutable)
                found[FILES_DB] = opened.enter_context(contextlib.closing(files))
            yield {STORE: found[STORE], FILES_DB: found.get(FILES_DB, self.files.db)}

    def keep_copy(self, why: str, progress: Progress = untold) -> Path:
        with self._source() as source:
            return backup.keep_copy(source, self.path, self._key, why, at=self.clock(), progress=progress)

    def replace_copies(self, gone: Iterable[str]) -> None:
        """Replace all backups, which hold removed records, by a new one, and remove opened copies of them."""
        for each in gone:
            self.copies_out.forget(each)
        kept = self.keep_copy("erase")
        with translated_errors(self.path):
            backup.remove_others(kept)
            for aside in self.path.glob(f"{FILES_DB}.damaged-*"):
                aside.unlink()

    def open_copy(self, backup_file: Path) -> Database:
        return connect(backup_file, self._key, read_only=True, immutable=True)

    def daily_copy(self) -> Path | None:
        return None if backup.has_daily_copy(self.path, self.clock()) else self.keep_copy("daily")

    def pack(self, target: Path, progress: Progress = untold) -> None:
        """Write the whole workspace into one ``.ucapbackup`` file, to be read by ``restore``."""
        self.refuse_removed()
        if self.files.broken:
            raise self.files.broken
        with self.sources() as databases:
            pack(self._info, databases, self._key, target.absolute(), progress)

    @contextlib.contextmanager
    def throwaway_copy(self, source: Database) -> Iterator[Database]:
        """Return a connection to a temporary copy of ``store.db`` under the same key, to try things on without a way back."""
        with contextlib.ExitStack() as opened:
            file = temporary(opened) / STORE
            backup.copy_database(source, file, self._key)
            copy = opened.enter_context(contextlib.closing(connect(file, self._key)))
            copy.execute("PRAGMA journal_mode=OFF")
            yield copy

    def close(self) -> None:
        self.copies_out.forget()
        self._opened.close()
        wipe(self._key)
        if self._lock:
            self._lock.release()

    def __exit__(self, *_: object) -> None:
        self.close()


def _new_info(id_: str, name: str, passphrase: str | None, clock: Clock) -> tuple[WorkspaceInfo, Key | None]:
    check_passphrase(passphrase)
    created = f"{moment(clock()):%Y-%m-%dT%H:%M:%SZ}"
    if passphrase is None:
        return WorkspaceInfo(id_, name, created), None
    key = new_key()
    return WorkspaceInfo(id_, name, created).protected(key, passphrase), key


def _build(path: Path, info: WorkspaceInfo, key: Key | None, meta: Mapping[str, str]) -> None:
    """Make all files in a folder beside, and rename it: there is never half a workspace."""
    with folder.fresh_part(path) as part:
        migrate(part / STORE, key)
        with contextlib.closing(connect(part / STORE, key)) as db:
            db.executemany("INSERT INTO sync_meta(k, v) VALUES(?, ?)", meta.items())
            catch_up(db)
        Files(part / FILES_DB, key).close()
        (part / LOCK).touch()
        folder.write_info(part, info)
        folder.put_in_place(part, path)
