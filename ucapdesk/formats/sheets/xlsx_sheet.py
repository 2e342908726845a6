"""Workbooks (.xlsx) of any origin: every cell as text, nothing calculated, nothing trusted. None that is written holds a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO

from ucapdesk.base.files import replacing
from ucapdesk.formats.errors import DOCUMENT_HAS_MACROS
from ucapdesk.formats.sheets.sheet import (
    FILE_MB,
    MAX_ROWS,
    MEGABYTE,
    RISKY,
    SHEET_UNREADABLE,
    Cell,
    Sheet,
    SheetTooLarge,
    rows_of,
)

UNPACKED_MB = 200  # A file that unpacks to more is no spreadsheet but an attack
MOST_MERGED = 20_000
# How many rows and cells a sheet may name, empty ones too, how many texts, runs and formats a workbook; the library
# holds all of them.
MOST_TAGS = {
    rb"<(?:\w+:)?row[\s/>]": 1_048_577,
    rb"<(?:\w+:)?c[\s/>]": 5_000_000,
    rb"<(?:\w+:)?(?:si|r|xf)[\s/>]": 1_000_000,
}
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # Characters that no cell can hold
WIDEST, NARROWEST = 60, 10
LONG = 40  # Characters from which a text is wrapped in its cell; styles are what takes time in a long list
_HIDDEN = re.compile(rb'<row\b[^<>]{0,200}\bhidden="(?:1|true)"[^<>]{0,200}>')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


def read(name: str, file: BinaryIO) -> list[Sheet]:
    """Return the sheets of a workbook. Raises SHEET_UNREADABLE, SheetTooLarge and DocumentHasMacros."""
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
            crossed = _crossed_out(book)
            return [_sheet(name, each, subject, crossed) for each in sheets]
        finally:
            book.close()
    except SheetTooLarge:
        raise
    except Exception:  # noqa: BLE001 (whatever a damaged or hostile file makes of the library)
        raise SHEET_UNREADABLE(file=name) from None


def _sheet(name: str, sheet: Any, subject: str, crossed: frozenset[int]) -> Sheet:
    down, across, hidden = _of_rows(sheet)
    rows = rows_of(name, _filled(sheet.iter_rows(values_only=True), down))
    unseen = {row.number: range(len(row.cells)) for row in rows if row.number in hidden}
    return Sheet(sheet.title, rows, subject, across, _struck(sheet, crossed) | unseen, sheet.sheet_state != "visible")


def _crossed_out(book: Any) -> frozenset[int]:
    """Return the numbers of the styles in which texts are struck through; mostly there are none, and no cell is looked at."""
    fonts = book._fonts  # noqa: SLF001 (no public way to the styles of a workbook that is only read)
    return frozenset(at for at, style in enumerate(book._cell_styles) if fonts[style.fontId].strike)  # noqa: SLF001


def _struck(sheet: Any, crossed: frozenset[int]) -> dict[int, Sequence[int]]:
    """Return by row the columns of the cells in one of these styles."""
    found: dict[int, Sequence[int]] = {}
    for number, row in enumerate(sheet.iter_rows() if crossed else (), 1):
        places = [
            at for at, cell in enumerate(row) if getattr(cell, "_style_id", -1) in crossed and cell.value is not None
        ]
        if places:
            found[number] = places
        if number > MAX_ROWS:
            break
    return found


def _of_rows(sheet: Any) -> tuple[dict[int, dict[int, int]], dict[int, list[tuple[int, int]]], set[int]]:
    """Return cells merged downwards: for each first row, by column, the last one; by row those merged across, which stay one cell; hidden rows.

    The reader that takes little memory does not tell.
    """
    from openpyxl.utils import column_index_from_string

    down: dict[int, dict[int, int]] = {}
    across: dict[int, list[tuple[int, int]]] = {}
    hidden: set[int] = set()
    before, n = b"", 0
    with sheet._get_source() as part:  # noqa: SLF001 (no public way to the part of a sheet)
        while block := part.read(MEGABYTE):
            for match in _MERGED.finditer(before + block):
                column, first, until, last = (group.decode() for group in match.groups())
                begins, ends = (column_index_from_string(each) - 1 for each in (column, until))
                n += 1
                if int(last) > int(first) and n < MOST_MERGED:
                    down.setdefault(int(first), {})[begins] = int(last)
                if ends > begins and n < MOST_MERGED:
                    across.setdefault(int(first), []).append((begins, ends))
            for row in _HIDDEN.findall(before + block):
                hidden |= {int(number) for number in re.findall(rb'\br="([0-9]{1,7})"', row)}
            before = (before + block)[-300:]
    return down, across, hidden


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
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MB * MEGABYTE:
                raise SheetTooLarge(file=name, rows=MAX_ROWS, limit=UNPACKED_MB)
            for part in packed.infolist():
                if part.filename.endswith("vbaProject.bin"):
                    raise DOCUMENT_HAS_MACROS(file=name)
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        begins = opened.read(MEGABYTE).replace(b"\0", b"")  # of UTF-16
                    if b"<!DOCTYPE" in begins or b"<!ENTITY" in begins:
                        raise SHEET_UNREADABLE(file=name)
                if part.filename.startswith("xl/") and part.file_size > MEGABYTE:
                    with packed.open(part) as opened:
                        _refuse_many(name, opened)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise SHEET_UNREADABLE(file=name) from None


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


def write(target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str) -> None:
    """Write a table as a workbook of one sheet: beside the target, then put there whole."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.subject = subject
    book.properties.creator = "UCAPDesk"
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "B2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(head) + 4, NARROWEST), WIDEST)
    with replacing(target) as file:  # a place that takes no file is found out before the rows are read
        try:
            sheet.append([_made(sheet, head, head=True) for head in heads])
            for row in rows:
                sheet.append([_made(sheet, cell) for cell in row])
        except BaseException:  # stopped half way: the library keeps a file open until its sheet is closed
            sheet.close()
            raise
        if heads:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}1"
        book.save(file)


def _made(sheet: Any, cell: Cell, *, head: bool = False) -> Any:
    """Return a cell of the workbook; None for an empty one."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if cell == "":
        return None
    made = WriteOnlyCell(sheet, _NO_CELL.sub("", cell) if isinstance(cell, str) else cell)
    if isinstance(cell, str):
        made.data_type = "s"  # never a formula
        if cell.startswith(RISKY):
            made.quotePrefix = True
        if len(cell) > LONG or "\n" in cell:
            made.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        made.font = Font(bold=True)
    return made
