"""Signs that are told apart without colour: drawn, not taken from a face, so that every printer shows them alike."""

from __future__ import annotations

from ucapdesk.briefing.shapes import Oval, Path, Shape
from ucapdesk.briefing.styles import INK, THIN

PAPER = "#FFFFFF"
FILLED = {"●": "circle", "■": "square", "◆": "diamond"}
_OPEN = {"○": "circle", "□": "square", "◇": "diamond"}


def sign(shape: str, x: float, top: float, size: float, *, colour: str = INK, thick: float = THIN) -> Shape:
    """One of ● ■ ◆ ○ □ ◇ in a square of ``size``; any other text is a circle."""
    form = FILLED.get(shape) or _OPEN.get(shape, "circle")
    fill = PAPER if shape in _OPEN else colour
    if form == "circle":
        return Oval(x, top, size, size, colour, thick, fill)
    half = size / 2
    inset = size * 0.06  # a square looks larger than a circle as high as it
    corners = {
        "square": ((inset, inset), (size - inset, inset), (size - inset, size - inset), (inset, size - inset)),
        "diamond": ((half, -inset), (size + inset, half), (half, size + inset), (-inset, half)),
    }
    return Path(x, top, corners[form], colour, thick, fill, closed=True)
