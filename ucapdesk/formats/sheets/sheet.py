"""Tables of text as all formats of spreadsheets hold them: what is read of one, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from ucapdesk.base.errors import UserError

MEGABYTE = 1 << 20
FILE_MB = 50
MAX_ROWS, MAX_COLUMNS = 200_000, 500
LONGEST_CELL = 100_000
"""Characters of a cell; a spreadsheet program allows 32,767."""
BLANK = 2_000
"""Number of empty rows after which reading stops: a sheet may claim a million."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""The first characters of a text that a spreadsheet may take for a formula."""
OURS = "ucapdesk "
"""With it begins what the property *Subject* of our workbooks says: the kind of its rows, and which changes they show."""
Cell = str | int


class Figure(str):
    """A number of a workbook: its point comes before decimals, whatever the language of the sheet."""

    __slots__ = ()


class SheetUnreadable(UserError):
    """The file is damaged, or no spreadsheet at all."""

    sentence = (
        "The file {file} cannot be read as a spreadsheet. "
        "Nothing was changed; open it in Excel or LibreOffice, save it as .xlsx or .csv and choose that file."
    )


class SheetTooLarge(UserError):
    """The file is larger than anybody records by hand, or unpacks to something enormous."""

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
    said = [_said(cell) for cell in islice(row, MAX_COLUMNS)]
    while said and not said[-1]:
        said.pop()
    return tuple(said)


def _said(cell: Any) -> str:
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
