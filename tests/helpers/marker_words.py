"""Where on a disk words stand: in the bytes of every file, and in all that is packed in them.

Databases are opened and looked at cell by cell, packages and their deflated lines are unpacked, the bodies of the log inflated.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.store.log.changeset import unpack


def places(folders: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Every place where one of the words stands, in whichever case."""
    sought = [each for word in words for each in _spellings(word)]
    found = []
    for folder in folders:
        for file in sorted(path for path in [folder, *folder.rglob("*")] if path.is_file()):
            if any(each in file.name.casefold().encode() for each in sought):
                found.append(f"{file} (its name)")
            for where, data in _pieces(file):
                found += [f"{file} {where}: {each!r}" for each in sought if each in data.lower()]
    return found


def _spellings(word: str) -> Iterator[bytes]:
    yield word.casefold().encode()
    yield word.casefold().encode("utf-16-le")
    yield word.encode("unicode_escape").lower()


def _pieces(file: Path) -> Iterator[tuple[str, bytes]]:
    data = file.read_bytes()
    yield "", data
    yield from _packed(data)
    if data[:15] == b"SQLite format 3":
        yield from _cells(file)


def _packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"PK":
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as opened:
            for name in opened.namelist():
                yield name, opened.read(name)


def _cells(file: Path) -> Iterator[tuple[str, bytes]]:
    with contextlib.closing(driver.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            for row in db.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield from ((table, each) for each in _in_cell(value))


def _in_cell(value: Any) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode()
    if isinstance(value, bytes):
        yield value
        yield from (data for _, data in _packed(value))
        with contextlib.suppress(Exception):
            yield "\n".join(unpack(value)).encode()
