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
        self._held: dict[Path, WriterLock] = {}
        self._sweep()

    def place(self, attachment: str) -> Path:
        """Return the folder for the copy of one attachment; only this user may read it."""
        with translated_errors(_root()):
            place = self._made() / _short(attachment)
            place.mkdir(exist_ok=True)
        return place

    def _made(self) -> Path:
        while not (own := next(filter(Path.is_dir, self._held), None)):
            _root().mkdir(parents=True, exist_ok=True, mode=0o700)
            self._take(Path(tempfile.mkdtemp(prefix=self._own, dir=_root())))
        return own

    def _take(self, folder: Path) -> None:
        with contextlib.suppress(FileNotFoundError, SecondWriter):  # swept before it was locked
            self._held[folder] = WriterLock(folder)

    def go_on(self) -> None:
        """Take over what openings of this workspace left that were killed: another program may still show it."""
        for left in _root().glob(f"{self._own}*"):
            with contextlib.suppress(OSError):  # of another user
                self._take(left)

    def note(self, attachment: str, copy: Path, at: int | None = None) -> None:
        """Note a copy as it is, or was ``at`` a time: what is written into it later is a change."""
        mark = copy.with_name(f"{attachment}{MARK}")
        mark.write_text(copy.name, encoding="utf-8")
        os.utime(mark, ns=(0, at or copy.stat().st_mtime_ns))

    def changed(self) -> list[tuple[str, Path]]:
        """Return the copies that were changed, by attachment, the one that was changed last at the end."""
        found = sorted(each for folder in self._held for each in _changed(folder))
        return [(attachment, copy) for _, attachment, copy in found]

    def forget(self, attachment: str = "") -> None:
        """Remove every copy of one attachment, or all of this opening that nobody changed."""
        for place in _root().glob(f"*/{_short(attachment)}") if attachment else ():
            shutil.rmtree(place, ignore_errors=True)
        while self._held and not attachment:
            folder, lock = self._held.popitem()
            lock.release()
            _remove(folder)

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


def _changed(folder: Path) -> Iterator[tuple[int, str, Path]]:
    for mark in folder.glob(f"*/*{MARK}"):
        copy = mark.parent / mark.read_text(encoding="utf-8", errors="replace")  # of a full disk it may be empty
        if copy.is_file() and (at := copy.stat().st_mtime_ns) != mark.stat().st_mtime_ns:
            yield at, mark.stem, copy


def _short(id_: str) -> str:
    """Return a short name for a folder: Windows takes paths of 259 signs, and the name of the file is to fit in."""
    return id_[-FOLDER_ID_CHARS:]


def _root() -> Path:
    return config_dir() / "opened"
