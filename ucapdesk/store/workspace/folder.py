"""The folder of a workspace: what is in it, its ``workspace.json``, its writer lock, and folders that must not hold one.

``workspace.json`` is readable without a passphrase; it says how to unlock the workspace, and names one that is not
protected. A second copy lies beside the backups, because without it a protected workspace could never be opened again.

One process writes a workspace. The operating system releases its lock when the process is killed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import move, write_atomically
from ucapdesk.store.errors import (
    FOLDER_IN_USE,
    NEWER_WORKSPACE,
    NO_ROOM,
    PASSPHRASE_NEEDED,
    WRONG_PASSPHRASE,
    SecondWriter,
    damaged,
    translated_errors,
)
from ucapdesk.store.workspace import protection
from ucapdesk.store.workspace.protection import Key, Wrapping

FILE = "workspace.lock"
# What systems say of a lock that somebody holds; Wine gives no number.
_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, 0}


class WriterLock:
    """Held from construction to ``release``.

    Raises:
        SecondWriter: Another process (or another opening in this one) holds it.
        OSError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            _take(self._file)
        except OSError as error:
            os.close(self._file)
            self._file = -1
            if error.errno in _TAKEN:
                raise SecondWriter(path=folder) from error
            raise

    @property
    def is_gone(self) -> bool:
        return self._file >= 0 and os.fstat(self._file).st_nlink == 0

    def release(self) -> None:
        """Release the lock. The file stays: removing it could take away a lock somebody just took."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


WORKSPACE_FORMAT = 1
INFO = "workspace.json"
STORE = "store.db"
FILES_DB = "files.db"
BACKUPS = "backups"
ASKED_BY_OPENING = os.name == "nt"


class WorkspaceInfo(NamedTuple):
    """The contents of ``workspace.json``. ``sealed``: the encrypted name of a protected one."""

    id: str
    name: str
    created: str
    wrapping: Wrapping | None = None
    format: int = WORKSPACE_FORMAT
    sealed: str = ""

    def protected(self, key: Key, passphrase: str) -> WorkspaceInfo:
        return self._replace(wrapping=protection.wrap(key, passphrase, self.id)).with_sealed_name(key)

    def with_sealed_name(self, key: Key) -> WorkspaceInfo:
        return self._replace(sealed=protection.seal(self.name, key, self.id))

    def as_json(self) -> str:
        name = "" if self.sealed else self.name
        said: dict[str, object] = {"format": self.format, "id": self.id, "name": name, "created": self.created}
        if self.wrapping:
            said["protection"] = self.wrapping.as_json()
        if self.sealed:
            said["sealed_name"] = self.sealed
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def parse_info(text: str, place: Path) -> WorkspaceInfo:
    """Read the text of ``workspace.json``. Raises NEWER_WORKSPACE where a later version wrote it, ValueError for any other text."""
    said = read_json(text)
    if isinstance(number := said.get("format"), int) and number > WORKSPACE_FORMAT:
        raise NEWER_WORKSPACE(path=place)
    if not all(isinstance(said.get(name), str) for name in ("id", "name", "created")):
        raise ValueError("not a workspace.json")
    wrapping = protection.wrapping_of(said["protection"]) if "protection" in said else None
    sealed = str(said.get("sealed_name", "")) if wrapping else ""
    return WorkspaceInfo(said["id"], said["name"], said["created"], wrapping, said["format"], sealed)


def read_json(text: str) -> dict[str, Any]:
    """Read an object. Raises ValueError for any other text."""
    try:
        said = json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(said, dict):
        raise ValueError("not an object")
    return said


def read_info(folder: Path) -> WorkspaceInfo:
    """Read and check ``workspace.json`` of a folder.

    Raises:
        NotAWorkspace: There is none.
        NEWER_WORKSPACE: A later version wrote it.
        DAMAGED_WORKSPACE: It, or the database beside it, is not there or not readable.
    """
    try:
        info = parse_info((folder / INFO).read_bytes().decode("utf-8"), folder)
    except (FileNotFoundError, NotADirectoryError):
        if _is_put_in_place(folder):
            return read_info(folder)
        if (folder / STORE).is_file():
            raise damaged(folder, INFO) from None
        raise UserError(
            "{path} is not a workspace. Nothing was changed; choose the folder that holds workspace.json, or make a new one.",
            code="not-a-workspace",
            path=folder,
        ) from None
    except (ValueError, KeyError):
        raise damaged(folder, INFO) from None
    if not (folder / STORE).is_file():
        raise damaged(folder, STORE)
    return info


def aside_for(target: Path) -> Path:
    """Return the place of a complete workspace that is about to replace one moved aside."""
    return target.with_name(f".{target.name}.restored")


def _is_put_in_place(target: Path) -> bool:
    """Put the workspace in place that an interrupted restore left waiting; return whether there was one."""
    if target.exists() or not (waiting := aside_for(target)).is_dir():  # beside a drive there is nothing
        return False
    move(waiting, target)
    return True


def unlock(path: Path, info: WorkspaceInfo, passphrase: str | None) -> tuple[WorkspaceInfo, Key | None]:
    """Return the info of a workspace, its name decrypted, and its data key; None where it is not protected."""
    if info.wrapping is None:
        return info, None
    if not passphrase:
        raise PASSPHRASE_NEEDED(path=path)
    try:
        key = protection.unwrap(info.wrapping, passphrase, info.id)
    except protection.WrongKeyError as error:
        raise WRONG_PASSPHRASE(path=path) from error
    try:
        return info._replace(name=protection.unseal(info.sealed, key, info.id)), key
    except (protection.WrongKeyError, ValueError):
        raise damaged(path, INFO) from None


def can_be_written(path: Path) -> bool:
    """Return whether the system lets this user write a workspace: found out by trying, as lists of rights and shares have the last word."""
    probe = path / ".try.part"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT, 0o600))
        probe.unlink(missing_ok=True)
        _open_store(path / STORE)
    except OSError as error:
        return error.errno in NO_ROOM  # another matter, with a sentence of its own
    return True


def _open_store(store: Path) -> None:
    """Raise an error where a database cannot be written.

    Only Windows is asked by opening it: elsewhere that would end SQLite's locks of this process, and the bits are the truth.
    """
    if ASKED_BY_OPENING:
        os.close(os.open(store, os.O_RDWR))
    elif not os.access(store, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, "cannot be written", str(store))


@contextlib.contextmanager
def fresh_part(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``target``, to be renamed to it when complete; removed if anything fails.

    Remains of an interrupted run are removed first.
    """
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    with translated_errors(target):
        part.mkdir(parents=True)
    try:
        yield part
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def refuse_taken(target: Path) -> None:
    """Raise an error unless the place is free or an empty folder."""
    refuse_synced(target)
    refuse_inside(target)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise FOLDER_IN_USE(path=target)


