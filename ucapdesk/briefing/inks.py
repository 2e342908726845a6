"""The colours of a paper: the usual ones, or the accent of its house style, dark enough to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ucapdesk.briefing.house import House
from ucapdesk.briefing.styles import ACCENT, INKS, TINT

_LEGIBLE = 4.5
"""The contrast with white that small type needs (WCAG 2.1, AA)."""
_PALE = 0.07
"""The part of its colour that a field under table heads has."""


def inks_of(house: House | None) -> Mapping[str, str]:
    """Return the colours of a paper: the accent of the house, dark enough to be read, and a pale field of it."""
    if house is None or not house.accent:
        return INKS
    accent = legible(house.accent)
    return {**INKS, ACCENT: accent, TINT: _mixed(accent, lambda part: 255 - (255 - part) * _PALE)}


def legible(colour: str) -> str:
    """Return a colour, darker where small type in it could not be read on white."""
    while _contrast(colour) < _LEGIBLE:
        colour = _mixed(colour, lambda part: part * 0.92)
    return colour


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4))


def _mixed(colour: str, change: Callable[[int], float]) -> str:
    return "#" + "".join(f"{int(change(part)):02X}" for part in _parts(colour))


def _contrast(colour: str) -> float:
    """Return the contrast of a colour with white, from 1 to 21."""

    def light(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (light(part / 255) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
