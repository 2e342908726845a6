"""Type, space and the theme in use: chosen once, applied as one palette and one style sheet.

Fusion draws outlines too faint to be seen by everybody, so the sheet redraws the borders of controls.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.paths import resource
from ucapdesk.ui.look import sizes
from ucapdesk.ui.look.sheet import sheet
from ucapdesk.ui.look.sizes import (
    BIG,
    BODY,
    CAPTION,
    FIELD,
    FIELDS,
    GAP,
    GROUPS,
    HEADER,
    INSIDE,
    MARGIN,
    PAGE,
    ROW,
    SECTION,
    STATUS,
    TARGET,
    at_100,
    px,
    tall,
)
from ucapdesk.ui.look.tokens import DARK, ITINERARY, LIGHT, Tokens, strong

