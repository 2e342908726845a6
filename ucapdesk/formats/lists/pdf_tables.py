"""Puts the tables of a PDF back together: by the lines drawn around their cells, else by the places of the texts below a head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.glance.blocks import distinct
from ucapdesk.formats.glance.pdf import RuledPage, line_text, ruled_pages
from ucapdesk.formats.glance.pdf_paragraphs import Piece
from ucapdesk.formats.glance.pdf_struck import Stroke
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


def pdf_tables(name: str, data: bytes) -> tuple[list[_Table], list[str]]:
    """Return the tables of a PDF, and the texts outside of them. Raises one of ``formats.errors``."""
    tables: list[_Table] = []
    outside: list[str] = []
    pages = ruled_pages(name, data)
    for page in pages:
        made, rest = _ruled(page)
        tables += made
        outside += map(line_text, rest)
    if not tables:
        above, found = _aligned([line for page in pages for line in page.lines])
        if not found:
            above = [line for page in pages for line in _down(page.lines)]
        return ([found] if found else []), [line_text(line) for line in above]
    return tables, outside


# -- by the lines around cells ----------------------------------------------------------------------


def _ruled(page: RuledPage) -> tuple[list[_Table], list[list[Piece]]]:
    """Return the tables of a page with lines around their cells, and the lines of text outside of them."""
    tables, inside = [], set()
    for region in _regions(page):
        top, bottom = region[0], region[-1]
        mine = [line for line in page.lines if top < line[0].y - line[0].height / 2 < bottom]
        crossing = (x for x, upper, lower in page.upright if upper < bottom - NEAR and lower > top + NEAR)
        edges = distinct(crossing, NEAR)
        if len(edges) > 2 and mine:
            tables.append(_cells(mine, region, edges, page.flat))
            inside |= set(map(id, mine))
    return tables, [line for line in page.lines if id(line) not in inside]


def _regions(page: RuledPage) -> Iterator[list[float]]:
    """Yield the heights of the flat lines of each table: between any two of them stand at least two upright ones."""
    heights = distinct((y for y, _, _ in page.flat), NEAR)
    region: list[float] = []
    for upper, lower in pairwise(heights):
        middle = (upper + lower) / 2
        if sum(a < middle < b for _, a, b in page.upright) >= 2:
            region = region or [upper]
            region.append(lower)
        elif region:
            yield region
            region = []
    if region:
        yield region


def _cells(lines: _Lines, heights: Sequence[float], edges: Sequence[float], flat: Sequence[Stroke]) -> _Table:
    """Return the rows between flat lines; a cell over several rows says the same in each."""
    rows = ((_between(line[0].y - line[0].height / 2, heights), line) for line in lines)
    held = grouped(
        ((row, _between((piece.left + piece.right) / 2, edges)), piece) for row, line in rows for piece in line
    )
    table = [[""] * (len(edges) - 1) for _ in range(len(heights) - 1)]
    for column, (left, right) in enumerate(pairwise(edges)):
        first, middle = 0, (left + right) / 2
        for row, lower in enumerate(heights[1:]):
            parted = (abs(y - lower) <= NEAR and begins <= middle <= ends for y, begins, ends in flat)
            if row + 2 < len(heights) and not any(parted):
                continue
            pieces = [piece for each in range(first, row + 1) for piece in held.get((each, column), ())]
            for each in range(first, row + 1):
                table[each][column] = _said(pieces, right)
            first = row + 1
    return table


def _between(place: float, edges: Sequence[float]) -> int:
    return min(max(sum(edge <= place for edge in edges) - 1, 0), len(edges) - 2)


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


def _aligned(lines: _Lines) -> tuple[_Lines, _Table]:
    """Return the lines above the first head of a list, and the rows from it on; no rows where there is none."""
    at = next((n for n, line in enumerate(lines) if sum(key_of(piece.text) is not None for piece in line) >= 2), None)
    if at is None or len(lines[at]) < 3:
        return lines, []
    spans = _columns([line for line in lines[at:] if len(line) > 2], len(lines[at]), lines[at])
    keys = [key_of(line_text(piece for piece in lines[at] if _column(piece, spans) == n)) for n in range(len(spans))]
    begins = next((known & set(keys) for known in BEGINS if known & set(keys)), set())
    held: list[list[list[Piece]]] = []
    for line in lines[at:]:
        cells: list[list[Piece]] = [[] for _ in spans]
        for piece in line:
            cells[_column(piece, spans)].append(piece)
        if not held or len(held) == 1 or any(cell and keys[n] in begins for n, cell in enumerate(cells)):
            held.append(cells)
        else:
            for above, cell in zip(held[-1], cells, strict=True):
                above += cell
    return lines[:at], [[_said(cell, span[1]) for cell, span in zip(row, spans, strict=True)] for row in held]


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
