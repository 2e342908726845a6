"""The writer lock: one process writes a workspace. The operating system releases it when the process is killed."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from ucapdesk.store.errors import SecondWriter

FILE = "workspace.lock"
_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, 0}
"""What systems say of a lock that somebody holds; Wine gives no number."""


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
        """Whether its file was removed meanwhile, with the folder perhaps."""
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
