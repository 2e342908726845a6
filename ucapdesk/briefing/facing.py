"""Facing pages: the first language on left pages, the second beside it on right pages, paragraph by paragraph.

Both languages are laid out alone, then their bands are joined into spreads two pages wide. So one pagination serves both,
and what belongs together stands at the same height on both pages; at the end every spread is cut down its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ucapdesk.briefing.bands import Band, Page


def spread(left: Iterable[Band], right: Iterable[Band], page_width: float) -> Iterator[Band]:
    """Join the bands of two languages, which are alike but for their lines and heights."""
    for first, second in zip(left, right, strict=True):
        yield _join(first, second, page_width)


def _join(left: Band, right: Band, page_width: float) -> Band:
    height = max(left.height, right.height)
    strokes = [
        # what ends a band, such as the rule under a row, ends the joined one
        replace(stroke, x=stroke.x + shift, top=stroke.top + (height - band.height if stroke.top >= band.height else 0))
        for band, shift in ((left, 0.0), (right, page_width))
        for stroke in band.strokes
    ]
    return replace(
        left,
        lines=left.lines + [line.moved(dx=page_width) for line in right.lines],
        height=height,
        strokes=strokes,
        spans=left.spans + tuple((x + page_width, width) for x, width in right.spans),
        keep=left.keep or right.keep,
        head=_join(left.head, right.head, page_width) if left.head and right.head else None,
    )


def cut(spreads: Sequence[Page], page_width: float) -> list[Page]:
    """A left and a right page of every spread."""
    pages = []
    for page in spreads:
        for side in (0, 1):
            bands = [(y, _half(band, side, page_width)) for y, band in page.bands]
            pages.append(Page(bands, page.used))
    return pages


def _half(band: Band, side: int, page_width: float) -> Band:
    return replace(
        band,
        lines=[line.moved(dx=-side * page_width) for line in band.lines if (line.x >= page_width) == bool(side)],
        strokes=[
            replace(stroke, x=stroke.x - side * page_width)
            for stroke in band.strokes
            if (stroke.x >= page_width) == bool(side)
        ],
        outline=band.outline if side == 0 else None,
    )
