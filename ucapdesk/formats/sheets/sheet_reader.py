"""Reads tables of text from .xlsx and .csv of any origin: every cell as text, nothing calculated, nothing trusted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from ucapdesk.base.errors import UserError
from ucapdesk.formats.errors import DocumentHasMacros, FileEmpty, FileUnreadable
from ucapdesk.formats.sheets.sheet_writer import RISKY
from ucapdesk.formats.whole_files import text_of

MEGABYTE = 1 << 20
FILE_MB, UNPACKED_MB = 50, 200
"""Larger files are refused; a small one that unpacks to more than that is no spreadsheet but an attack."""
MAX_ROWS, MAX_COLUMNS = 200_000, 500
MOST_MERGED = 20_000
MOST_TAGS = {
    rb"<(?:\w+:)?row[\s/>]": 1_048_577,
    rb"<(?:\w+:)?c[\s/>]": 5_000_000,
    rb"<(?:\w+:)?(?:si|r|xf)[\s/>]": 1_000_000,
}
"""How many rows and cells a sheet may name, empty ones too, how many texts, runs and formats a workbook; the library holds all of them."""
LONGEST_CELL = 100_000
"""Characters of a cell; a spreadsheet program allows 32,767."""
BLANK = 2_000
"""Number of empty rows after which reading stops: a sheet may claim a million."""
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


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
    """One sheet of a file. ``subject`` is what the file says it holds, if it says so."""

    name: str
    rows: tuple[SheetRow, ...]
    subject: str = ""


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a file that hold anything. Raises a ``UserError`` for what cannot be read."""
    try:
        if path.stat().st_size > FILE_MB * MEGABYTE:
            raise SheetTooLarge(file=path.name, rows=MAX_ROWS, limit=FILE_MB)
        with path.open("rb") as file:
            return sheets_in(path.name, file)
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror) from None


def sheets_in(name: str, file: BinaryIO) -> list[Sheet]:
    """Return the sheets of an open file that hold anything. Raises a ``UserError`` for what cannot be read."""
    packed = zipfile.is_zipfile(file) or name.lower().endswith(".xlsx")
    file.seek(0)
    found = [sheet for sheet in (_read_xlsx(name, file) if packed else [_read_csv(name, file)]) if sheet.rows]
    if not found:
        raise FileEmpty(file=name)
    return found


def _read_xlsx(name: str, file: BinaryIO) -> list[Sheet]:
    _refuse_bombs(name, file)
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            subject = str(book.properties.subject or "")
            # The size a sheet claims may be wrong either way, so it is ignored.
            sheets = [each for each in book.worksheets if hasattr(each, "reset_dimensions")]
            for each in sheets:
                each.reset_dimensions()
            return [
                Sheet(each.title, _rows(name, _filled(each.iter_rows(values_only=True), _merged(each))), subject)
                for each in sheets
            ]
        finally:
            book.close()
    except SheetTooLarge:
        raise
    except Exception:  # noqa: BLE001 (whatever a damaged or hostile file makes of the library)
        raise SheetUnreadable(file=name) from None


def _merged(sheet: Any) -> dict[int, dict[int, int]]:
    """Return cells merged downwards: for each first row, by column, the last one. Cells merged across are one cell.

    The reader that takes little memory does not tell; in the file it stands behind the rows.
    """
    from openpyxl.utils import column_index_from_string

    found: dict[int, dict[int, int]] = {}
    before, n = b"", 0
    with sheet._get_source() as part:  # noqa: SLF001 (no public way to the part of a sheet)
        while block := part.read(MEGABYTE):
            for match in _MERGED.finditer(before + block):
                column, first, _, last = (group.decode() for group in match.groups())
                if int(last) > int(first) and n < MOST_MERGED:
                    n += 1
                    found.setdefault(int(first), {})[column_index_from_string(column) - 1] = int(last)
            before = (before + block)[-64:]
    return found


def _filled(rows: Iterable[tuple[Any, ...]], merged: dict[int, dict[int, int]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows in which each cell that was merged downwards repeats the first one."""
    held: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows, 1):
        for place, last in merged.get(number, {}).items():
            held[place] = (last, row[place] if place < len(row) else None)
        held = {place: (last, said) for place, (last, said) in held.items() if last >= number}
        if held and any(cell is not None for cell in row):
            width = max(len(row), max(held) + 1)
            cells = list(row) + [None] * (width - len(row))
            for place, (_, said) in held.items():
                cells[place] = said if cells[place] is None else cells[place]
            yield tuple(cells)
        else:
            yield row


def _refuse_bombs(name: str, file: BinaryIO) -> None:
    """Refuse a workbook, a zip file of XML, that unpacks to too much or defines entities."""
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MB * MEGABYTE:
                raise SheetTooLarge(file=name, rows=MAX_ROWS, limit=UNPACKED_MB)
            for part in packed.infolist():
                if part.filename.endswith("vbaProject.bin"):
                    raise DocumentHasMacros(file=name)
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        begins = opened.read(MEGABYTE).replace(b"\0", b"")  # of UTF-16
                    if b"<!DOCTYPE" in begins or b"<!ENTITY" in begins:
                        raise SheetUnreadable(file=name)
                if part.filename.startswith("xl/") and part.file_size > MEGABYTE:
                    with packed.open(part) as opened:
                        _refuse_many(name, opened)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise SheetUnreadable(file=name) from None


def _refuse_many(name: str, part: IO[bytes]) -> None:
    """Refuse a sheet with more rows or cells than any has, or a longer one; the library would hold all of it."""
    found = dict.fromkeys(MOST_TAGS, 0)
    while block := part.read(MEGABYTE):
        if len(block) == MEGABYTE and b"<" not in block:  # a cell far longer than LONGEST_CELL
            raise SheetTooLarge(file=name, rows=MAX_ROWS, limit=FILE_MB)
        for tag, most in MOST_TAGS.items():
            found[tag] += len(re.findall(tag, block))
            if found[tag] > most:
                raise SheetTooLarge(file=name, rows=MAX_ROWS, limit=UNPACKED_MB)


def _read_csv(name: str, file: BinaryIO) -> Sheet:
    text = text_of(file.read())
    if "\0" in text:
        raise SheetUnreadable(file=name)
    first = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = _rows(name, ([_unmarked(cell) for cell in row] for row in reader))
    except csv.Error:
        raise SheetUnreadable(file=name) from None
    return Sheet(Path(name).stem, rows)


def _unmarked(cell: str) -> str:
    """Return a cell without the mark that keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in RISKY else cell


def _rows(name: str, rows: Iterable[Iterable[Any]]) -> tuple[SheetRow, ...]:
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
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
