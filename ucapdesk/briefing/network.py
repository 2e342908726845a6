"""Sets a network: points in three columns, and the lines between them, thicker the more they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.figures import Network, NetworkPoint
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Path, Shape
from ucapdesk.briefing.styles import ACCENT, INK, RULE, THIN
from ucapdesk.briefing.symbols import PAPER
from ucapdesk.briefing.text_elements import Para
from ucapdesk.briefing.typeset import Box, Placed, bottom

_COLUMNS, _WIDE = 3, 0.27  # and the share of the width that one takes
_THICKEST = 4.0
_PAD = 3.0
_APART = 8.0  # least distance of two points


def network_bands(network: Network, both: Bilingual) -> Iterator[Band]:
    """Yield the picture; nothing where it is higher than a page: what stands below tells the same in words."""
    texts = [_set(point, both) for point in network.points]
    heights = [bottom(lines) + 2 * _PAD for lines in texts]
    columns = [[n for n, point in enumerate(network.points) if point.column == at] for at in range(_COLUMNS)]
    high = max((sum(heights[n] + _APART for n in column) for column in columns), default=0.0)
    if not 0 < high <= both.height - 6 * both.styles.line:
        return
    tops = [0.0] * len(texts)
    for column in columns:
        free = (high - sum(heights[n] for n in column)) / max(len(column), 1)
        below = free / 2
        for n in column:
            tops[n] = below
            below += heights[n] + free
    lines = [line.moved(dy=tops[n] + _PAD) for n, placed in enumerate(texts) for line in placed]
    shapes = [*_lines(network, both, tops, heights)]
    shapes += [_frame(point, both, top, high) for point, top, high in zip(network.points, tops, heights, strict=True)]
    yield from both.under(None, [Band(lines, both.up(high), both.styles.half, strokes=shapes)])


def _place(point: NetworkPoint, both: Bilingual) -> tuple[float, float]:
    """Return where a column begins, and how wide it is."""
    wide = _WIDE * both.width
    return point.column * (both.width - wide) / (_COLUMNS - 1), wide


def _set(point: NetworkPoint, both: Bilingual) -> list[Placed]:
    x, wide = _place(point, both)
    style = both.styles.style("text" if point.framed else "note")
    return both.both(Para(point.words), Box(x + _PAD, 0.0, wide - 2 * _PAD), style, both.styles.style("note"))


def _frame(point: NetworkPoint, both: Bilingual, top: float, height: float) -> Path:
    """Return the paper that a point stands on, which covers the lines that pass behind it, and its outline."""
    x, wide = _place(point, both)
    colour, thick = (INK, 2 * THIN) if point.framed else (RULE, THIN)
    return Path(x, top, ((0, 0), (wide, 0), (wide, height), (0, height)), colour, thick, PAPER, closed=True)


def _lines(network: Network, both: Bilingual, tops: Sequence[float], heights: Sequence[float]) -> Iterator[Shape]:
    most = max((line.strength for line in network.lines), default=0)
    for line in sorted(network.lines, key=lambda each: each.strength):
        ends = sorted((line.first, line.last), key=lambda n: network.points[n].column)
        places = [_place(network.points[n], both) for n in ends]
        across = (places[0][0] + places[0][1], places[1][0])
        points = tuple((x, tops[n] + heights[n] / 2) for x, n in zip(across, ends, strict=True))
        thick = THIN + _THICKEST * line.strength / most if line.strength else THIN
        dash = () if line.strength else (1.5, 2.5)
        yield Path(0.0, 0.0, points, ACCENT if line.strength else INK, thick, dash=dash)
