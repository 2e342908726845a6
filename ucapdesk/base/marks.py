"""Marks that tell groups apart where there are no colours: their outlines, for paper and window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class GroupMark:
    """A shape, filled or open, and its colour, which says the same."""

    shape: str
    colour: str


# The mark of people in no group.
NO_MARK = GroupMark("◇", "#4B5666")


class Outline(NamedTuple):
    """A shape in a square whose sides are 1.

    Attributes:
        corners: From the upper left one clockwise; none of a circle.
        inner: How wide a text in it may be.
        middle: How far down that text stands.
    """

    corners: Corners = ()
    inner: float = 0.78
    middle: float = 0.5


_SQUARE: Corners = ((0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94))  # looks larger than a circle as high as it
_DIAMOND: Corners = ((0.5, -0.06), (1.06, 0.5), (0.5, 1.06), (-0.06, 0.5))
_TRIANGLE: Corners = ((0.5, -0.16), (1.14, 0.96), (-0.14, 0.96))
_TURNED: Corners = ((-0.14, 0.04), (1.14, 0.04), (0.5, 1.16))
_CIRCLE, _BLOCK = Outline(), Outline(_SQUARE, 0.8)
_RHOMB, _UP, _DOWN = Outline(_DIAMOND, 0.6), Outline(_TRIANGLE, 0.6, 0.64), Outline(_TURNED, 0.6, 0.36)
OUTLINES: Mapping[str, Outline] = {
    "●": _CIRCLE, "○": _CIRCLE, "■": _BLOCK, "□": _BLOCK, "◆": _RHOMB, "◇": _RHOMB,
    "▲": _UP, "△": _UP, "▼": _DOWN, "▽": _DOWN,
}  # fmt: skip
OPEN = frozenset("○□◇△▽")


def outline(shape: str) -> Outline:
    """Return the outline of a shape; any other text is a circle."""
    return OUTLINES.get(shape, _CIRCLE)
