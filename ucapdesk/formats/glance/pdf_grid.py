"""Reads the tables of a PDF by the lines drawn around their cells, and what stands between them as paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ucapdesk.formats.glance.blocks import (
    DELETED,
    MOST_COLUMNS,
    NUMBERING,
    Blocks,
    Cell,
    Grid,
    Text,
    distinct,
    nested_lines,
)
from ucapdesk.formats.glance.pdf import RuledPage, ruled_pages
from ucapdesk.formats.glance.pdf_paragraphs import (
    Part,
    Piece,
    ends,
    groups,
    paragraphs,
    part_of,
    spaces_tell,
    usual_step,
    wrapped,
)
from ucapdesk.formats.glance.pdf_struck import Stroke

_NEAR = 3.0
_MOST_LINES = 1_000
_AROUND = 2  # paragraphs of a footer or header
_GAP = 2.0  # times the height
_LOWEST = 5.0
"""A row is at least so high."""


def pdf_blocks(name: str, data: bytes) -> Blocks:
    """Return the paragraphs and ruled tables of a PDF. Raises as ``pdf_lines`` does."""
    pages = ruled_pages(name, data)
    apart = [Text(piece.text, DELETED) for page in pages for line in page.lines for piece in line if piece.struck]
    by_page = [list(_laid(page)) for page in pages]
    telling = spaces_tell([lines for laid in by_page for part in laid for lines in _line_groups(part)])
    for above, below in itertools.pairwise(by_page):
        _join_cut_row(above, below, telling)
    laid = [part for page in by_page for part in page]
    found = [block for part in laid for block in _blocks(part, telling)]
    boxes = [box for part in laid if isinstance(part, list) for band in part for box in band.boxes]
    numbers = [number for box in boxes for number in nested_lines(_inner(box))[1]]
    return Blocks((*found, *apart, *(Text(number, NUMBERING) for number in numbers)), len(pages))


@dataclass(slots=True)
class _Box:
    """A cell on the page: the columns it covers, where it ends on the right, and its text so far."""

    at: int
    span: int
    left: float
    right: float
    continues: bool = False
    lines: list[list[Piece]] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """Its lines as texts."""
        return [part_of(line) for line in self.lines]


@dataclass(frozen=True, slots=True)
class _Band:
    """A row on the page between two heights."""

    top: float
    bottom: float
    boxes: list[_Box]


@dataclass(slots=True)
class _Loose:
    """Lines of text outside of tables: those of one paragraph, or of several without air between them."""

    parts: list[Part]
    right: float


_Block = list[_Band] | _Loose


def _laid(page: RuledPage) -> Iterator[_Block]:
    """Yield the tables of a page as their rows, and the text between them."""
    bands = _bands(page)
    loose: list[Part] = []
    right = max((line[-1].right for line in page.lines), default=0.0)
    step = usual_step([(line[0].y, line[0].height) for line in page.lines])
    rows: list[_Band] = []
    open_bands = iter(bands)
    band = next(open_bands, None)
    for whole in page.lines:
        line = [piece for piece in whole if not piece.struck]
        if not line:
            continue
        middle = line[0].y - line[0].height / 2
        while band is not None and middle > band.bottom:
            rows.append(band)
            if not any(abs(other.top - rows[-1].bottom) < _NEAR for other in bands):
                yield rows
                rows = []
            band = next(open_bands, None)
        if band is not None and band.top < middle:
            yield from (_Loose(group, right) for group in groups(loose, step))
            loose = []
            _fill(band, line)
        else:
            loose.append(part_of(line))
    yield from (_Loose(group, right) for group in groups(loose, step))
    if band is not None:
        rows += [band, *open_bands]
    if rows:
        yield rows


def _join_cut_row(above: list[_Block], below: list[_Block], telling: bool) -> None:
    """Put a row that a new page cuts in two together again: it has no label there, and a line goes on in one of its cells."""
    last = next((part for part in above[-1 - _AROUND :][::-1] if isinstance(part, list)), None)
    first = next((part for part in below[: 1 + _AROUND] if isinstance(part, list)), None)
    if last is None or first is None:
        return
    pairs = list(zip(last[-1].boxes, first[0].boxes, strict=False))
    same = len(last[-1].boxes) == len(first[0].boxes) and all(abs(a.left - b.left) < _NEAR for a, b in pairs)
    both = [(a, b) for a, b in pairs if a.lines and b.lines]
    if (
        same
        and not first[0].boxes[0].lines
        and any(not ends(a.parts[-1], b.parts[0], _end(a), telling=telling) for a, b in both)
    ):
        for a, b in pairs:
            a.lines += b.lines
        first.pop(0)
        if not first:
            below.remove(first)


def _line_groups(part: _Block) -> list[tuple[list[Part], float]]:
    if isinstance(part, _Loose):
        return [(part.parts, part.right)]
    return [(box.parts, _end(box)) for band in part for box in band.boxes]


def _blocks(part: _Block, telling: bool) -> Iterator[Grid | Text]:
    if isinstance(part, _Loose):
        said = paragraphs(part.parts, part.right, telling=telling)
        yield from (Text(text) for text in said.split("\n") if text.strip())
    else:
        rows = ([Cell(_said(box, telling), box.at, box.span, box.continues) for box in band.boxes] for band in part)
        yield Grid(tuple(map(tuple, rows)))


def _bands(page: RuledPage) -> list[_Band]:
    """Return the rows of the tables on a page."""
    xs = distinct((stroke[0] for stroke in page.upright), _NEAR)
    found: list[_Band] = []
    flat = [] if len(page.upright) + len(page.flat) > 2 * _MOST_LINES else [*_joined(page)]
    ys = distinct([*(stroke[0] for stroke in flat), *_open_ends(page.upright, flat)], _NEAR)
    if len(xs) > MOST_COLUMNS or len(ys) > _MOST_LINES:
        return found  # a drawing, no table
    sides_at = {x: [stroke for stroke in page.upright if abs(stroke[0] - x) < _NEAR] for x in xs}
    for top, bottom in itertools.pairwise(ys):
        middle = (top + bottom) / 2
        sides = [x for x in xs if any(upper <= middle <= lower for _, upper, lower in sides_at[x])]
        if bottom - top < _LOWEST or len(sides) < 2:
            continue
        above = [stroke for stroke in flat if abs(stroke[0] - top) < _NEAR]
        boxes = [
            _Box(xs.index(a), xs.index(b) - xs.index(a), a, b, continues=not _ruled(above, (a + b) / 2))
            for a, b in itertools.pairwise(sides)
        ]
        found.append(_Band(top, bottom, boxes))
    return found


def _open_ends(upright: Sequence[Stroke], flat: Sequence[Stroke]) -> list[float]:
    """Return where a row has no line that a page cuts: its sides go on above the first flat line, or below the last."""
    if not flat:
        return []
    first, last = min(y for y, _, _ in flat), max(y for y, _, _ in flat)
    tops = sorted(upper for _, upper, _ in upright if upper < first - _LOWEST)
    bottoms = sorted(lower for _, _, lower in upright if lower > last + _LOWEST)
    return [*(tops[:1] if len(tops) > 1 else []), *(bottoms[-1:] if len(bottoms) > 1 else [])]


def _joined(page: RuledPage) -> Iterator[Stroke]:
    """Yield the flat lines that meet an upright one: another underlines or strikes out what is written."""
    for y, left, right in page.flat:
        if any(left - _NEAR <= x <= right + _NEAR and a - _NEAR <= y <= b + _NEAR for x, a, b in page.upright):
            yield y, left, right


def _ruled(flat: Sequence[Stroke], across: float) -> bool:
    return any(left - _NEAR <= across <= right + _NEAR for _, left, right in flat)


def _fill(band: _Band, line: Sequence[Piece]) -> None:
    for box in band.boxes:
        if mine := [piece for piece in line if box.left - 1 <= piece.left + 1 < box.right]:
            box.lines.append(mine)


def _said(box: _Box, telling: bool) -> str:
    """Return the text of a cell, whose margins are taken as the same on both sides."""
    if inner := _inner(box):
        return "\n".join(nested_lines(inner)[0])
    return paragraphs(box.parts, _end(box), telling=telling)


def _end(box: _Box) -> float:
    """Return up to where the lines of a cell may go: its margins are taken as the same on both sides."""
    margin = min((line[0].left - box.left for line in box.lines), default=0.0)
    return box.right - min(max(margin, 0.0), 2 * _NEAR)


def _inner(box: _Box) -> list[list[str]]:
    """Return the rows of a table without lines within a cell: two columns or more, apart from one another, on several lines."""
    lines = [_apart(line) for line in box.lines]
    edges = distinct((column[0].left for line in lines for column in line), _NEAR)
    if len(edges) < 2 or sum(len(line) > 1 for line in lines) < 2 or abs(lines[0][0][0].left - edges[0]) > _NEAR:
        return []
    rows: list[list[str]] = []
    for line in lines:
        if len(line) > 1:
            rows.append([""] * len(edges))
        elif not rows:
            return []
        for column in line:
            at = max(n for n, edge in enumerate(edges) if edge <= column[0].left)
            rows[-1][at] = wrapped(rows[-1][at], part_of(column).text).strip()
    return rows if len(edges) <= max(map(len, lines)) else []


def _apart(line: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a line by column: a column begins behind a gap that no text has."""
    columns = [[line[0]]]
    for before, piece in itertools.pairwise(line):
        if piece.left - before.right > _GAP * piece.height:
            columns.append([])
        columns[-1].append(piece)
    return columns
