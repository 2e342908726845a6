"""Colours, type and space of the window: named once, applied as one palette and one small style sheet.

Fusion draws outlines too faint to be seen by everybody, so the sheet redraws the borders of controls.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.paths import resource

FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
BODY = 14
CAPTION = 12
SECTION = 16
PAGE = 20

GAP, FIELDS, MARGIN = 8, 12, 16
ROW, FIELD = 34, 30
CLOSER = 6
"""How much lower rows are in a compact window."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours by what they are for."""

    window: str
    surface: str
    sunken: str
    hover: str
    selection: str
    text: str
    text2: str
    placeholder: str
    disabled: str
    border: str
    control: str
    accent: str
    on_accent: str
    tint: str
    ok: str
    warn: str
    warn_tint: str
    error: str


LIGHT = Tokens(
    window="#F4F5F7", surface="#FFFFFF", sunken="#E9ECF0", hover="#EEF3F8", selection="#CFE3F5", text="#1C2430",
    text2="#4B5666", placeholder="#66707F", disabled="#8B94A1", border="#D3D8DF", control="#77818F",
    accent="#0F5FA6", on_accent="#FFFFFF", tint="#E1EDF8", ok="#1B6E3A", warn="#7A5200", warn_tint="#FFF1D0",
    error="#B3261E",
)  # fmt: skip
DARK = Tokens(
    window="#1A1E24", surface="#22272F", sunken="#14171C", hover="#2A313B", selection="#274A6B", text="#ECEFF3",
    text2="#B6BFCB", placeholder="#97A2B1", disabled="#6B7583", border="#3A424E", control="#7F8A99",
    accent="#74B6F2", on_accent="#0B1B2B", tint="#1C3650", ok="#74CF93", warn="#F0C062", warn_tint="#3B2F10",
    error="#FF9A91",
)  # fmt: skip


_used = [LIGHT]
_compact = [False]


def tokens() -> Tokens:
    """The colours in use."""
    return _used[0]


@cache
def load_fonts() -> tuple[str, ...]:
    """The families bundled with the program, so that no computer lacks a Chinese face."""
    families: list[str] = []
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(resource("fonts") / name))
        families += [f for f in QFontDatabase.applicationFontFamilies(number) if f not in families]
    return tuple(families)


def px(pixels: int) -> int:
    """A length that grows with the reader's text size."""
    return round(pixels * QApplication.font().pixelSize() / BODY)


def at_100(pixels: int) -> int:
    """What ``px`` would make this length of."""
    return round(pixels * BODY / QApplication.font().pixelSize())


def tall(pixels: int) -> int:
    """The height of a row, lower where the reader wants more of them on the screen."""
    return px(pixels - CLOSER if _compact[0] else pixels)


def role(widget: QWidget, name: str) -> None:
    """Say what a widget is, so that the style sheet dresses it; also after it was drawn."""
    widget.setProperty("role", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def is_dark(app: QApplication, theme: str) -> bool:
    """Whether a chosen theme, or the system's, is dark."""
    return theme == "dark" or (theme == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark)


def apply(app: QApplication, *, dark: bool, text_size: int = 100, lang: str = "en", compact: bool = False) -> None:
    """Dress the whole application. A Chinese reader gets the Chinese face first."""
    families = sorted(load_fonts(), key=lambda name: ("SC" in name) != (lang == "zh"))
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(round(BODY * text_size / 100))
    _used[0] = DARK if dark else LIGHT
    _compact[0] = compact
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(_sheet(tokens(), "dark" if dark else "light"))


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: t.window, role.WindowText: t.text, role.Base: t.surface, role.AlternateBase: t.sunken,
        role.Text: t.text, role.Button: t.surface, role.ButtonText: t.text, role.PlaceholderText: t.placeholder,
        role.Highlight: t.selection, role.HighlightedText: t.text, role.ToolTipBase: t.surface,
        role.ToolTipText: t.text, role.Link: t.accent, role.Accent: t.accent,
        role.Light: t.hover, role.Midlight: t.hover, role.Mid: t.border, role.Dark: t.border, role.Shadow: t.border,
    }.items():  # fmt: skip
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.disabled))
    return palette


def _sheet(t: Tokens, name: str) -> str:
    """The whole style sheet; lengths in it grow with the text."""
    return "".join((_fields(t, name), _buttons(t), _labels(t), _lists(t)))


