"""Draws signs that are told apart without colour, so that every printer shows them alike."""

from __future__ import annotations

from ucapdesk.base.marks import OPEN, outline
from ucapdesk.briefing.shapes import Oval, Path, Shape
from ucapdesk.briefing.styles import INK, THIN

PAPER = "#FFFFFF"


def sign(shape: str, x: float, top: float, size: float, *, colour: str = INK) -> Shape:
    """Return a shape of ``base.marks`` in a square of ``size``."""
    fill = PAPER if shape in OPEN else colour
    corners = outline(shape).corners
    if not corners:
        return Oval(x, top, size, size, colour, THIN, fill)
    return Path(x, top, tuple((size * a, size * b) for a, b in corners), colour, THIN, fill, closed=True)
