"""The look of the application as a test wants it; what is not said is as at the first start."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from ucapdesk.ui.toolkit import fonts, theme


def apply_look(
    app: QApplication, *, dark: bool, text_size: int = 100, lang: str = "en", contrast: bool = False
) -> None:
    theme.apply_style(app, dark=dark, text_size=text_size, lang=lang, compact=False, contrast=contrast)


# What WCAG 2.2 AA asks of text, and of the outlines of controls; what AAA asks of text.
READ, SEEN, STRONG = 4.5, 3.0, 7.0


def contrast(one: str, other: str) -> float:
    light = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (light[1] + 0.05) / (light[0] + 0.05)


def _luminance(colour: QColor) -> float:
    weights = ((0.2126, colour.redF()), (0.7152, colour.greenF()), (0.0722, colour.blueF()))
    return sum(weight * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for weight, c in weights)


def forget_rare_faces() -> None:
    gone = set(fonts.rare_families())
    for number in fonts._loaded.values():
        QFontDatabase.removeApplicationFont(number)
    fonts._checked.clear()
    fonts._loaded.clear()
    if gone:
        font = QApplication.font()
        font.setFamilies([family for family in font.families() if family not in gone])
        QApplication.setFont(font)