def _fields(t: Tokens, name: str) -> str:
    arrow = (resource("icons") / f"down-{name}.svg").as_posix()
    return f"""
    QLineEdit, QPlainTextEdit, QComboBox, QFrame[role="field"] {{ background: {t.surface}; color: {t.text};
        border: 1px solid {t.control}; border-radius: 4px; padding: 3px 6px;
        selection-background-color: {t.selection}; selection-color: {t.text}; }}
    QFrame[role="field"] {{ padding: 0; }}
    QFrame[role="shown"] {{ background: {t.window}; border: 1px solid {t.border}; border-radius: 4px; }}
    QLineEdit, QComboBox {{ min-height: {px(FIELD - 8)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {t.accent}; padding: 2px 5px; }}
    QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {t.window};
        border-color: {t.border}; color: {t.text}; }}
    QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(12)}px; height: {px(12)}px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.control}; outline: none; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {t.control}; border: 3px solid {t.window}; border-radius: 6px;
        min-height: 32px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _buttons(t: Tokens) -> str:
    return f"""
    QPushButton {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 4px; padding: 0 12px;
        min-height: {px(FIELD - 2)}px; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed {{ background: {t.selection}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
    QPushButton:disabled {{ color: {t.disabled}; border-color: {t.border}; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QPushButton[role="main"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QPushButton[role="main"]:focus {{ border-color: {t.text}; }}
    QPushButton[role="main"]:disabled {{ background: {t.sunken}; color: {t.disabled}; border-color: {t.border}; }}
    QPushButton[role="quiet"] {{ background: transparent; border: 2px solid transparent; color: {t.accent};
        padding: 0 7px; min-height: {px(FIELD - 8)}px; }}
    QPushButton[role="quiet"]:hover {{ background: {t.hover}; }}
    QPushButton[role="quiet"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="quiet"]:checked {{ color: {t.text}; font-weight: 600; }}
    QMenuBar {{ background: {t.window}; border-bottom: 1px solid {t.border}; padding: 2px 8px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.control}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 26px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.disabled}; }}
    QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 8px; }}
    """


def _labels(t: Tokens) -> str:
    return f"""
    QLabel[role="caption"] {{ color: {t.text2}; font-size: {px(CAPTION)}px; }}
    QLabel[role="second"] {{ color: {t.text2}; }}
    QLabel[role="page"] {{ font-size: {px(PAGE)}px; font-weight: 600; }}
    QLabel[role="group"] {{ font-size: {px(SECTION)}px; font-weight: 600; }}
    QLabel[role="caption"], QLabel[role="chip"] {{ min-height: {px(18)}px; max-height: {px(18)}px; }}
    QLabel[role="chip"] {{ background: {t.warn_tint}; color: {t.warn}; border-radius: 4px; padding: 0 6px;
        font-size: {px(CAPTION)}px; }}
    QLabel[role="error"] {{ color: {t.error}; font-size: {px(CAPTION)}px; }}
    QFrame[role="banner"] {{ background: {t.warn_tint}; border: none; }}
    QFrame[role="banner"] QLabel {{ color: {t.warn}; }}
    QStatusBar {{ background: {t.sunken}; color: {t.text2}; border-top: 1px solid {t.border}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {t.text2}; padding: 0 8px; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px; }}
    """


def _lists(t: Tokens) -> str:
    return f"""
    QListWidget {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 4px; outline: none; }}
    QListWidget::item {{ padding: 4px 8px; }}
    QListWidget::item:hover {{ background: {t.hover}; }}
    QListWidget::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QListWidget:focus {{ border: 2px solid {t.accent}; }}
    QListWidget#sections, QListWidget#sections:focus {{ background: {t.sunken}; border: none; border-radius: 0; padding: 8px 6px; }}
    QListWidget#sections::item {{ padding: 0 10px; border-radius: 4px; }}
    QListWidget#sections::item:selected:focus {{ border: 2px solid {t.accent}; padding: 0 8px; }}
    QTableView {{ background: {t.surface}; border: none; gridline-color: {t.border}; outline: none; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QTableView:focus {{ border: 2px solid {t.accent}; }}
    QHeaderView {{ background: {t.window}; border: none; }}
    QHeaderView::section {{ background: {t.window}; color: {t.text2}; border: none; padding: 6px 8px;
        border-bottom: 1px solid {t.border}; font-size: {px(CAPTION)}px; }}
    QScrollArea, QWidget#page {{ background: {t.window}; border: none; }}
    QWidget#list {{ background: {t.surface}; }}
    QSplitter::handle {{ background: {t.border}; width: 1px; height: 1px; }}
    """
