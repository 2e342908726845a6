"""Tables of text as all formats of spreadsheets hold them: what is read of one, what is refused, and the format by the suffix.

``whole_files.SHEET_MODULES`` names the module of each suffix; it is imported for such a file only.
"""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.formats.errors import FILE_NOT_WRITTEN, FileEmpty
from ucapdesk.formats.whole_files import SHEET_MODULES, TEXT, WORKBOOK, ending_of, read_file

MEGABYTE = 1 << 20
FILE_MB = 50
MAX_ROWS, MAX_COLUMNS = 200_000, 500
LONGEST_CELL = 100_000  # Characters of a cell; a spreadsheet program allows 32,767
BLANK = 2_000  # Number of empty rows after which reading stops: a sheet may claim a million
RISKY = ("=", "+", "-", "@", "\t", "\r")  # The first characters of a text that a spreadsheet may take for a formula
# With it begins what the property *Subject* of our workbooks says: the kind of its rows, and which changes they show.
OURS = "ucapdesk "
Cell = str | int


class Figure(str):
    """A number of a workbook: its point comes before decimals, whatever the language of the sheet."""

    __slots__ = ()


SHEET_UNREADABLE = Failure(
    "sheet-unreadable",
    "The file {file} cannot be read as a spreadsheet. "
    "Nothing was changed; open it in Excel or LibreOffice, save it as .xlsx or .csv and choose that file.",
)


class SheetTooLarge(UserError):
    sentence = (
        "The spreadsheet {file} is too large: at most {rows} rows and {limit} MB are read. "
        "Nothing was changed; split it into several files."
    )


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number in the sheet; its cells as text, without trailing empty ones."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. ``subject`` is what the file says it holds, if it says so.

    ``across``: by number of a row the first and last column of each cell that was merged across; ``struck``: the columns whose
    cells are struck through, or all of a hidden row; ``hidden``: nobody sees it in a spreadsheet program.
    """

    name: str
    rows: tuple[SheetRow, ...]
    subject: str = ""
    across: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    struck: Mapping[int, Sequence[int]] = field(default_factory=dict)
    hidden: bool = False


def rows_of(name: str, rows: Iterable[Iterable[Any]]) -> tuple[SheetRow, ...]:
    """Return rows of cells as text, without empty ones. Raises SheetTooLarge."""
    found: list[SheetRow] = []
    blank = 0
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        blank = 0 if cells else blank + 1
        if blank > BLANK:
            break
        if cells:
            found.append(SheetRow(number, cells))
        if len(found) > MAX_ROWS or max(map(len, cells), default=0) > LONGEST_CELL:
            raise SheetTooLarge(file=name, rows=MAX_ROWS, limit=FILE_MB)
    return tuple(found)


def _cells(row: Iterable[Any]) -> tuple[str, ...]:
    said = [_cell_text(cell) for cell in islice(row, MAX_COLUMNS)]
    while said and not said[-1]:
        said.pop()
    return tuple(said)


def _cell_text(cell: Any) -> str:
    """Return a cell as a user would type it; a date without hours as its day."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date | time):
        return cell.isoformat()[:10] if isinstance(cell, date) else f"{cell:%H:%M}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, float):
        return Figure(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


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
