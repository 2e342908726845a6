"""Backups: a whole workspace in one ``.ucapbackup`` file, the automatic copies in ``backups/``, and restoring both.

The file is a zip of ``workspace.json`` and both databases, under their key if they have one. Nothing is ever restored
over something else: what was in the place is moved aside first, and stays.
"""

from __future__ import annotations

import contextlib
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.clock import Clock, moment, system_clock
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import move
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.store.errors import (
    ALREADY_THERE,
    DAMAGED_BACKUP,
    FOLDER_IN_USE,
    NEWER_WORKSPACE,
    NOT_A_BACKUP,
    OTHER_WORKSPACE,
    sqlite_code,
    translated_errors,
)
from ucapdesk.store.safety.backup import (
    Steps,
    force_to_disk,
    name_of_copy,
    pages_of,
    remove_database,
    remove_journals,
    written_aside,
)
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.database import APPLICATION_ID, connect, is_newer, revision
from ucapdesk.store.workspace.folder import BACKUPS, FILES_DB, INFO, STORE, WorkspaceInfo, WriterLock
from ucapdesk.store.workspace.folder import FILE as LOCK
from ucapdesk.store.workspace.protection import Key, check_passphrase, new_key, wipe
from ucapdesk.store.workspace.rekey import settle

if TYPE_CHECKING:
    from ucapdesk.store.workspace.database import Database

COMMENT = b"ucapdesk backup "
BACKUP_FORMAT = 1
MEMBERS = (INFO, STORE, FILES_DB)
CHUNK = 2**20
# Errors of the zip reader for a damaged file, or one not written by us.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


def pack(
    info: WorkspaceInfo, databases: dict[str, Database], key: Key | None, target: Path, progress: Progress = untold
) -> None:
    """Write a ``.ucapbackup`` file.

    Args:
        info: Of the workspace.
        databases: A connection to each database, by its name.
        key: Their key.
        target: The file to make; it must not be there.
        progress: Told of pages.
    """
    if target.exists():
        raise ALREADY_THERE(path=target)
    steps = Steps(progress, sum(map(pages_of, databases.values())))
    with translated_errors(target), written_aside(target) as part, zipfile.ZipFile(part, "w") as file:
        file.comment = COMMENT + str(BACKUP_FORMAT).encode()
        file.writestr(INFO, info.as_json())
        for name, db in databases.items():
            copy = part.with_name(f"{part.name}.{name}")
            remove_database(copy)
            try:
                steps.copy(db, copy, key)
                _add(file, copy, name, partial(steps, 0, 0))
            finally:
                remove_database(copy)


def _add(file: zipfile.ZipFile, copy: Path, name: str, tell: Callable[[], None]) -> None:
    with copy.open("rb") as source, file.open(name, "w", force_zip64=True) as member:
        while chunk := source.read(CHUNK):
            member.write(chunk)
            tell()  # nothing new, but it can be cancelled here too


def restore(
    file: Path,
    target: Path,
    *,
    passphrase: str | None = None,
    protect: str | None = None,
    clock: Clock = system_clock,
    progress: Progress = untold,
) -> Path | None:
    """Make a workspace of a ``.ucapbackup`` file.

    Args:
        file: The backup.
        target: The workspace's folder. If the same workspace is there already, its folder is kept under another name.
        passphrase: Of the backup, where it is protected.
        protect: A passphrase that the restored workspace shall have from now on.
        clock: Where the time comes from.
        progress: Told of bytes.

    Returns:
        Where the folder that was in the place is now; None if there was none.
    """
    file, target = file.absolute(), target.absolute()
    with translated_errors(file), _opened(file) as backup, contextlib.ExitStack() as done:
        info, key = folder.unlock(file, _info_of(backup, file), passphrase)
        done.callback(wipe, key)
        check_passphrase(protect)
        with translated_errors(target):
            folder.refuse_synced(target)
            _refuse_other(target, info)
            with folder.fresh_part(target) as part:
                _unpack(backup, file, part, progress)
                for name in (STORE, FILES_DB):
                    _check(part / name, key, DAMAGED_BACKUP(path=file, file=name), file)
                info = _protect(part, info, key, protect) if protect else info
                folder.write_info(part, info)
                (part / LOCK).touch()
                return _put_in_place(part, target, clock)


def _begins_as_one(file: Path) -> bool:
    """Return whether a file begins as a backup does, with the name of the first part: it was not copied whole."""
    with file.open("rb") as begin:
        head = begin.read(100)
    return head.startswith(b"PK\x03\x04") and head[30:].startswith(tuple(name.encode() for name in MEMBERS))


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    if file.is_dir():
        raise NOT_A_BACKUP(path=file)
    try:
        backup = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise (
            DAMAGED_BACKUP(path=file, file="contents") if _begins_as_one(file) else NOT_A_BACKUP(path=file)
        ) from error
    with backup:
        comment = backup.comment
        if not comment.startswith(COMMENT) or not comment[len(COMMENT) :].isdigit():
            raise NOT_A_BACKUP(path=file)
        if int(comment[len(COMMENT) :]) > BACKUP_FORMAT:
            raise NEWER_WORKSPACE(path=file)
        deflated = any(each.compress_type != zipfile.ZIP_STORED for each in backup.infolist())  # never by us
        if deflated or sorted(backup.namelist()) != sorted(MEMBERS) or backup.getinfo(INFO).file_size > CHUNK:
            raise DAMAGED_BACKUP(path=file, file="contents")
        yield backup


def _info_of(backup: zipfile.ZipFile, file: Path) -> WorkspaceInfo:
    try:
        return folder.parse_info(backup.read(INFO).decode("utf-8"), file)
    except (ValueError, KeyError, *BROKEN) as error:
        raise DAMAGED_BACKUP(path=file, file=INFO) from error


