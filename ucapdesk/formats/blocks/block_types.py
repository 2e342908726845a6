"""The shape between a file and its meaning: paragraphs and grids in reading order, whatever the file was.

A reader of a format only says what stands where; which row means what is decided later, the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BODY, HEADER, FOOTER, BOX, NOTE, COMMENT, DELETED, NUMBERING, INCLUDED = (
    "body", "header", "footer", "box", "note", "comment", "deleted", "numbering", "included",
)  # fmt: skip
MOST_COLUMNS, MOST_ROWS, DEEPEST = 60, 2_000, 12  # A paper with more than this is none


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the column it begins in, how many it covers, and whether it continues the cell above."""

    text: str
    at: int
    span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph and where it stands."""

    text: str
    place: str = BODY


@dataclass(frozen=True, slots=True)
class Blocks:
    parts: tuple[Grid | Text, ...]
    pages: int | None = None


class TableReader:
    """The part that all readers of documents share; ``apart`` is what does not stand in the run of the text."""

    def __init__(self) -> None:
        self.apart: list[Text] = []

    def cell_lines(self, parts: Iterable[Grid | Text]) -> Iterator[str]:
        """Yield the paragraphs of a cell, and the rows of a table within it as items; the numbers before them stand apart."""
        for part in parts:
            if isinstance(part, Text):
                yield part.text
                continue
            items, numbers = nested_lines([[inner.text for inner in row] for row in part.rows])
            self.apart += [Text(number, NUMBERING) for number in numbers]
            yield from items

    def keep(self, parts: Iterable[Grid | Text], place: str) -> None:
        """Keep apart what stands in a place of its own, such as a box."""
        self.apart += [Text(said.strip(), place) for said in self.cell_lines(parts) if said.strip()]


def distinct(places: Iterable[float], near: float) -> list[float]:
    """Return where lines or edges stand, in order, those within ``near`` of the one before once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > near:
            found.append(place)
    return found


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
