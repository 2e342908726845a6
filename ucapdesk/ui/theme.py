"""Colours, type and space of the window: named once, applied as one palette and one small style sheet.

Fusion draws outlines too faint to be seen by everybody, so the sheet redraws the borders of controls.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ucapdesk.base.paths import resource

FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
BODY = 14
CAPTION = 12
PAGE = 20

GAP, MARGIN = 8, 16
ROW, FIELD = 34, 30


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


@cache
def load_fonts() -> tuple[str, ...]:
    """The families bundled with the program, so that no computer lacks a Chinese face."""
    families: list[str] = []
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(resource("fonts") / name))
        families += [f for f in QFontDatabase.applicationFontFamilies(number) if f not in families]
    return tuple(families)


def scaled(pixels: int, text_size: int) -> int:
    """A length that grows with the reader's text size (per cent)."""
    return round(pixels * text_size / 100)


def is_dark(app: QApplication, theme: str) -> bool:
    """Whether a chosen theme, or the system's, is dark."""
    return theme == "dark" or (theme == "system" and app.styleHints().colorScheme().name == "Dark")


def apply(app: QApplication, *, dark: bool, text_size: int = 100, lang: str = "en") -> None:
    """Dress the whole application. A Chinese reader gets the Chinese face first."""
    families = load_fonts()
    in_order = sorted(families, key=lambda name: ("SC" in name) != (lang == "zh"))
    font = QFont()
    font.setFamilies(in_order)
    font.setPixelSize(scaled(BODY, text_size))
    tokens = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(_palette(tokens))
    app.setStyleSheet(_sheet(tokens, text_size))


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: t.window, role.WindowText: t.text, role.Base: t.surface, role.AlternateBase: t.sunken,
        role.Text: t.text, role.Button: t.surface, role.ButtonText: t.text, role.PlaceholderText: t.placeholder,
        role.Highlight: t.selection, role.HighlightedText: t.text, role.ToolTipBase: t.surface,
        role.ToolTipText: t.text, role.Link: t.accent, role.Accent: t.accent,
    }.items():  # fmt: skip
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.disabled))
    return palette


def _sheet(t: Tokens, text_size: int) -> str:
    def px(pixels: int) -> str:
        return f"{scaled(pixels, text_size)}px"

    fields = "QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox"
    return f"""
    {fields} {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 4px; padding: 3px 6px;
        selection-background-color: {t.selection}; selection-color: {t.text}; }}
    QLineEdit, QComboBox {{ min-height: {px(FIELD - 8)}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {t.accent}; padding: 2px 5px; }}
    QLineEdit:read-only {{ background: {t.window}; border-color: {t.border}; }}
    QPushButton {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 4px; padding: 0 12px;
        min-height: {px(FIELD - 2)}; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
    QPushButton:disabled {{ color: {t.disabled}; border-color: {t.border}; }}
    QPushButton[role="main"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QLabel[role="caption"] {{ color: {t.text2}; font-size: {px(CAPTION)}; }}
    QLabel[role="page"] {{ font-size: {px(PAGE)}; font-weight: 600; }}
    QLabel[role="group"] {{ font-weight: 600; color: {t.accent}; }}
    QLabel[role="chip"] {{ background: {t.warn_tint}; color: {t.warn}; border-radius: 4px; padding: 1px 6px;
        font-size: {px(CAPTION)}; }}
    QLabel[role="error"] {{ color: {t.error}; font-size: {px(CAPTION)}; }}
    QLabel[role="banner"] {{ background: {t.warn_tint}; color: {t.warn}; padding: 6px {px(MARGIN)}; }}
    QListWidget#sections {{ background: {t.sunken}; border: none; padding: 6px; outline: none; }}
    QListWidget#sections::item {{ min-height: {px(ROW - 4)}; padding-left: 6px; border-radius: 4px; }}
    QListWidget#sections::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QListWidget#sections::item:hover:!selected {{ background: {t.hover}; }}
    QTableView {{ background: {t.surface}; border: none; gridline-color: {t.border}; outline: none; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView::item:hover {{ background: {t.hover}; }}
    QTableView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QTableView:focus {{ border: 2px solid {t.accent}; }}
    QHeaderView::section {{ background: {t.sunken}; color: {t.text2}; border: none; padding: 6px 8px;
        font-size: {px(CAPTION)}; }}
    QStatusBar {{ background: {t.sunken}; color: {t.text2}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {t.window}; border: none; }}
    QSplitter::handle {{ background: {t.border}; }}
    """
