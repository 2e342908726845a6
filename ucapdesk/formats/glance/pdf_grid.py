"""Reads the tables of a PDF by the lines drawn around their cells, and what stands between them as paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ucapdesk.formats.glance.blocks import MOST_COLUMNS, Blocks, Cell, Grid, Text
from ucapdesk.formats.glance.pdf import Part, Piece, RuledPage, Stroke, paragraphs, ruled_pages

_NEAR = 3.0
_MOST_LINES = 1_000
_LOWEST = 5.0
"""A row is at least so high."""


def pdf_blocks(name: str, data: bytes) -> Blocks:
    """Return the paragraphs and ruled tables of a PDF. Raises as ``pdf_lines`` does."""
    pages = ruled_pages(name, data)
    return Blocks(tuple(part for page in pages for part in _parts(page)), len(pages))


@dataclass(slots=True)
class _Box:
    """A cell on the page: the columns it covers, where it ends on the right, and its text so far."""

    at: int
    span: int
    left: float
    right: float
    continues: bool = False
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Band:
    """A row on the page between two heights."""

    top: float
    bottom: float
    boxes: list[_Box]


def _parts(page: RuledPage) -> Iterator[Grid | Text]:
    bands = _bands(page)
    loose: list[Part] = []
    right = max((line[-1].right for line in page.lines), default=0.0)
    rows: list[tuple[Cell, ...]] = []
    open_bands = iter(bands)
    band = next(open_bands, None)
    for line in page.lines:
        middle = line[0].y - line[0].height / 2
        while band is not None and middle > band.bottom:
            rows.append(_cells(band))
            if not any(abs(other.top - band.bottom) < _NEAR for other in bands):
                yield Grid(tuple(rows))
                rows = []
            band = next(open_bands, None)
        if band is not None and band.top < middle:
            yield from _paragraphs(loose, right)
            loose = []
            _fill(band, line)
        else:
            loose.append(_part(line))
    yield from _paragraphs(loose, right)
    if band is not None:
        rows += [_cells(each) for each in (band, *open_bands)]
    if rows:
        yield Grid(tuple(rows))


def _paragraphs(parts: list[Part], right: float) -> Iterator[Text]:
    yield from (Text(text) for text in paragraphs(parts, right).split("\n") if text.strip())


def _bands(page: RuledPage) -> list[_Band]:
    """Return the rows of the tables on a page."""
    xs, ys = _places(stroke[0] for stroke in page.upright), _places(stroke[0] for stroke in page.flat)
    found: list[_Band] = []
    if len(xs) > MOST_COLUMNS or len(ys) > _MOST_LINES or len(page.upright) + len(page.flat) > 2 * _MOST_LINES:
        return found  # a drawing, no table
    sides_at = {x: [stroke for stroke in page.upright if abs(stroke[0] - x) < _NEAR] for x in xs}
    for top, bottom in itertools.pairwise(ys):
        middle = (top + bottom) / 2
        sides = [x for x in xs if any(upper <= middle <= lower for _, upper, lower in sides_at[x])]
        if bottom - top < _LOWEST or len(sides) < 2:
            continue
        above = [stroke for stroke in page.flat if abs(stroke[0] - top) < _NEAR]
        boxes = [
            _Box(xs.index(a), xs.index(b) - xs.index(a), a, b, continues=not _ruled(above, (a + b) / 2))
            for a, b in itertools.pairwise(sides)
        ]
        found.append(_Band(top, bottom, boxes))
    return found


def _places(values: Iterator[float]) -> list[float]:
    """Return where lines stand, those of one thick line once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _ruled(flat: Sequence[Stroke], across: float) -> bool:
    return any(left - _NEAR <= across <= right + _NEAR for _, left, right in flat)


def _fill(band: _Band, line: Sequence[Piece]) -> None:
    for box in band.boxes:
        if mine := [piece for piece in line if box.left - 1 <= piece.left + 1 < box.right]:
            box.parts.append(_part(mine))


def _part(pieces: Sequence[Piece]) -> Part:
    said, end = "", None
    for piece in pieces:
        space = "" if end is None or piece.left - end < 0.12 * piece.height else " "
        said, end = f"{said}{space}{piece.text}", piece.right
    width = (pieces[-1].right - pieces[0].left) / max(len(said), 1)
    return Part(" ".join(said.split()), pieces[-1].right, max(width, 0.1))


def _cells(band: _Band) -> tuple[Cell, ...]:
    return tuple(
        Cell(paragraphs(box.parts, box.right - 2 * _NEAR), box.at, box.span, box.continues) for box in band.boxes
    )
