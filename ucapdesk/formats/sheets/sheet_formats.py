"""Reads and writes tables in the format that the suffix of a file names; see ``formats.sheet_modules``."""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from ucapdesk.formats.errors import FILE_NOT_WRITTEN, FileEmpty
from ucapdesk.formats.sheet_modules import SHEET_MODULES, TEXT, WORKBOOK
from ucapdesk.formats.sheets.sheet import FILE_MB, MAX_ROWS, MEGABYTE, Cell, Sheet, SheetTooLarge
from ucapdesk.formats.whole_files import ending_of, read_file


class SheetFormat(Protocol):
    """The two functions of such a module."""

    def read(self, name: str, file: BinaryIO) -> list[Sheet]:
        """Return the sheets of an open file. Raises a ``UserError`` for what cannot be read."""

    def write(
        self, target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str
    ) -> None:
        """Write a table; arguments as ``write_sheet``."""


def _format(suffix: str) -> SheetFormat:
    return cast("SheetFormat", importlib.import_module(f"{__package__}.{SHEET_MODULES[suffix]}"))


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a file that hold anything. Raises a ``UserError`` for what cannot be read."""
    too_large = SheetTooLarge(file=path.name, rows=MAX_ROWS, limit=FILE_MB)
    return sheets_in(path.name, BytesIO(read_file(path, FILE_MB * MEGABYTE, too_large)))


def sheets_in(name: str, file: BinaryIO) -> list[Sheet]:
    """Return the sheets of an open file that hold anything; a workbook is known by its contents, whatever it is called.

    Raises a ``UserError`` for what cannot be read.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SHEET_MODULES or suffix == TEXT:
        suffix = WORKBOOK if zipfile.is_zipfile(file) else TEXT
    file.seek(0)
    found = [sheet for sheet in _format(suffix).read(name, file) if sheet.rows]
    if not found:
        raise FileEmpty(file=name)
    return found


def write_sheet(target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str) -> None:
    """Write a table in the format that the suffix of the target names. Raises UnknownEnding, FileNotWritten.

    Args:
        target: The file.
        title: The name of the sheet, in a format that has names of sheets.
        heads: The first row; it stays in sight.
        rows: The others.
        subject: Says in the file's properties what it holds, in a format that has some.
    """
    form = _format(ending_of(target, SHEET_MODULES))
    try:
        form.write(target, title, heads, rows, subject)
    except OSError as error:
        raise FILE_NOT_WRITTEN(file=target, reason=error.strerror) from None
