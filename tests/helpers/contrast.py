"""The contrast of two colours, as the Web Content Accessibility Guidelines measure it."""

from __future__ import annotations

from PySide6.QtGui import QColor

READ, SEEN, STRONG = 4.5, 3.0, 7.0
"""What WCAG 2.2 AA asks of text, and of the outlines of controls; what AAA asks of text."""


def contrast(one: str, other: str) -> float:
    light = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (light[1] + 0.05) / (light[0] + 0.05)


def _luminance(colour: QColor) -> float:
    weights = ((0.2126, colour.redF()), (0.7152, colour.greenF()), (0.0722, colour.blueF()))
    return sum(weight * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for weight, c in weights)
