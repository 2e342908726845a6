"""Reads the tables of a PDF, and what stands between them as paragraphs.

A table is told by the lines drawn around its cells; one without lines is put back together by the places of the texts below
a head whose words are known.
"""

from __future__ import annotations

import itertools
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.blocks.block_types import (
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
from ucapdesk.formats.blocks.pdf import (
    LinePart,
    Piece,
    RuledPage,
    Stroke,
    ends,
    groups,
    line_text,
    paragraphs,
    part_of,
    ruled_pages,
    spaces_tell,
    usual_step,
    wrapped,
)
from ucapdesk.formats.phrases.field_labels import key_of_head
from ucapdesk.formats.phrases.small_texts import squash
from ucapdesk.model.dates.hours import hours_of
from ucapdesk.model.dates.programme_days import day_at_start

_NEAR = 3.0
_MOST_LINES = 1_000
_AROUND = 2  # paragraphs of a footer or header
_GAP = 2.0  # times the height
_LOWEST = 5.0  # A row is at least so high


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
    def parts(self) -> list[LinePart]:
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

    parts: list[LinePart]
    right: float


_Block = list[_Band] | _Loose


def _laid(page: RuledPage) -> Iterator[_Block]:
    bands = _bands(page)
    loose: list[LinePart] = []
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


def _line_groups(part: _Block) -> list[tuple[list[LinePart], float]]:
    if isinstance(part, _Loose):
        return [(part.parts, part.right)]
    return [(box.parts, _end(box)) for band in part for box in band.boxes]


def _blocks(part: _Block, telling: bool) -> Iterator[Grid | Text]:
    if isinstance(part, _Loose):
        said = paragraphs(part.parts, part.right, telling=telling)
        yield from (Text(text) for text in said.split("\n") if text.strip())
    else:
        rows = (
            [Cell(_text_of_box(box, telling), box.at, box.span, box.continues) for box in band.boxes] for band in part
        )
        yield Grid(tuple(map(tuple, rows)))


def _bands(page: RuledPage) -> list[_Band]:
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


def _text_of_box(box: _Box, telling: bool) -> str:
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


NEAR = 3.0  # Points within which two lines are the same
# The columns of which one begins a row, the surest first.
BEGINS = ({"number"}, {"name", "latin", "family"}, {"date", "time", "hour"})
_Table = list[list[str]]
_Lines = Sequence[Sequence[Piece]]


def pdf_parts(name: str, data: bytes) -> Iterator[Grid | Text]:
    """Yield the tables of a PDF and the texts outside of them. Raises one of ``formats.errors``."""
    parts = pdf_blocks(name, data).parts
    if any(isinstance(part, Grid) and _is_wide(part) for part in parts):
        for part in parts:
            if isinstance(part, Text):
                yield part
            elif _is_wide(part):
                yield _whole(part)
            else:  # a frame around texts
                yield from (Text(line) for row in part.rows for cell in row for line in cell.text.splitlines())
        return
    pages = ruled_pages(name, data)
    lines = [(number, page, line) for number, page in enumerate(pages) for line in page.lines]
    bands = [(number, sum(y < line[0].y - line[0].height / 2 for y in page.rules)) for number, page, line in lines]
    above, found = _aligned([line for *_, line in lines], bands)
    if not found:
        above = [line for page in pages for line in _down(page.lines)]
    yield from (Text(line_text(line)) for line in above)
    if found:
        yield Grid(tuple(tuple(Cell(text, at) for at, text in enumerate(row)) for row in found))


def _whole(grid: Grid) -> Grid:
    """Return a table with its own columns, those of a page apart, and the texts of a cell over several rows in the first of them."""
    begin = sorted({cell.at for row in grid.rows for cell in row})
    rows: list[tuple[Cell, ...]] = []
    below: dict[int, str] = {}
    for row in reversed(grid.rows):
        cells = [replace(cell, text=f"{cell.text}\n{below.pop(cell.at, '')}".strip()) for cell in row]
        below |= {cell.at: cell.text for cell in cells if cell.continues}
        ends = [bisect(begin, cell.at + cell.span - 1) for cell in cells]
        at = [bisect(begin, cell.at) - 1 for cell in cells]
        rows.insert(0, tuple(replace(cell, at=a, span=b - a) for cell, a, b in zip(cells, at, ends, strict=True)))
    return Grid(tuple(rows))


def _is_wide(grid: Grid) -> bool:
    return any(len(row) > 1 for row in grid.rows)


def _text_of_pieces(pieces: Sequence[Piece], right: float) -> str:
    """Return the lines of a cell; a Chinese one that fills it goes on in the next."""
    said = ""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        text = squash(piece.text)
        if before is not None and said and text:
            below = abs(before.y - piece.y) > NEAR
            full = below and right - before.right < 1.6 * before.height
            close = full and HAN_RUN.match(said[-1]) and HAN_RUN.match(text[0])
            said += "" if close else "\n" if below else " "
        said += text
    return said


# -- columns of a programme ---------------------------------------------------------------------------


def _down(lines: _Lines) -> _Lines:
    """Return lines of text; the left half of a page before the right one where both begin days, not hours beside them."""
    beside = [line[-1] for line in lines if len(line) > 1 and all(map(_is_time, (line[0], line[-1])))]
    if len(beside) < 2 or not day_at_start(beside[0].text)[0]:
        return lines
    edge = min(piece.left for piece in beside) - NEAR
    halves = ([[piece for piece in line if (piece.left < edge) is left] for line in lines] for left in (True, False))
    return [line for half in halves for line in half if line]


def _is_time(piece: Piece) -> bool:
    hours, content = hours_of(piece.text)
    return bool((hours and content) or day_at_start(piece.text)[0])


# -- by the places of texts -------------------------------------------------------------------------


def _aligned(lines: _Lines, bands: Sequence[tuple[int, int]]) -> tuple[_Lines, _Table]:
    """Return the lines above the first head of a list, and the rows from it on; no rows where there is none.

    ``bands``: for each line its page, and how many lines across are drawn above it there. What stands with the beginning of a
    single row between two lines across is of that row, else of the one above.
    """
    at = next(
        (n for n, line in enumerate(lines) if sum(key_of_head(piece.text) is not None for piece in line) >= 2), None
    )
    if at is None or len(lines[at]) < 3:
        return lines, []
    spans = _columns([line for line in lines[at:] if len(line) > 2], len(lines[at]), lines[at])
    keys = [
        key_of_head(line_text(piece for piece in lines[at] if _column(piece, spans) == n)) for n in range(len(spans))
    ]
    begins = next((known & set(keys) for known in BEGINS if known & set(keys)), set())
    held: dict[int, list[list[Piece]]] = {}
    first = [n for n, line in enumerate(lines) if n > at and begins & {keys[_column(piece, spans)] for piece in line}]
    drawn = bands[at] != bands[-1]
    first = [at, *([at + 1] if at + 1 not in first and (not drawn or bands[at] == bands[at + 1]) else []), *first]
    beginning = grouped((bands[row], row) for row in first)
    for n, line in enumerate(lines[at:], at):
        same = beginning.get(bands[n], ())
        row = same[0] if drawn and len(same) == 1 else first[bisect(first, n) - 1]
        cells = held.setdefault(row, [[] for _ in spans])
        for piece in line:
            cells[_column(piece, spans)].append(piece)
    return lines[:at], [
        [_text_of_pieces(cell, span[1]) for cell, span in zip(row, spans, strict=True)]
        for _, row in sorted(held.items())
    ]


def _columns(lines: _Lines, wanted: int, head: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return from where to where each column goes: what texts of any row cover, else from one word of the head to the next."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for line in lines for piece in line):
        if found and left <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    if len(found) >= wanted:
        return found
    lefts = [piece.left for piece in head]
    return [*pairwise(lefts), (lefts[-1], max(piece.right for line in lines for piece in line))]


def _column(piece: Piece, spans: Sequence[tuple[float, float]]) -> int:
    inside = [n for n, (left, right) in enumerate(spans) if left - 1 <= piece.left <= right]
    return inside[-1] if inside else min(range(len(spans)), key=lambda n: abs(spans[n][0] - piece.left))
