"""Copies of attachments opened in other programs: in a temporary folder, which is removed with the workspace.

A lock says that an opening still lives. What one left that was killed is taken away by whoever opens a workspace next.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from ucapdesk.base.paths import config_dir
from ucapdesk.store.errors import SecondWriter, translated_errors
from ucapdesk.store.workspace.lock import WriterLock

FOLDER_ID_CHARS = 12
"""How much of an attachment's id names the folder of its copy."""


class CopiesOut:
    """The copies of one opening."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: WriterLock | None = None
        self.written: dict[str, tuple[Path, int]] = {}
        """By attachment: its copy, and when that was last written, as far as somebody knows."""
        sweep()

    def place(self, attachment: str) -> Path:
        """Return the folder for the copy of one attachment; only this user may read it."""
        with translated_errors(_root()):
            place = self._made() / _short(attachment)
            place.mkdir(exist_ok=True)
        return place

    def _made(self) -> Path:
        while self._folder is None:
            _root().mkdir(parents=True, exist_ok=True, mode=0o700)
            made = Path(tempfile.mkdtemp(dir=_root()))
            with contextlib.suppress(FileNotFoundError, SecondWriter):  # swept before it was locked: once more
                self._lock = WriterLock(made)
                self._folder = made
        return self._folder

    def forget(self, attachment: str = "") -> None:
        """Remove the copy of one attachment, or all; one that another program holds stays for the next time."""
        if self._folder and self._lock:
            if attachment:
                shutil.rmtree(self._folder / _short(attachment), ignore_errors=True)
                return
            self._lock.release()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = self._lock = None


def sweep() -> None:
    """Remove what interrupted programs left."""
    with contextlib.suppress(OSError):  # a disk that cannot be written has nothing to be swept
        for folder in [each for each in _root().iterdir() if each.is_dir()]:
            with contextlib.suppress(SecondWriter, OSError):
                WriterLock(folder).release()
                shutil.rmtree(folder, ignore_errors=True)


def _short(attachment: str) -> str:
    """Return a short name for a folder: Windows takes paths of 259 signs, and the name of the file is to fit in."""
    return attachment[-FOLDER_ID_CHARS:]


def _root() -> Path:
    return config_dir() / "opened"
