"""Writes tables of text as .xlsx and .csv. No cell is ever a formula: a text that begins like one is marked as text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from ucapdesk.base.files import move, write_atomically
from ucapdesk.formats.errors import FileNotWritten

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""The first characters of a text that a spreadsheet may take for a formula."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no cell can hold."""
WIDEST, NARROWEST = 60, 10
LONG = 40
"""Characters from which a text is wrapped in its cell; styles are what takes time in a long list."""
Cell = str | int


def write_sheet(target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str) -> None:
    """Write a table in the form that the suffix of the target names: .csv, else .xlsx; arguments as ``write_xlsx``."""
    if target.suffix.lower() == ".csv":
        write_csv(target, heads, rows)
    else:
        write_xlsx(target, title, heads, rows, subject)


def write_csv(target: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as UTF-8 with a mark of its encoding, without which Excel reads Chinese as nonsense."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in heads])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    try:
        write_atomically(target, text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise FileNotWritten(file=target, reason=error.strerror) from None


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(RISKY) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_xlsx(target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str) -> None:
    """Write a table as a workbook of one sheet; written beside the target, then put there whole.

    Args:
        target: The file.
        title: The name of the sheet.
        heads: The first row; it stays in sight.
        rows: The others.
        subject: Says in the file's properties what it holds.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:  # a place that takes no file is found out before the rows are read
            _write_book(file, title, heads, rows, subject)
        move(part, target)
    except OSError as error:
        raise FileNotWritten(file=target, reason=error.strerror) from None
    finally:
        part.unlink(missing_ok=True)


def _write_book(
    file: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str
) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.subject = subject
    book.properties.creator = "UCAPDesk"
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "B2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(head) + 4, NARROWEST), WIDEST)
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
