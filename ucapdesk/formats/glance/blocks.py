"""The shape between a file and a table: paragraphs and grids in reading order, whatever the file was.

A container only says what stands where; which row means what is decided later, the same for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BODY, HEADER, FOOTER, BOX, NOTE, COMMENT, DELETED, MAIL, NUMBERING, INCLUDED = (
    "body", "header", "footer", "box", "note", "comment", "deleted", "mail", "numbering", "included",
)  # fmt: skip
MOST_COLUMNS, MOST_ROWS, DEEPEST = 60, 2_000, 12
"""A paper with more than this is none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the column it begins in, how many it covers, and whether it continues the cell above."""

    text: str
    at: int
    span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph and where it stands."""

    text: str
    place: str = BODY


@dataclass(frozen=True, slots=True)
class Blocks:
    """Everything in a file, in reading order."""

    parts: tuple[Grid | Text, ...]
    pages: int | None = None


def nested_lines(rows: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the rows of a table within a cell as items, and the numbering that stood before them."""
    items, numbers = [], []
    for row in rows:
        said = [" ".join(cell.split()) for cell in row]
        said = [cell for cell in said if cell]
        if len(said) > 1 and len(said[0]) < 20 and said[0][-1:].isdigit():
            numbers.append(said.pop(0))
        if said:
            items.append(f"→ {': '.join(said)}")
    return items, numbers
