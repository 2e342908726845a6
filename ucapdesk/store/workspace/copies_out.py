"""Copies of attachments opened in other programs: in a folder beside the settings, removed when the workspace is closed.

A lock says that an opening still lives. What one left that was killed is taken away by whoever opens another workspace next;
the window of the same workspace goes on with it. A copy in which something was written since waits for that window.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ucapdesk.base.clock import system_clock
from ucapdesk.base.paths import config_dir
from ucapdesk.store.errors import SecondWriter, translated_errors
from ucapdesk.store.workspace.lock import WriterLock

FOLDER_ID_CHARS = 12
"""How much of an attachment's id names the folder of its copy."""
MARK = ".opened"
"""The suffix of the file beside a copy that is called as the attachment, holds the copy's name and has its time."""

KEPT = 90 * 24 * 60 * 60 * 10**9
"""Nanoseconds for which a changed copy waits for the window of its workspace: it may be of a protected one."""


class CopiesOut:
    """The copies of one opening of a workspace."""

    def __init__(self, workspace: str) -> None:
        self._own = f"{_short(workspace)}-"
        self._folder: Path | None = None
        self._lock: WriterLock | None = None
        self._sweep()

    def place(self, attachment: str) -> Path:
        """Return the folder for the copy of one attachment; only this user may read it."""
        with translated_errors(_root()):
            place = self._made() / _short(attachment)
            place.mkdir(exist_ok=True)
        return place

    def _made(self) -> Path:
        while self._folder is None or not self._folder.is_dir():
            _root().mkdir(parents=True, exist_ok=True, mode=0o700)
            self._take(Path(tempfile.mkdtemp(prefix=self._own, dir=_root())))
        return self._folder

    def _take(self, folder: Path) -> None:
        with contextlib.suppress(FileNotFoundError, SecondWriter):  # swept before it was locked
            self._lock = WriterLock(folder)
            self._folder = folder

    def go_on(self) -> None:
        """Take over what an opening of this workspace left that was killed: another program may still show it."""
        for left in _root().glob(f"{self._own}*"):
            if self._folder is None:  # further ones wait for the next start
                with contextlib.suppress(OSError):  # of another user
                    self._take(left)

    def note(self, attachment: str, copy: Path, at: int | None = None) -> None:
        """Note a copy as it is, or was ``at`` a time: what is written into it later is a change."""
        mark = copy.with_name(f"{attachment}{MARK}")
        mark.write_text(copy.name, encoding="utf-8")
        os.utime(mark, ns=(0, at or copy.stat().st_mtime_ns))

    def changed(self) -> list[tuple[str, Path]]:
        """Return the copies that were changed, by attachment."""
        return list(_changed(self._folder)) if self._folder else []

    def forget(self, attachment: str = "") -> None:
        """Remove every copy of one attachment, or all of this opening that nobody changed."""
        if attachment:
            for place in _root().glob(f"*/{_short(attachment)}"):
                shutil.rmtree(place, ignore_errors=True)
        elif self._folder and self._lock:
            self._lock.release()
            _remove(self._folder)
            self._folder = self._lock = None

    def _sweep(self) -> None:
        """Remove what interrupted programs left."""
        with contextlib.suppress(OSError):  # a disk that cannot be written has nothing to be swept
            for folder in [each for each in _root().glob("*/") if not each.name.startswith(self._own)]:
                with contextlib.suppress(SecondWriter, OSError):
                    WriterLock(folder).release()
                    _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder of copies, unless one of them was changed lately; one that another program holds stays whole."""
    with contextlib.suppress(OSError):
        lately = system_clock() * 1000 - folder.stat().st_mtime_ns < KEPT
        if not (lately and any(_changed(folder))):
            shutil.rmtree(folder.rename(folder.with_suffix(".gone")), ignore_errors=True)


def _changed(folder: Path) -> Iterator[tuple[str, Path]]:
    for mark in folder.glob(f"*/*{MARK}"):
        copy = mark.parent / mark.read_text(encoding="utf-8", errors="replace")  # of a full disk it may be empty
        if copy.is_file() and copy.stat().st_mtime_ns != mark.stat().st_mtime_ns:
            yield mark.stem, copy


def _short(id_: str) -> str:
    """Return a short name for a folder: Windows takes paths of 259 signs, and the name of the file is to fit in."""
    return id_[-FOLDER_ID_CHARS:]


def _root() -> Path:
    return config_dir() / "opened"
