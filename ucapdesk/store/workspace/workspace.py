"""An open workspace: its only writing connection, its readers, its files, and its device."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from sqlalchemy import Engine

from ucapdesk.base.clock import Clock, moment, system_clock
from ucapdesk.base.files import move
from ucapdesk.base.i18n import Message
from ucapdesk.base.ids import new_id
from ucapdesk.base.paths import config_dir
from ucapdesk.base.progress import Progress, untold
from ucapdesk.store.errors import (
    DamagedAttachments,
    DiskFull,
    ReadOnlyWorkspace,
    WorkspaceRemoved,
    damaged,
    refuse_long_names,
    translate,
    translated_errors,
)
from ucapdesk.store.merge import catch_up
from ucapdesk.store.safety import backup
from ucapdesk.store.safety.restore import pack
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.connection import Database, connect, driver_of, engine_for
from ucapdesk.store.workspace.copies_out import CopiesOut
from ucapdesk.store.workspace.file_store import Files
from ucapdesk.store.workspace.folder import FILES_DB, INFO, STORE, WorkspaceInfo
from ucapdesk.store.workspace.identity import Identity, forget_identity, identity_for, successor
from ucapdesk.store.workspace.lock import FILE as LOCK
from ucapdesk.store.workspace.lock import WriterLock
from ucapdesk.store.workspace.migrate import migrate
from ucapdesk.store.workspace.protection import Key, check_passphrase, new_key, wipe
from ucapdesk.store.workspace.rekey import database, settle
from ucapdesk.store.workspace.trusted_clock import BelievedClock
from ucapdesk.store.workspace.up_to_date import bring_up_to_date, readable, readable_store, temporary

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
        self.clock = BelievedClock(clock)
        """The clock of this workspace: the computer's, corrected by the log."""
        self.why_read_only = why
        """None where it can be written; else the message of the banner."""
        self._info, self._key, self._lock = info, key, lock
        self._identity: Identity | None = None
        self.copies_out = CopiesOut(info.id)
        """Copies of attachments open in other programs, removed when this is closed."""
        self.db = db
        """The only writing connection; None in a read-only workspace."""
        with contextlib.ExitStack() as opened:
            self._open_databases(opened)
            self.person = self._read_person()
            """The user's name, as colleagues read it in the history."""
            self._opened = opened.pop_all()

    def _open_databases(self, opened: contextlib.ExitStack) -> None:
        """Open the records and the files; ``opened`` closes them."""
        path, info, key, why = self.path, self._info, self._key, self.why_read_only
        store, immutable = path / STORE, False
        if why:
            store, immutable = readable_store(database(path, STORE, info), key, opened, full=why is FULL)
        self._store = store, immutable
        self.readers: Engine = engine_for(store, key, immutable=immutable)
        """The engine for everything that reads."""
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
        except DamagedAttachments as error:
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
        """True where nothing can be written."""
        return self.db is None

    @property
    def can_be_given(self) -> bool:
        """True where it can be written, or only lacks the room for it: a package to another disk may save the work."""
        return not self.read_only or self.why_read_only is FULL

    def refuse_removed(self) -> None:
        """Raise WorkspaceRemoved where the folder was removed since it was opened."""
        if self._lock and self._lock.is_gone and not (self.path / STORE).exists():
            raise WorkspaceRemoved(path=self.path)

    @property
    def backups(self) -> Path:
        """The folder of its automatic backups."""
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
        """Return a connection for long reads, which would block saves on the writing one."""
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
        """Make a backup before a larger step (``receive``, ``restore``)."""
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
        """Return a read-only connection to one of the automatic backups."""
        return connect(backup_file, self._key, read_only=True, immutable=True)

    def daily_copy(self) -> Path | None:
        """Make today's backup, unless it exists already."""
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
        """Close everything and release the writer lock."""
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
            catch_up.catch_up(db)
        Files(part / FILES_DB, key).close()
        (part / LOCK).touch()
        folder.write_info(part, info)
        folder.put_in_place(part, path)