def refuse_inside(target: Path) -> None:
    for above in target.resolve().parents:
        if (above / INFO).is_file() and (above / STORE).is_file():
            raise UserError(
                "{path} lies in the folder of another workspace, {workspace}, which is moved aside as a whole when a backup of it "
                "is restored. Nothing was changed; choose a folder beside it.",
                code="inside-workspace",
                path=target,
                workspace=above,
            )


def put_in_place(part: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()
    move(part, target)
    sync_folder(target.parent)


def write_info(folder: Path, info: WorkspaceInfo) -> None:
    """Write ``workspace.json`` and its second copy, each whole or not at all."""
    (folder / BACKUPS).mkdir(exist_ok=True)
    for path in (folder / INFO, folder / BACKUPS / INFO):
        write_whole(path, info.as_json().encode("utf-8"))


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put a small file in place: the old content or the new, never a part, whatever happens meanwhile."""
    write_atomically(path, content, private=private)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut, where the system offers it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# Files and folders that cloud services leave in the folders they synchronise.
_MARKS = (
    (re.compile(r"\.stfolder(\..*)?|\.stversions"), "Syncthing"),
    (re.compile(r"\._?sync_[0-9a-f]+\.db|\.(nextcloud|owncloud)sync\.log"), "Nextcloud"),
    (re.compile(r"\.dropbox(\.cache|\.device)?"), "Dropbox"),
    (re.compile(r"\.sync|\.sync\w*\.(id|ignore)"), "Resilio Sync"),
    (re.compile(r"\.tmp\.drive(download|upload)"), "Google Drive"),
    (re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B"), "OneDrive"),
)
# Names of such folders themselves.
_NAMES = (
    (re.compile(r"onedrive( ?-.*)?"), "OneDrive"),
    (re.compile(r"dropbox( ?\(.*\))?"), "Dropbox"),
    (re.compile(r"(nextcloud|owncloud)\d*"), "Nextcloud"),
    (re.compile(r"google ?drive(-.*)?|my drive"), "Google Drive"),
    (re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"), "iCloud"),
    (re.compile(r"nutstore( files)?|我的坚果云|坚果云"), "Nutstore"),
    (re.compile(r"baidusyncdisk|百度云同步盘"), "Baidu Netdisk"),
    (re.compile(r"wpsdrive|wps ?cloud ?files|wps云盘"), "WPS"),
)


def syncing_service(folder: Path) -> str | None:
    place = folder.resolve()
    for above in (place, *place.parents):
        for pattern, service in _NAMES:
            if pattern.fullmatch(above.name.casefold()):
                return service
        try:
            names = [name for name in os.listdir(above) if name.startswith(".")]  # noqa: PTH208 (of many, no paths)
        except OSError:
            continue  # not allowed to look: nothing to be said about it
        for pattern, service in _MARKS:
            # A home folder may hold .dropbox, the service's settings, without being kept in step itself.
            if any(map(pattern.fullmatch, names)) and above != Path.home():
                return service
    return None


def refuse_synced(folder: Path) -> None:
    service = syncing_service(folder)
    if service:
        raise UserError(
            "{path} is synchronised by {service}, which can damage a workspace in use. Nothing was changed; move "
            "the workspace to a folder that is only on this computer.",
            code="synced-folder",
            path=folder,
            service=service,
        )
