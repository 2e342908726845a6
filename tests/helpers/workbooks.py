"""Workbooks as people make and change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *merged: tuple[str, str]) -> Path:
    """Write a workbook of rows by sheet; ``merged`` are sheets and the cells in them that are one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, cells in merged:
        book[name].merge_cells(cells)
    book.save(path)
    return path


def typed(file: Path, row: int = 2, /, **cells: str) -> Path:
    """Type something into a row of the first sheet, by heads."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column or 1 for cell in sheet[1]}
    for head, said in cells.items():
        sheet.cell(row, columns[head], said)
    book.save(file)
    return file
