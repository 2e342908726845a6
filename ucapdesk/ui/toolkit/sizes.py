"""Lengths of the window on a grid of four pixels, and font sizes. All of them scale with the reader's text size."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

CAPTION, BODY, SECTION, PAGE, BIG = 12, 14, 16, 20, 26
"""Type: labels of fields · everything · groups · the title of a record · empty pages and the first one."""

INSIDE, GAP, FIELDS, MARGIN, GROUPS = 4, 8, 12, 16, 24
"""Space: inside chips · between buttons, from a label to its field · between fields · around pages · between groups."""

TARGET, STATUS, FIELD, ROW, TOOLS, HEADER = 24, 26, 30, 34, 36, 44
"""Heights: the least that can be pressed · status bar · fields and buttons · rows · bars of buttons · heads."""

CLOSER = 6
"""How much lower rows are in a compact window."""

_compact = [False]
_text = [0]
"""The size of the text in pixels; 0 until it is set."""


def px(pixels: int) -> int:
    """Return a length scaled to the reader's text size."""
    return round(pixels * _text_size() / BODY)


def at_100(pixels: int) -> int:
    """Return the unscaled length of which ``px`` makes these pixels."""
    return round(pixels * BODY / _text_size())


def _text_size() -> int:
    return _text[0] or QApplication.font().pixelSize()


def scale_to(text_size: int) -> None:
    """Scale all lengths to a size of the text, in pixels: Qt takes longer to say what it is than all else takes."""
    _text[0] = text_size


def tall(pixels: int) -> int:
    """Return the height of a row, lower where the reader chose a compact window."""
    return px(pixels - CLOSER if _compact[0] else pixels)


def pack_rows(*, closer: bool) -> None:
    """Switch rows between compact and usual height."""
    _compact[0] = closer
