"""Loads the bundled fonts of rare characters when a text with one is about to be shown.

Nobody waits for them at the start, and where the computer has a face of its own that is taken.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from ucapdesk.base.rare_han import LATE_CHARACTERS, font_bytes, rare_fonts
from ucapdesk.ui.toolkit.app_font import use_font

_FIRST = "\U00020000"
_known: set[str] = set()
"""Characters that were checked."""
_loaded: dict[str, int] = {}
"""Qt's numbers of the loaded fonts, by name."""


def families() -> list[str]:
    """Return the families that were loaded."""
    return [family for number in _loaded.values() for family in QFontDatabase.applicationFontFamilies(number)]


def show(text: str) -> None:
    """Load the fonts that a text needs."""
    if text.isascii() or (max(text) < _FIRST and not LATE_CHARACTERS & set(text)):
        return
    for char in sorted({char for char in text if char >= _FIRST or char in LATE_CHARACTERS} - _known):
        _known.add(char)
        _load(char)


def _load(char: str) -> None:
    for name in rare_fonts(char):
        if QFontMetrics(QApplication.font()).inFontUcs4(ord(char)):
            return
        if name not in _loaded:
            _loaded[name] = number = QFontDatabase.addApplicationFontFromData(font_bytes(name))
            _add_families(QFontDatabase.applicationFontFamilies(number))


def _add_families(new: list[str]) -> None:
    """Add families to the font of the application, and to those of widgets that have one of their own."""
    use_font(_with(QApplication.font(), new))
    for widget in QApplication.allWidgets():
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            widget.setFont(_with(widget.font(), new))
        if new[0] not in widget.font().families():  # the style sheet keeps the font that it was worked out with
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _with(font: QFont, new: list[str]) -> QFont:
    font.setFamilies([*font.families(), *(family for family in new if family not in font.families())])
    return font
