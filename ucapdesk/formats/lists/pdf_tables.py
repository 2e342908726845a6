"""Puts the tables of a PDF back together that have no lines around their cells: by the places of the texts below a head."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.glance.blocks import Cell, Grid, Text
from ucapdesk.formats.glance.pdf import line_text, ruled_pages
from ucapdesk.formats.glance.pdf_grid import pdf_blocks
from ucapdesk.formats.glance.pdf_paragraphs import Piece
from ucapdesk.formats.glance.text import squash
from ucapdesk.formats.lists.hours import hours_of
from ucapdesk.formats.lists.list_heads import key_of
from ucapdesk.formats.lists.programme_days import day_at_start

NEAR = 3.0
"""Points within which two lines are the same."""
BEGINS = ({"number"}, {"name", "latin", "family"}, {"date", "time", "hour"})
"""The columns of which one begins a row, the surest first."""
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


def _said(pieces: Sequence[Piece], right: float) -> str:
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
    beside = [line[-1] for line in lines if len(line) > 1 and all(map(_tells_when, (line[0], line[-1])))]
    if len(beside) < 2 or not day_at_start(beside[0].text)[0]:
        return lines
    edge = min(piece.left for piece in beside) - NEAR
    halves = ([[piece for piece in line if (piece.left < edge) is left] for line in lines] for left in (True, False))
    return [line for half in halves for line in half if line]


def _tells_when(piece: Piece) -> bool:
    hours, content = hours_of(piece.text)
    return bool((hours and content) or day_at_start(piece.text)[0])


# -- by the places of texts -------------------------------------------------------------------------


def _aligned(lines: _Lines, bands: Sequence[tuple[int, int]]) -> tuple[_Lines, _Table]:
    """Return the lines above the first head of a list, and the rows from it on; no rows where there is none.

    ``bands``: for each line its page, and how many lines across are drawn above it there. What stands with the beginning of a
    single row between two lines across is of that row, else of the one above.
    """
    at = next((n for n, line in enumerate(lines) if sum(key_of(piece.text) is not None for piece in line) >= 2), None)
    if at is None or len(lines[at]) < 3:
        return lines, []
    spans = _columns([line for line in lines[at:] if len(line) > 2], len(lines[at]), lines[at])
    keys = [key_of(line_text(piece for piece in lines[at] if _column(piece, spans) == n)) for n in range(len(spans))]
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
        [_said(cell, span[1]) for cell, span in zip(row, spans, strict=True)] for _, row in sorted(held.items())
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
