"""The theme in use: colours, fonts and spacing, applied as one palette and one style sheet.

Fusion draws outlines too faint to be seen by everybody, so the sheet redraws the borders of controls.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.paths import resource
from ucapdesk.ui.toolkit import rare_faces, sizes
from ucapdesk.ui.toolkit.app_font import keep_font, use_font
from ucapdesk.ui.toolkit.sizes import (
    BIG,
    BODY,
    CAPTION,
    FIELD,
    FIELDS,
    GAP,
    GROUPS,
    INSIDE,
    MARGIN,
    PAGE,
    ROW,
    SECTION,
    TARGET,
    at_100,
    px,
    tall,
)
from ucapdesk.ui.toolkit.style_sheet import sheet
from ucapdesk.ui.toolkit.theme_tokens import DARK, ITINERARY_LOOKS, LIGHT, Tokens, strong

__all__ = [
    "BIG", "BODY", "CAPTION", "DARK", "FIELD", "FIELDS", "GAP", "GROUPS", "INSIDE", "LIGHT", "MARGIN", "PAGE", "ROW",
    "SECTION", "TARGET", "Tokens", "at_100", "px", "tall",
]  # fmt: skip

FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

_used = [LIGHT]
_dark = [False]


def tokens() -> Tokens:
    """Return the present colours."""
    return _used[0]


def itinerary(kind: str) -> tuple[str, str]:
    """Return the ink and the ground of a programme item, by its type."""
    look = ITINERARY_LOOKS.get(kind)
    return look[_dark[0]] if look else (tokens().control, tokens().sunken)


@cache
def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts, so that no computer lacks a Chinese one; return their families."""
    numbers = [QFontDatabase.addApplicationFont(str(resource("fonts") / name)) for name in FONT_FILES]
    return tuple(dict.fromkeys(each for n in numbers for each in QFontDatabase.applicationFontFamilies(n)))


def families(lang: str) -> list[str]:
    """Return the fonts for texts of a language, the first choice first.

    Named one by one: left to itself Qt draws Chinese with a Japanese face, where some characters look different.
    """
    return [*sorted(load_fonts(), key=lambda name: ("SC" in name) != (lang == "zh")), *rare_faces.families()]


def role(widget: QWidget, name: str) -> None:
    """Set the role of a widget, by which the style sheet draws it; also after it was drawn. See ``sheet`` for the names."""
    mark(widget, "role", name)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property by which the style sheet draws a widget that may have been drawn before."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def apply(app: QApplication, *, dark: bool, text_size: int, lang: str, compact: bool, contrast: bool) -> None:
    """Apply the look to the whole application. A Chinese reader gets the Chinese font first.

    Where nothing is to look otherwise, Qt is not asked to draw everything anew.
    """
    font = QFont()
    font.setFamilies(families(lang))
    font.setPixelSize(round(BODY * text_size / 100))
    _dark[0] = dark
    usual = DARK if dark else LIGHT
    _used[0] = strong(usual) if contrast else usual
    sizes.pack_rows(closer=compact)
    name = "dark" if dark else "light"
    if font == app.font() and app.styleSheet() == sheet(tokens(), name):
        return
    app.setStyleSheet("")  # replacing a sheet takes Qt four times as long as setting one where there is none
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    use_font(font)
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(sheet(tokens(), name))
    keep_font(font)
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)  # nothing slides; the sheet sees to the rest


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: t.window, role.WindowText: t.text, role.Base: t.surface, role.AlternateBase: t.sunken,
        role.Text: t.text, role.Button: t.surface, role.ButtonText: t.text, role.PlaceholderText: t.placeholder,
        role.Highlight: t.selection, role.HighlightedText: t.text, role.ToolTipBase: t.surface,
        role.ToolTipText: t.text, role.Link: t.accent, role.LinkVisited: t.accent, role.Accent: t.accent,
        role.BrightText: t.error, role.Light: t.hover, role.Midlight: t.hover, role.Mid: t.border,
        role.Dark: t.border, role.Shadow: t.border,
    }.items():  # fmt: skip
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.disabled))
    return palette
