"""The outside of a package: a zip file with known names, read without believing anything it says of itself.

``Container`` only ever gives bytes by exact name, counted; nothing is extracted under a name from the file. The limits hold while a
package is read, and the same bounds are kept while one is written, so that no package leaves a laptop that the next one refuses.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ucapdesk.base.files import BoundedReads, ReadTooLarge
from ucapdesk.base.i18n import Message
from ucapdesk.exchange.errors import INCOMPLETE_PACKAGE, NOT_A_NORMAL_PACKAGE, NOT_A_PACKAGE, DamagedPackage
from ucapdesk.store.errors import translated_errors
from ucapdesk.store.log.changeset import HIGHEST, LARGEST_LINE, MIB, MOST_DEVICES, SLACK

__all__ = ["HIGHEST", "MIB", "MOST_DEVICES"]

LARGEST_PACKAGE = 2 * 2**30
LARGEST_FILE = 200 * MIB
LARGEST_CHANGES = 512 * MIB
LARGEST_MANIFEST = 4 * MIB
LARGEST_PROTECTED = 200 * MIB
LARGEST_SEALED = LARGEST_PROTECTED + MIB  # Of the file with its protection, which adds 16 bytes to each 64 KiB
LONGEST_LINE_READ = LARGEST_LINE + SLACK
MOST_ENTRIES = 20_000
# Maximum number and total size of waiting packages of accepted laptops; the newest always waits.
MOST_WAITING, LARGEST_WAITING = 30, 500 * MIB
MOST_STRANGE, LARGEST_STRANGE = 10, 100 * MIB  # The same for unknown laptops
WAITS_DAYS = 90  # Days for which a package waits
LARGEST_DIRECTORY = MOST_ENTRIES * 150  # Maximum size of a zip directory: 46 bytes an entry, and its name
# Maximum laptops in a package that is read. Earlier versions read ``MOST_DEVICES``: silent ones beyond that are not
# given.
MOST_LISTED = 5_000
# Maximum number of files in one package, and of files listed as left out: all of it stands in the manifest.
MOST_FILES = 5_000
LONGEST_WORD = 1000  # Maximum characters of any text of the manifest; we write less
LONGEST_WORD_GIVEN = 200
LONGEST_FILE_NAME = 160  # Maximum characters of a file name that are shown
DENSEST = 200  # Maximum growth of a compressed part; ours grow by 4 to 60. Denser data is given uncompressed.
LEAST_DEFLATED = 1024  # Minimum size assumed of a part when its growth is calculated


def is_too_dense(size: int, packed: int) -> bool:
    return size > DENSEST * max(packed, LEAST_DEFLATED)


MANIFEST, SIGNATURE, CHANGES = "manifest.json", "manifest.sig", "changes.jsonl"
BLOBS = "blobs/"
PROTECTED = b"age-encryption.org/v1"
PIECE = 2**18

_BLOB = re.compile(r"blobs/[0-9a-f]{64}")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_LOCAL_MAGIC = b"PK\x03\x04"


def is_protected(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(len(PROTECTED)) == PROTECTED


def opened(path: Path, name: str) -> io.BufferedReader:
    """Open a file that may be a package. Raises NOT_A_PACKAGE for a pipe, which never ends, and whatever else is no file."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise NOT_A_PACKAGE(file=name)
    return path.open("rb")


def begins_as_one(file: BinaryIO, name: str) -> None:
    """Check whether a file can be a package at all, by its size and beginning.

    Raises NOT_A_PACKAGE, INCOMPLETE_PACKAGE or NOT_A_NORMAL_PACKAGE; ``name`` is what the sentence calls it.
    """
    size = file.seek(0, 2)
    file.seek(0)
    begins = file.read(len(PROTECTED))
    largest = LARGEST_SEALED if begins.startswith(PROTECTED) else LARGEST_PACKAGE
    if size > largest:
        raise NOT_A_NORMAL_PACKAGE(file=name, reason=f"{size // MIB} MB")
    if _LOCAL_MAGIC.startswith(begins):
        raise INCOMPLETE_PACKAGE(file=name)
    if not begins.startswith((_LOCAL_MAGIC, PROTECTED)):
        raise NOT_A_PACKAGE(file=name)


