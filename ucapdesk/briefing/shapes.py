"""The shapes drawn beside text: rules, outlines, circles, pictures, and faces turned upside down.

Every shape stands at ``x`` from the left of its band and ``top`` from the band's top; points are counted from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ucapdesk.briefing.styles import INK, THIN
from ucapdesk.briefing.typeset import Placed

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader


@dataclass(frozen=True, slots=True)
class Stroke:
    """A filled rectangle from ``top`` downwards: a rule, an accent bar, the tint of a table head."""

    x: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Path:
    """Lines from point to point; closed, they may be filled."""

    x: float
    top: float
    points: tuple[tuple[float, float], ...]
    colour: str = INK
    thick: float = THIN
    fill: str = ""
    closed: bool = False
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Oval:
    """A circle or ellipse in a rectangle."""

    x: float
    top: float
    width: float
    height: float
    colour: str = INK
    thick: float = THIN
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture made of points; ``alt`` says in each language what is seen."""

    x: float
    top: float
    width: float
    height: float
    image: ImageReader
    alt: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Lines and shapes of a rectangle, turned upside down about its middle."""

    x: float
    top: float
    width: float
    height: float
    lines: Sequence[Placed]
    shapes: Sequence[Shape]


Shape = Stroke | Path | Oval | Raster | Turned


def box(x: float, top: float, width: float, height: float) -> Path:
    """Return the outline of a rectangle."""
    return Path(x, top, ((0, 0), (width, 0), (width, height), (0, height)), INK, THIN, closed=True)


def moved(shapes: Sequence[Shape], dx: float, dy: float) -> list[Shape]:
    """Return the same shapes at another place; rectangles, of which a code has hundreds, without the slower ``replace``."""
    return [
        Stroke(shape.x + dx, shape.top + dy, shape.width, shape.height, shape.colour)
        if isinstance(shape, Stroke)
        else replace(shape, x=shape.x + dx, top=shape.top + dy)
        for shape in shapes
    ]
