"""Opens a file as tables of texts, whatever it was: sheets, documents with tables, text with separators."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl

from ucapdesk.formats.errors import DocumentDamaged
from ucapdesk.formats.glance.blocks import BODY, Grid
from ucapdesk.formats.glance.glance_table import blocks_of, bytes_of, kind_of_file
from ucapdesk.formats.glance.packed import opened
from ucapdesk.formats.glance.text import squash
from ucapdesk.formats.glance.text_blocks import decoded

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 60, 20
Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class ListFile:
    """The contents of a file: its tables, and the texts that stand outside of them."""

    name: str
    sha256: str
    tables: tuple[Table, ...]
    outside: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of its text, a line for each paragraph and each row."""
        rows = ["\t".join(row).rstrip("\t") for table in self.tables for row in table]
        return tuple(line for line in (*self.outside, *rows) if line.strip())


def list_file(path: Path) -> ListFile:
    """Return the tables of a file. Raises one of ``formats.errors``."""
    data = bytes_of(path)
    digest = hashlib.sha256(data).hexdigest()
    if _is_workbook(path.name, data):
        return ListFile(path.name, digest, tuple(_sheets(path.name, data)))
    kind = kind_of_file(path.name, data)
    if kind in ("txt", "md") and path.suffix.lower() in (".csv", ".txt"):
        return ListFile(path.name, digest, (_separated(decoded(path.name, data)),))
    if kind in ("pdf", "eml"):
        return ListFile(path.name, digest, ())
    parts = blocks_of(path).parts
    tables = tuple(_matrix(part) for part in parts if isinstance(part, Grid))
    texts = [part.text for part in parts if not isinstance(part, Grid) and (part.place == BODY or squash(part.text))]
    return ListFile(path.name, digest, tables, tuple(said for text in texts if (said := squash(text))))


def _is_workbook(name: str, data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    with opened(name, data) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _sheets(name: str, data: bytes) -> Iterator[Table]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in book.worksheets[:MOST_SHEETS]:
            yield _sheet(sheet)
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise DocumentDamaged(file=name) from error


def _sheet(sheet: Any) -> Table:
    """Return the rows of a sheet; what is merged over several rows of a column stands in each of them."""
    below: dict[tuple[int, int], Any] = {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, min(area.max_row, MOST_ROWS) + 1)
    }
    cells = sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS))
    return [[_text(below.get((cell.row, cell.column), cell.value)) for cell in row] for row in cells]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            clock = f" {value:%H:%M}" if value.time() != time() else ""
            return f"{value:%Y-%m-%d}{clock}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if value.is_integer():
            return str(int(value))
    return squash(str(value))


def _separated(text: str) -> Table:
    """Return the rows of a text by the separator that its head has most of."""
    lines = text.splitlines()
    sign = max("\t;,，；|", key=lambda each: max((line.count(each) for line in lines[:12]), default=0))
    if sign in "，；":
        text, sign = text.replace(sign, "\t"), "\t"
    return [[squash(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=sign)][:MOST_ROWS]


def _matrix(grid: Grid) -> Table:
    """Return a table with a place for each column; a cell that goes on from above says the same again."""
    width = min(max((cell.at + cell.span for row in grid.rows for cell in row), default=0), MOST_COLUMNS)
    rows: Table = []
    for row in grid.rows:
        made = [""] * width
        for cell in row:
            if cell.at < width:
                made[cell.at] = _above(rows, cell.at) if cell.continues else squash(cell.text)
        rows.append(made)
    return rows


def _above(rows: Sequence[Sequence[str]], at: int) -> str:
    return rows[-1][at] if rows else ""


def is_rule(row: Sequence[str]) -> bool:
    """Return whether a row holds nothing to read."""
    return not re.search(r"\w", " ".join(row))
