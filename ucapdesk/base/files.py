"""Files: written atomically, read in bounds, marked when they come from others; how a disk is formatted.

A reader finds the old contents or the new ones. The mark is called the Mark of the Web on Windows and quarantine on macOS,
so that other programs open such files with care; other systems know none. A disk that cannot hold it (a stick with FAT)
goes without, as with files that a browser saves.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

from ucapdesk.base.clock import system_clock

# The errors of Windows for a file that another program has open: access denied, sharing violation.
ERRORS_OF_OPEN_FILES = (5, 32)
TRIES, PAUSE = 20, 0.05  # About a second, in which a virus scanner lets go of a fresh file


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


WINDOWS, MACOS = "win32", "darwin"
# The zone mark "from the internet": Word and Excel open such a file in protected view.
ZONE = "[ZoneTransfer]\r\nZoneId=3\r\n"
STREAM, ATTRIBUTE = "Zone.Identifier", "com.apple.quarantine"


def mark_received(file: Path) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == WINDOWS:
            write_stream(file, STREAM, ZONE)
        elif sys.platform == MACOS:
            set_attribute(file, ATTRIBUTE, f"0081;{system_clock() // 10**6:08x};UCAPDesk;".encode())


def write_stream(file: Path, stream: str, content: str) -> None:
    Path(f"{file}:{stream}").write_text(content, encoding="ascii", newline="")


def set_attribute(file: Path, name: str, value: bytes) -> None:
    """Set an extended attribute on macOS, for which Python has no function."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.setxattr(str(file).encode(), name.encode(), value, ctypes.c_size_t(len(value)), 0, 0):
        raise OSError(ctypes.get_errno(), "the attribute was not set")


# Formats, those of sticks, that give a file another number each time the stick is plugged in.
FLEETING = {"vfat", "msdos", "exfat", "fat", "fat12", "fat16", "fat32"}
MOUNTS = Path("/proc/self/mountinfo")
MAX_FORMAT_CHARS = 32
# The size of macOS' ``struct statfs``, and where in it the name of the format stands.
STATFS_BYTES, STATFS_NAME = 2168, slice(72, 88)


def has_fleeting_numbers(file: Path) -> bool:
    """Return whether the number of a file (``st_ino``) does not identify it."""
    return format_of(file).lower() in FLEETING


def format_of(file: Path) -> str:
    """Return the format of the disk that a file is on; empty where the system does not say."""
    if os.name == "nt":
        return _windows_format(file)
    return _macos_format(file) if sys.platform == MACOS else _mounted_format(file)


def _windows_format(file: Path) -> str:
    name = ctypes.create_unicode_buffer(MAX_FORMAT_CHARS)
    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 (only there on Windows)
    known = windows.GetVolumeInformationW(f"{file.drive}\\", None, 0, None, None, None, name, len(name))
    return name.value if known else ""


def _macos_format(file: Path) -> str:
    """Return the format by asking macOS, for which Python has no function."""
    found = ctypes.create_string_buffer(STATFS_BYTES)
    failed = ctypes.CDLL(None).statfs(os.fsencode(file), found)
    return "" if failed else found.raw[STATFS_NAME].partition(b"\0")[0].decode()


def _mounted_format(file: Path) -> str:
    """Return the format by Linux's list: that of the last file system mounted at the deepest folder above the file."""
    try:
        lines = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    formats = {Path(_plain(line[4])): line[line.index("-") + 1] for line in lines if "-" in line}
    return next((formats[above] for above in (file, *file.parents) if above in formats), "")


def _plain(place: str) -> str:
    """Return the name of a folder as it is: the list writes blanks as numbers."""
    for number, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(number, sign)
    return place
