"""Lengths and fonts of the application. Lengths are on a grid of four pixels, and all of them scale with the reader's text size.

The bundled fonts of rare characters are loaded when a text with one is about to be shown: nobody waits for them at the
start, and where the computer has a font of its own that one is taken.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from ucapdesk.base.rare_han import LATE_CHARACTERS, font_bytes, rare_fonts

# Type: labels of fields · everything · groups · the title of a record · empty pages and the first one.
CAPTION, BODY, SECTION, PAGE, BIG = 12, 14, 16, 20, 26

# Space: inside chips · between buttons, from a label to its field · between fields · around pages · between groups.
INSIDE, GAP, FIELDS, MARGIN, GROUPS = 4, 8, 12, 16, 24

# Heights: the least that can be pressed · status bar · fields and buttons · rows · bars of buttons · heads.
TARGET, STATUS, FIELD, ROW, TOOLS, HEADER = 24, 26, 30, 34, 36, 44

CLOSER = 6  # How much lower rows are in a compact window

_compact = [False]
_text_pixels = [0]  # The size of the text in pixels; 0 until it is set


def px(pixels: int) -> int:
    return round(pixels * _text_size() / BODY)


def at_100(pixels: int) -> int:
    """Return the unscaled length of which ``px`` makes these pixels."""
    return round(pixels * BODY / _text_size())


def _text_size() -> int:
    return _text_pixels[0] or QApplication.font().pixelSize()


def scale_to(text_size: int) -> None:
    """Scale all lengths to a size of the text, in pixels: Qt takes longer to say what it is than all else takes."""
    _text_pixels[0] = text_size


def tall(pixels: int) -> int:
    return px(pixels - CLOSER if _compact[0] else pixels)


def set_compact(*, closer: bool) -> None:
    _compact[0] = closer


# The classes that a platform may give a font of its own, which then comes before the application's; Windows does.
CLASSES = (
    "QAbstractItemView", "QCheckBox", "QComboLineEdit", "QComboMenuItem", "QDockWidgetTitle", "QHeaderView", "QLabel",
    "QListBox", "QListView", "QMdiSubWindowTitleBar", "QMenu", "QMenuBar", "QMenuItem", "QMessageBox", "QMiniFont",
    "QPushButton", "QRadioButton", "QSmallFont", "QStatusBar", "QTipLabel", "QTitleBar", "QToolButton",
)  # fmt: skip


def use_font(font: QFont) -> None:
    """Use a font everywhere, whatever the system has for single classes."""
    QApplication.setFont(font)
    scale_to(font.pixelSize())
    keep_font(font)


def keep_font(font: QFont) -> None:
    """Use it for single classes too; with each style and sheet Windows' plugin gives them its own again."""
    for name in CLASSES:
        if font_of_class(name) != font:
            QApplication.setFont(font, name)  # type: ignore[arg-type] # PySide takes text, whatever its stubs say


def font_of_class(name: str) -> QFont:
    return QApplication.font(name)  # type: ignore[call-overload,no-any-return] # as above


_FIRST = "\U00020000"
_checked: set[str] = set()
_loaded: dict[str, int] = {}


def rare_families() -> list[str]:
    return [family for number in _loaded.values() for family in QFontDatabase.applicationFontFamilies(number)]


def load_fonts_for(text: str) -> None:
    if text.isascii() or (max(text) < _FIRST and not LATE_CHARACTERS & set(text)):
        return
    for char in sorted({char for char in text if char >= _FIRST or char in LATE_CHARACTERS} - _checked):
        _checked.add(char)
        _load_font(char)


def _load_font(char: str) -> None:
    for name in rare_fonts(char):
        if QFontMetrics(QApplication.font()).inFontUcs4(ord(char)):
            return
        if name not in _loaded:
            _loaded[name] = number = QFontDatabase.addApplicationFontFromData(font_bytes(name))
            _add_families(QFontDatabase.applicationFontFamilies(number))


def _add_families(new: list[str]) -> None:
    use_font(_with_families(QApplication.font(), new))
    for widget in QApplication.allWidgets():
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            widget.setFont(_with_families(widget.font(), new))
        if new[0] not in widget.font().families():  # the style sheet keeps the font that it was worked out with
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _with_families(font: QFont, new: list[str]) -> QFont:
    font.setFamilies([*font.families(), *(family for family in new if family not in font.families())])
    return font
