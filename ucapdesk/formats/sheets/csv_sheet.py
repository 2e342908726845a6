"""Tables with separators (.csv) of any origin. No text that is written is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from ucapdesk.base.files import write_atomically
from ucapdesk.formats.sheets.sheet import RISKY, SHEET_UNREADABLE, Cell, Sheet, rows_of
from ucapdesk.formats.whole_files import text_of

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def read(name: str, file: BinaryIO) -> list[Sheet]:
    """Return the one table of a file, whichever of the three separators it has."""
    text = text_of(file.read())
    if "\0" in text:
        raise SHEET_UNREADABLE(file=name)
    first = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        # a mark keeps a cell from being a formula
        cells = ([cell[1:] if cell[:1] == "'" and cell[1:2] in RISKY else cell for cell in row] for row in reader)
        rows = rows_of(name, cells)
    except csv.Error:
        raise SHEET_UNREADABLE(file=name) from None
    return [Sheet(Path(name).stem, rows)]


def write(target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], subject: str) -> None:  # noqa: ARG001 (has no place for them)
    """Write a table as UTF-8 with a mark of its encoding, without which Excel reads Chinese as nonsense."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in heads])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    write_atomically(target, text.getvalue().encode("utf-8-sig"))


def _harmless(cell: Cell) -> Cell:
    risky = isinstance(cell, str) and cell.startswith(RISKY) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if risky else cell