class _PackageFile(BoundedReads):
    """The file of a package; a disk that cannot be read is told as an error of the user's."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__(file, LARGEST_DIRECTORY)
        self._path = Path(name)

    def read(self, size: int = -1) -> bytes:
        with translated_errors(self._path):
            return super().read(size)


class Container:
    """An opened package with a valid outer form.

    Raises NOT_A_PACKAGE, INCOMPLETE_PACKAGE, NOT_A_NORMAL_PACKAGE or DamagedPackage; ``name`` is what the sentence calls it.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name, self._file = name, _PackageFile(file, name)
        begins_as_one(file, name)
        self._zip = self._open()
        self._entries = self._checked()

    def _open(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._file)
        except ReadTooLarge:
            raise NOT_A_NORMAL_PACKAGE(file=self.name, reason=Message("package", "too many or doubled names")) from None
        except zipfile.BadZipFile:
            raise INCOMPLETE_PACKAGE(file=self.name) from None
        except (ValueError, OverflowError, NotImplementedError, OSError, struct.error):  # to a place before the file
            raise DamagedPackage(file=self.name) from None

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        entries = {info.filename: info for info in infos}
        if not entries.keys() & {MANIFEST, SIGNATURE}:
            raise NOT_A_PACKAGE(file=self.name)
        if not {MANIFEST, SIGNATURE} <= entries.keys():
            raise DamagedPackage(file=self.name)
        if len(infos) > MOST_ENTRIES or len(entries) != len(infos):
            self._refuse(Message("package", "too many or doubled names"))
        for info in infos:
            self._check(info)
        self._check_places(infos)
        return entries

    def _check(self, info: zipfile.ZipInfo) -> None:
        largest = {MANIFEST: LARGEST_MANIFEST, SIGNATURE: 64, CHANGES: LARGEST_CHANGES}
        known = info.filename in largest or _BLOB.fullmatch(info.filename)
        if not known or info.orig_filename != info.filename:
            self._refuse(Message("package", "a name that does not belong"))
        if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self._refuse(Message("package", "an unknown way of packing"))
        if info.file_size > largest.get(info.filename, LARGEST_FILE):
            self._refuse(Message("package", "too large"))
        if is_too_dense(info.file_size, info.compress_size):
            self._refuse(Message("package", "too dense"))

    def _check_places(self, infos: list[zipfile.ZipInfo]) -> None:
        """Check that every entry has bytes of its own, or few bytes could stand for very many."""
        free = 0
        for info in sorted(infos, key=lambda each: each.header_offset):
            if info.header_offset < 0:
                raise DamagedPackage(file=self.name)
            self._file.seek(info.header_offset)
            head = self._file.read(_LOCAL.size)
            if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MAGIC):
                raise DamagedPackage(file=self.name)
            *_, name_length, extra_length = _LOCAL.unpack(head)
            if info.header_offset < free:
                self._refuse(Message("package", "parts that overlap"))
            free = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size

    def _refuse(self, reason: Message) -> None:
        raise NOT_A_NORMAL_PACKAGE(file=self.name, reason=reason)

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, a piece at a time. Raises DamagedPackage where they differ from what was packed."""
        info = self._entries.get(name)
        if info is None:
            raise DamagedPackage(file=self.name)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error):
            raise DamagedPackage(file=self.name) from None

    def lines(self, name: str, digest: hashlib._Hash, too_long: Exception) -> Iterator[list[bytes]]:
        """Yield the lines of a part, many at a time, parted at LF alone; its bytes go into the digest. Raises ``too_long``."""
        rest = b""
        for piece in self.pieces(name):
            digest.update(piece)
            *whole, rest = (rest + piece).split(b"\n") if b"\n" in piece else (rest + piece,)
            if len(rest) > LONGEST_LINE_READ:
                raise too_long
            yield whole
        if rest:
            yield [rest]
