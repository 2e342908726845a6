"""The sentences a user gets when a workspace cannot be opened, written, copied or restored.

Low-level errors of the database and of the operating system are told apart in one place, ``translate``; ``translated_errors``
puts it round a piece of work. What it does not know stays what it is: our bug.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.clock import moment, system_clock
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.model.rules.limits import LONGEST_NAME

FOLDER_IN_USE = Failure(
    "folder-in-use", "{path} already holds other files. Nothing was changed; choose a new or an empty folder."
)


NEWER_WORKSPACE = Failure(
    "newer-workspace",
    "The workspace {path} was written by a newer UCAPDesk. "
    "Nothing was changed; update UCAPDesk on this computer, then open it again.",
)


class DamagedDatabase(UserError, driver.DatabaseError):  # type: ignore[misc]  # the driver ships no types
    """Damage; often found only when a page is read, so that it is an error of the driver too: whoever handles those handles it."""

    sqlite_errorcode = driver.SQLITE_CORRUPT


DAMAGED_WORKSPACE = Failure(
    "damaged-workspace",
    "The workspace {path} is damaged ({file}). Nothing was changed; the last backup is {backup}, restore "
    "it to continue from there.",
    DamagedDatabase,
)


DAMAGED_WITHOUT_BACKUP = Failure(
    "damaged-without-backup",
    "The workspace {path} is damaged ({file}) and holds no backup of its own. "
    "Nothing was changed; restore a .ucapbackup file, or join again from a colleague's package.",
    DamagedDatabase,
)


DAMAGED_ATTACHMENTS = Failure(
    "damaged-attachments",
    "The attachments of the workspace {path} are damaged ({file}). The records are safe; restore a "
    ".ucapbackup file, or continue without them: “ucapdesk check --repair” sets them aside.",
    DamagedDatabase,
)


class SecondWriter(UserError):
    """Another process holds the writer lock."""

    sentence = (
        "The workspace {path} is open in another UCAPDesk. Nothing was changed; close it there first, or "
        "continue in that window."
    )


class ReadOnlyWorkspace(UserError):
    """Something was to be written where writing is impossible."""

    sentence = (
        "{path} can only be read, not changed. Nothing was changed; "
        "copy the workspace to a folder you may write to and open it there."
    )


WORKSPACE_REMOVED = Failure(
    "workspace-removed",
    "The folder {path} was removed while it was open here, so nothing can be saved in it. What was saved before is "
    "still here: save a package to another place before you close this, and join the workspace from it.",
    ReadOnlyWorkspace,
)


class StillWriting(UserError):
    """Something was to be written while a background job writes its result."""

    sentence = (
        "The work in progress is writing its result. What you typed is still here, and nothing is lost; try "
        "again when the work is done."
    )


NOT_ALLOWED = Failure(
    "not-allowed",
    "This computer does not allow {path} to be read or written. Nothing was changed; choose another "
    "folder, or ask for permission to use this one.",
)


class WorkspaceLocked(UserError):
    """A protected workspace: no passphrase was given, or another one."""


PASSPHRASE_NEEDED = Failure(
    "passphrase-needed",
    "The workspace {path} is protected. Nothing was changed; give its passphrase, on the command line by --password-file.",
    WorkspaceLocked,
)


WRONG_PASSPHRASE = Failure(
    "wrong-passphrase",
    "That is not the passphrase of {path}. Nothing was changed; check capital letters and the keyboard "
    "layout, and try again.",
    WorkspaceLocked,
)


class DiskFull(UserError):
    """The disk is full."""

    sentence = (
        "There is no room left on the disk that holds {path}. Everything saved before is safe and this step "
        "was undone; free some space and try again."
    )


class LeftoversRemain(UserError):
    """The data of a person is removed, and copies of it are still there: no room to write the workspace anew without them."""

    sentence = (
        "The data is removed, but safety copies and files in {path} still hold it: they could not be written anew. "
        "If the disk is full, free some space; then open the workspace again: they go then."
    )


PATH_TOO_LONG = Failure(
    "path-too-long",
    "{path} is {length} characters long, more than this computer allows. Nothing was changed; choose a "
    "folder higher up, or shorter names.",
)


DISK_TROUBLE = Failure(
    "disk-trouble",
    "The disk could not read or write {path} ({reason}). Everything saved before is safe; check the disk "
    "or the USB stick and try again.",
)


NOT_THERE = Failure(
    "not-there",
    "There is no {path}. Nothing was changed; check the name, and whether the USB stick or the folder is there.",
)


NOT_A_BACKUP = Failure(
    "not-a-backup", "{path} is not a UCAPDesk backup. Nothing was changed; choose a file that ends in .ucapbackup."
)


DAMAGED_BACKUP = Failure(
    "damaged-backup",
    "The backup {path} is damaged or not complete ({file}). Nothing was changed; choose another backup.",
)


OTHER_WORKSPACE = Failure(
    "other-workspace", "{path} holds a different workspace. Nothing was changed; restore the backup into a new folder."
)


ALREADY_THERE = Failure("already-there", "{path} is already there. Nothing was changed; choose another name.")


FILE_MISSING = Failure(
    "file-missing",
    "This file is not here yet. Nothing is lost; it comes with the next package from a colleague who has it.",
)


class FileDamaged(UserError):
    """The stored bytes do not match their hash."""

    sentence = (
        "The file {name} is damaged in this workspace. "
        "The records are safe; attach it again, or receive it again from a colleague."
    )


# The driver's backup gives no code with its errors.
_BY_TEXT = {
    "database or disk is full": driver.SQLITE_FULL,
    "disk I/O error": driver.SQLITE_IOERR,
    "database is locked": driver.SQLITE_BUSY,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "unable to open database file": driver.SQLITE_CANTOPEN,
    "file is not a database": driver.SQLITE_NOTADB,
    "database disk image is malformed": driver.SQLITE_CORRUPT,
}
SHORT_PATHS = os.name == "nt"
# Signs of a path that Windows takes, less what stands in the folder of a workspace.
LONGEST_PATH = 259 - len("/backups/store 20261102T090000Z.db.part")
# Windows' errors of a medium that was pulled: not ready, no longer available, not there, not connected.
_GONE = {21, 55, 433, 1167}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


def refuse_long_names(*names: str) -> None:
    for name in names:
        if len(name) > LONGEST_NAME:
            raise UserError(
                "“{name}…” is too long for a name: {most} characters at most. Nothing was changed; choose a shorter one.",
                code="name-too-long",
                name=name[:40],
                most=LONGEST_NAME,
            )


def age_of(backup: Path, now: int | None = None) -> tuple[bool, str]:
    """Return a sort key of backups, the oldest first: by the time in their names, behind those of a clock that once ran ahead.

    Args:
        backup: A file in ``backups``.
        now: The current time, if not the time of the computer.
    """
    tomorrow = f"{moment((system_clock() if now is None else now) + 86_400 * 10**6):%Y%m%dT%H%M%SZ}"
    return backup.name <= tomorrow, backup.name


def last_backup(folder: Path) -> Path | None:
    """Return the newest backup inside a workspace, without those put aside when an older state was restored."""
    found = (path for path in (folder / "backups").glob("*.db") if not path.stem.endswith("-restore"))
    return max(found, default=None, key=age_of)


def damaged(folder: Path, file: str) -> UserError:
    backup = last_backup(folder)
    if backup is None:
        return DAMAGED_WITHOUT_BACKUP(path=folder, file=file)
    return DAMAGED_WORKSPACE(path=folder, file=file, backup=backup.name)


def driver_error(error: BaseException | None) -> driver.Error | None:
    inner: Any = getattr(error, "orig", None) or error
    return inner if isinstance(inner, driver.Error) else None


def sqlite_code(error: BaseException | None) -> int:
    """Return SQLite's primary result code of an error; 0 for errors that are not SQLite's."""
    found = driver_error(error)
    if found is None:
        return 0
    code = getattr(found, "sqlite_errorcode", None)
    return int(code) & 0xFF if code is not None else _BY_TEXT.get(str(found), 0)


STORE_BUSY = Failure(
    "store-busy",
    "Another program is using {path} at this moment. Everything saved is safe; wait a little and try again.",
)


def _no_room(path: Path) -> bool:
    """Return whether the disk is full: SQLite reports an I/O error where it could not create a file of its own."""
    there = next(place for place in (path, *path.parents) if place.exists())
    return shutil.disk_usage(there).free < 2**16


def translate(error: BaseException, path: Path, file: str = "store.db") -> UserError | None:
    """Return the user's error for a low-level one; None if it is our bug.

    Args:
        error: Of the database, of SQLAlchemy, or of the operating system.
        path: The workspace, or the file that was worked on.
        file: The database of the workspace that was in use.
    """
    if isinstance(error, UserError):
        return error
    code = sqlite_code(error)
    number = error.errno if isinstance(error, OSError) else None
    if code == driver.SQLITE_FULL or number in NO_ROOM or (code == driver.SQLITE_IOERR and _no_room(path)):
        return DiskFull(path=path)
    not_there = number == errno.ENOENT or code == driver.SQLITE_CANTOPEN
    if number == errno.ENAMETOOLONG and getattr(error, "filename", None):
        path = Path(os.fsdecode(error.filename))  # type: ignore[attr-defined]  # which need not be the workspace
    too_long = SHORT_PATHS and len(str(path.absolute())) > LONGEST_PATH  # which Windows calls "not there"
    if number == errno.ENAMETOOLONG or (not_there and too_long):
        return PATH_TOO_LONG(path=path, length=len(str(path.absolute())))
    if code == driver.SQLITE_READONLY:
        return ReadOnlyWorkspace(path=path)
    if getattr(error, "winerror", None) in _GONE:
        return NOT_THERE(path=path)
    if number in _REFUSED:
        return NOT_ALLOWED(path=path)
    if code in {driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT}:
        return DAMAGED_ATTACHMENTS(path=path, file=file) if file == "files.db" else damaged(path, file)
    if code in {driver.SQLITE_BUSY, driver.SQLITE_LOCKED}:
        return STORE_BUSY(path=path)
    if code in {driver.SQLITE_IOERR, driver.SQLITE_CANTOPEN}:
        return DISK_TROUBLE(path=path, reason=str(driver_error(error)))
    if number == errno.ENOENT:
        return NOT_THERE(path=str(getattr(error, "filename", None) or path).removesuffix(".part"))
    if isinstance(error, OSError) and error.strerror:
        return DISK_TROUBLE(path=path, reason=error.strerror)
    return None


@contextlib.contextmanager
def translated_errors(path: Path, file: str = "store.db") -> Iterator[None]:
    """Raise low-level errors of the block as sentences about ``path``; arguments as those of ``translate``."""
    try:
        yield
    except Exception as error:
        said = translate(error, path, file)
        if said is None or said is error:
            raise
        raise said from error
