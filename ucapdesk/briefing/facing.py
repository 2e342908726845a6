"""Sets two languages on facing pages: the first on left pages, the second on right pages, paragraph by paragraph.

Both languages are laid out alone, then their bands are joined into spreads two pages wide. So one pagination serves both,
and what belongs together stands at the same height on both pages; at the end every spread is cut down its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ucapdesk.briefing.bands import Band, Page, joined
from ucapdesk.briefing.shapes import moved


def spread(left: Iterable[Band], right: Iterable[Band], page_width: float) -> Iterator[Band]:
    """Join the bands of two languages, which are alike but for their lines and heights."""
    return (_join(first, second, page_width) for first, second in zip(left, right, strict=True))


def _join(left: Band, right: Band, page_width: float) -> Band:
    beyond = replace(
        right,
        lines=[line.moved(dx=page_width) for line in right.lines],
        strokes=moved(right.strokes, page_width, 0.0),
        spans=tuple((x + page_width, width) for x, width in right.spans),
    )
    head = _join(left.head, right.head, page_width) if left.head and right.head else None
    return replace(joined(left, beyond, page_width), head=head)


def cut(spreads: Sequence[Page], page_width: float) -> list[Page]:
    """Return a left and a right page for every spread."""
    return [
        Page([(y, _half(band, side, page_width)) for y, band in page.bands], page.used)
        for page in spreads
        for side in (0, 1)
    ]


def _half(band: Band, side: int, page_width: float) -> Band:
    return replace(
        band,
        lines=[line.moved(dx=-side * page_width) for line in band.lines if (line.x >= page_width) == bool(side)],
        strokes=moved(
            [shape for shape in band.strokes if (shape.x >= page_width) == bool(side)], -side * page_width, 0.0
        ),
        outline=band.outline if side == 0 else None,
    )
