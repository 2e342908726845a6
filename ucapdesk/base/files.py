"""Writes files atomically, so that a reader finds the old contents or the new ones, and reads strangers' files in bounds."""

from __future__ import annotations

import io
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

ERRORS_OF_OPEN_FILES = (5, 32)
"""The errors of Windows for a file that another program has open: access denied, sharing violation."""
TRIES, PAUSE = 20, 0.05
"""About a second, in which a virus scanner lets go of a fresh file."""


def move(source: Path, target: Path) -> None:
    """Give a finished file or folder its final name, in place of a file that has it.

    On Windows scanners open what is new, and nothing can be renamed meanwhile: then it is tried again.
    """
    for left in reversed(range(TRIES)):
        try:
            source.replace(target)
        except OSError as error:
            if not left or getattr(error, "winerror", None) not in ERRORS_OF_OPEN_FILES:
                raise
            time.sleep(PAUSE)
        else:
            return


def unused_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name that is free in a folder; a second file of one stem gets a number."""
    names = (folder / f"{stem}{f'-{n}' if n else ''}{suffix}" for n in count())
    return next(name for name in names if not name.exists())


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace a file in one step; ``private`` keeps other users of the computer out."""
    with replacing(path, private=private) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file beside another one, which it replaces once it is written and on the disk; ``private`` as ``write_atomically``'s."""
    part = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600 if private else 0o666)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        move(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def first_bytes(path: Path, most: int) -> bytes:
    """Return the beginning of a file; a device may give bytes without end, and says that it has none."""
    with path.open("rb") as file:
        return file.read(most)


class ReadTooLarge(ValueError):
    """A single read is larger than any honest file needs."""


class BoundedReads:
    """A file that refuses large single reads, as the directory of a zip file may claim any length.

    A read of more than ``most`` bytes raises ReadTooLarge before anything is read.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read as the file does."""
        if size > self._most:
            raise ReadTooLarge(size)
        return self._file.read(size)


class FileInPieces(io.RawIOBase):
    """A file that is kept in pieces of one size, as a Python file object; a subclass gives the bytes of a piece."""

    def __init__(self, size: int, piece_size: int) -> None:
        super().__init__()
        self._size, self._piece_size, self._at = size, piece_size, 0

    def piece(self, n: int) -> bytes:
        """Return the bytes of piece ``n``, from 0."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        n, skip = divmod(self._at, self._piece_size)
        found = self.piece(n)[skip : skip + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)