def _unpack(backup: zipfile.ZipFile, file: Path, part: Path, progress: Progress) -> None:
    whole = sum(backup.getinfo(name).file_size for name in (STORE, FILES_DB))
    done = 0
    for name in (STORE, FILES_DB):
        with (part / name).open("wb") as copy:
            for chunk in _chunks(backup, name, file):
                copy.write(chunk)
                done += len(chunk)
                progress(done, whole)
        force_to_disk(part / name)


def _chunks(backup: zipfile.ZipFile, name: str, file: Path) -> Iterator[bytes]:
    try:
        with backup.open(name) as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except BROKEN as error:
        raise DAMAGED_BACKUP(path=file, file=name) from error


def _check(database: Path, key: Key | None, said: UserError, file: Path) -> None:
    """Raise ``said`` unless the database can be used; it is opened once, as it will be."""
    try:
        with contextlib.closing(connect(database, key)) as db:
            if is_newer(revision(db)):
                raise NEWER_WORKSPACE(path=file)
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if not sound or (database.name != FILES_DB and revision(db) is None):
                raise said
    except driver.DatabaseError as error:
        if sqlite_code(error) not in {driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT}:
            raise
        raise said from error


def _protect(part: Path, info: WorkspaceInfo, key: Key | None, passphrase: str) -> WorkspaceInfo:
    if key is None:
        key = new_key()
        for name in (STORE, FILES_DB):
            plain, keyed = part / name, part / f"{name}.keyed"
            with contextlib.closing(connect(plain)) as db:
                version = db.execute("PRAGMA user_version").fetchone()[0]
                db.execute(f"ATTACH DATABASE ? AS keyed KEY \"x'{key.hex()}'\"", (str(keyed),))
                db.execute("PRAGMA keyed.synchronous=OFF")  # forced to the disk once, below
                db.execute("SELECT sqlcipher_export('keyed')")
                db.execute(f"PRAGMA keyed.user_version={version}")
                db.execute(f"PRAGMA keyed.application_id={APPLICATION_ID}")
                db.execute("DETACH DATABASE keyed")
            remove_database(plain)
            force_to_disk(keyed)
            move(keyed, plain)
    return info.protected(key, passphrase)


def _refuse_other(target: Path, info: WorkspaceInfo) -> None:
    """Raise an error unless the place is empty and in no other workspace, or holds the same workspace."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        folder.refuse_inside(target)
        return
    if not target.is_dir() or not ((target / INFO).exists() or (target / STORE).exists()):
        raise FOLDER_IN_USE(path=target)
    try:
        there = folder.read_json((target / INFO).read_text(encoding="utf-8"))["id"]
    except (OSError, ValueError, KeyError):
        return  # damaged: it is moved aside as a whole
    if there != info.id:
        raise OTHER_WORKSPACE(path=target)


def _put_in_place(part: Path, target: Path, clock: Clock) -> Path | None:
    aside, waiting = None, part
    try:
        if target.exists() and any(target.iterdir()):
            WriterLock(target).release()  # refused while somebody has it open
            aside = target.with_name(f"{target.name} before {moment(clock()):%Y%m%dT%H%M%SZ}")
            if aside.exists():
                raise ALREADY_THERE(path=aside)
            waiting = folder.aside_for(target)  # killed between the renames, the next opening does the last one
            shutil.rmtree(waiting, ignore_errors=True)
            move(part, waiting)
            move(target, aside)
        elif target.exists():
            target.rmdir()
        move(waiting, target)
    except BaseException:
        if aside and not target.exists():
            move(aside, target)
        shutil.rmtree(waiting, ignore_errors=True)
        raise
    folder.sync_folder(target.parent)
    return aside


def restore_copy(path: Path, name: str, *, passphrase: str | None = None, clock: Clock = system_clock) -> Path:
    """Put an automatic backup in the place of ``store.db``.

    Args:
        path: The workspace, opened by nobody.
        name: The backup's name in ``backups/``.
        passphrase: Where the workspace is protected.
        clock: Where the time comes from.

    Returns:
        The copy of what was in the place, in ``backups/`` too.
    """
    path = path.absolute()
    source, store = path / BACKUPS / name, path / STORE
    with contextlib.ExitStack() as done, translated_errors(path):
        info, key = folder.unlock(path, _best_info(path), passphrase)
        done.callback(wipe, key)
        done.callback(WriterLock(path).release)
        settle(path, info)
        with written_aside(path / f"{STORE}.restored") as part:
            shutil.copyfile(source, part)
            _check(part, key, DAMAGED_BACKUP(path=source, file=source.name), source)
        kept = _put_aside(path, key, clock)
        remove_journals(store)
        (path / f"{STORE}.restored").replace(store)
        folder.write_info(path, info)
        return kept


def _best_info(path: Path) -> WorkspaceInfo:
    """Return the info from ``workspace.json``, or from its second copy where that cannot be read."""
    for place in (path / INFO, path / BACKUPS / INFO):
        with contextlib.suppress(OSError, ValueError, KeyError):
            return folder.parse_info(place.read_text(encoding="utf-8"), path)
    return folder.read_info(path)  # raises the error


def _put_aside(path: Path, key: Key | None, clock: Clock) -> Path:
    """Copy the database and its journal byte by byte: it may be too damaged for anything else."""
    store = path / STORE
    with contextlib.suppress(driver.Error), contextlib.closing(connect(store, key)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = name_of_copy(path / BACKUPS, clock(), "restore")
    for suffix in ("", "-wal"):
        old = path / (STORE + suffix)
        if old.exists():
            shutil.copyfile(old, kept.with_name(kept.name + suffix))
    return kept
