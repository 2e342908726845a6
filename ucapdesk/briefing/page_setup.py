"""The page of a paper, and how two languages stand to each other on it."""

from __future__ import annotations

from dataclasses import dataclass

SIDE_BY_SIDE, STACKED, FACING = "side-by-side", "stacked", "facing"
LAYOUTS = (SIDE_BY_SIDE, STACKED, FACING)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The page.

    Attributes:
        size: ``A3``, ``A4``, ``A5`` or ``A6``.
        landscape: Whether it lies.
        duplex: Whether even pages have their margins mirrored.
        booklet: Whether pages of A5 are imposed on both sides of A4, to be folded and stapled.
        large: Whether text is set in 16 points.
        official: Whether it is set as Chinese offices do (GB/T 9704): minutes and reports.
    """

    size: str = "A4"
    landscape: bool = False
    duplex: bool = False
    booklet: bool = False
    large: bool = False
    official: bool = False


A4 = PageSetup()
"""The usual page."""
