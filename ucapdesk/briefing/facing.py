"""Sets two languages on facing pages: the first on left pages, the second on right pages, paragraph by paragraph.

Both languages are laid out alone, then their bands are joined into spreads two pages wide. So one pagination serves both,
and what belongs together stands at the same height on both pages; at the end every spread is cut down its middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.briefing.bands import Band, Fill, Page, half_of, joined


def spread(left: Iterable[Band], right: Iterable[Band], page_width: float) -> Iterator[Band]:
    """Join the bands of two languages, which are alike but for their lines and heights."""
    return (_join(first, second, page_width) for first, second in zip(left, right, strict=True))


def _join(left: Band, right: Band, page_width: float) -> Band:
    head = _join(left.head, right.head, page_width) if left.head and right.head else None
    fill = partial(_filled, left.fill, right.fill, page_width) if left.fill and right.fill else None
    return replace(joined(left, right.moved(page_width), page_width), head=head, fill=fill)


def _filled(left: Fill, right: Fill, page_width: float, room: float, after: float) -> list[Band]:
    return list(spread(left(room, after), right(room, after), page_width))


def cut(spreads: Sequence[Page]) -> list[Page]:
    """Return a left and a right page for every spread."""
    return [Page([(y, _half(band, side)) for y, band in page.bands], page.used) for page in spreads for side in (0, 1)]


def _half(band: Band, side: int) -> Band:
    own = half_of(band, side).moved(-side * band.fold)
    return replace(own, outline=band.outline if side == 0 else None)
