"""The theme: colours, contrast, movement and the style sheet, applied to the application from the settings while it runs.

Every pair of text and background has enough contrast. Fusion draws outlines too faint to be seen by everybody, so the
sheet redraws the borders of controls. More contrast and less movement are as chosen in the settings, else as the system
says. Nothing in the window slides or fades; what still moves by itself is a cursor that blinks and a bar that does not
know how long something takes, and both stand still for readers who wish so.

The style sheet of the whole window is ``resources/style/window.qss`` with the present colours and lengths; pages have
none of their own. A widget says what it is by its property ``role`` (``theme.role``), and how it stands by ``level``:

* ``QLabel``: caption, second, strong, group, page, big, number, status (in the status bar); hint, warning, error (under a field)
* ``QPushButton``: main (one on a page), quiet (a word in the colour of links; low inside bars and fields), danger, token (something named, in a
  field), chip (a filter that is on or off), row (a line of a card that leads somewhere), draft and gap (what a record lacks, leading there), group
  (the heading of a group, which folds it)
* ``QToolButton``: always quiet; it has a tooltip and a name
* ``QLineEdit`` and ``QToolButton``: inside (a frame of what is edited, which draws the border); scroll (beside tabs without room)
* ``QFrame``: field (a frame around what is edited), shown (around what is only read), card, token, toast, line,
  highlight (a frame that is gone soon); banner with a level (warn where none is said), problem (a banner of an error)

A rule names no widget around its own, but for the parts of a control that Qt makes: Qt would look through all that are around,
for each widget of the class.

A ``QPlainTextEdit`` of several on a page is ``current`` while something is done to it. A border grows from one pixel to
two with the focus and the padding shrinks by as much, so that nothing jumps.

In the file ``$accent`` is a colour of ``Tokens``; ``sp(field - 2, -6)`` a length that grows with the text, in numbers and the names of
``fonts``, and pixels added to it; ``url(down)`` a drawing of ``resources/icons`` in the colours of the theme.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.i18n import use_language, use_pair
from ucapdesk.base.paths import resource
from ucapdesk.base.settings import Settings
from ucapdesk.ui.toolkit import fonts
from ucapdesk.ui.toolkit.fonts import (
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
    keep_font,
    px,
    tall,
    use_font,
)

__all__ = [
    "BIG", "BODY", "CAPTION", "DARK", "FIELD", "FIELDS", "GAP", "GROUPS", "INSIDE", "LIGHT", "MARGIN", "PAGE", "ROW",
    "SECTION", "TARGET", "Tokens", "at_100", "px", "tall",
]  # fmt: skip


class Tokens(NamedTuple):
    """The colours by purpose. ``ok``, ``warn``, ``error`` and ``accent`` each have a tint as background."""

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
    ok_tint: str
    warn: str
    warn_tint: str
    error: str
    error_tint: str

    def level(self, name: str) -> tuple[str, str]:
        return (self.accent, self.tint) if name == "info" else (getattr(self, name), getattr(self, f"{name}_tint"))


LIGHT = Tokens(
    window="#F4F5F7", surface="#FFFFFF", sunken="#E9ECF0", hover="#EEF3F8", selection="#CFE3F5",
    text="#1C2430", text2="#4B5666", placeholder="#66707F", disabled="#8B94A1",
    border="#D3D8DF", control="#77818F", accent="#0F5FA6", on_accent="#FFFFFF", tint="#E1EDF8",
    ok="#1B6E3A", ok_tint="#E3F3E8", warn="#7A5200", warn_tint="#FFF1D0", error="#B3261E", error_tint="#FCE8E6",
)  # fmt: skip
DARK = Tokens(
    window="#1A1E24", surface="#22272F", sunken="#14171C", hover="#2A313B", selection="#274A6B",
    text="#ECEFF3", text2="#B6BFCB", placeholder="#97A2B1", disabled="#6B7583",
    border="#3A424E", control="#7F8A99", accent="#74B6F2", on_accent="#0B1B2B", tint="#1C3650",
    ok="#74CF93", ok_tint="#16341F", warn="#F0C062", warn_tint="#3B2F10", error="#FF9A91", error_tint="#47201D",
)  # fmt: skip


_STRONGER = {
    LIGHT: {"accent": "#0B4A85", "ok": "#14532B", "warn": "#5C3D00", "error": "#8C1D18"},
    DARK: {"accent": "#9CCDFA", "ok": "#8FE0AA", "warn": "#F5CF85", "error": "#FFB4AD"},
}


def strong(t: Tokens) -> Tokens:
    """Return the colours for users who want more contrast: borders like text, nothing tinted, no ink paler than needed."""
    return t._replace(
        text2=t.text, placeholder=t.text2, disabled=t.placeholder, border=t.text, control=t.text,
        tint=t.surface, ok_tint=t.surface, warn_tint=t.surface, error_tint=t.surface, **_STRONGER[t],
    )  # fmt: skip


_LOOKS = {
    "arrival departure flight transfer train checkin checkout": ((LIGHT.text2, LIGHT.sunken), (DARK.text2, "#2C333D")),
    "meeting internal": ((LIGHT.accent, LIGHT.tint), (DARK.accent, DARK.tint)),
    "site_visit culture": ((LIGHT.ok, LIGHT.ok_tint), (DARK.ok, DARK.ok_tint)),
    "meal banquet": (("#8A4B00", "#FDEBD9"), ("#F2B27A", "#3F2A12")),
    "signing": (("#7A2E7A", "#F6E6F6"), ("#E3A6E3", "#3D1F3D")),
    "free buffer": (("#00696B", "#DFF3F2"), ("#6FD0CD", "#12383A")),
}
# Ink and ground of a programme item in light and in dark, by the codes of ``reference/itinerary_kind.json``. A word
# always goes with it.
ITINERARY_LOOKS = {code: look for codes, look in _LOOKS.items() for code in codes.split()}


_PLACE = re.compile(r"\$\w+|sp\([^)]+\)|url\(\w+\)|/\*.+?\*/")
_TERM = re.compile(r"([+-]?) ?(\w+)")


def style_sheet(t: Tokens, name: str) -> str:
    """Return the whole style sheet; ``name`` is that of the theme, for the drawings inside controls."""
    text = (resource("style") / "window.qss").read_text(encoding="utf-8")
    edge = t.text if t.tint == t.surface else ""  # of areas told from the page by their tint, where nothing is tinted
    values: dict[str, str] = {**t._asdict(), "tint_edge": edge or t.tint, "bare_edge": edge or "transparent"}
    values |= {"radio_radius": f"{px(16) // 2 + 1}px", "radio_side": f"{px(16) - 2 * px(5) + 2}px"}
    icons = resource("icons").as_posix()  # style sheets take drawings from files only

    def value(place: str) -> str:
        if place.startswith("$"):
            return values[place[1:]]
        if place.startswith("sp"):
            return _scaled(place[3:-1])
        return f'url("{icons}/{place[4:-1]}-{name}.svg")' if place.startswith("url") else ""

    filled = {place: value(place) for place in set(_PLACE.findall(text))}
    return _PLACE.sub(lambda found: filled[found[0]], text)


def _scaled(length: str) -> str:
    """Return a length in pixels: the sum of numbers and names of ``sizes``, scaled, and what is added to it."""
    terms, _, added = length.partition(",")
    total = 0
    for sign, term in _TERM.findall(terms):
        pixels = int(term) if term.isdigit() else getattr(fonts, term.upper())
        total += -pixels if sign == "-" else pixels
    return f"{px(total) + int(added or 0)}px"


FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

_used = [LIGHT]
_dark = [False]


def tokens() -> Tokens:
    return _used[0]


def itinerary(kind: str) -> tuple[str, str]:
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
    return [*sorted(load_fonts(), key=lambda name: ("SC" in name) != (lang == "zh")), *fonts.rare_families()]


def role(widget: QWidget, name: str) -> None:
    """Set the role of a widget, by which the style sheet draws it; also after it was drawn. See ``sheet`` for the names."""
    mark(widget, "role", name)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property by which the style sheet draws a widget that may have been drawn before."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def apply_style(app: QApplication, *, dark: bool, text_size: int, lang: str, compact: bool, contrast: bool) -> None:
    """Apply the look to the whole application. A Chinese reader gets the Chinese font first.

    Where nothing is to look otherwise, Qt is not asked to draw everything anew.
    """
    font = QFont()
    font.setFamilies(families(lang))
    font.setPixelSize(round(BODY * text_size / 100))
    _dark[0] = dark
    usual = DARK if dark else LIGHT
    _used[0] = strong(usual) if contrast else usual
    fonts.set_compact(closer=compact)
    name = "dark" if dark else "light"
    if font == app.font() and app.styleSheet() == style_sheet(tokens(), name):
        return
    app.setStyleSheet("")  # replacing a sheet takes Qt four times as long as setting one where there is none
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    use_font(font)
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(style_sheet(tokens(), name))
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


AS_THE_SYSTEM = -1  # The time of blinking by which Qt asks the system again

_motion_reduced = [False]


def wants_contrast(app: QApplication, chosen: Settings) -> bool:
    """Return whether borders, inks and grounds are to differ more."""
    return chosen.contrast == "high" or _preference(app, "contrastPreference") == Qt.ContrastPreference.HighContrast


def wants_reduced_motion(app: QApplication, chosen: Settings) -> bool:
    return chosen.motion == "none" or _preference(app, "motionPreference") == Qt.MotionPreference.ReducedMotion


def reduce_motion(app: QApplication, *, still: bool) -> None:
    _motion_reduced[0] = still
    app.styleHints().setCursorFlashTime(0 if still else AS_THE_SYSTEM)


def progress_maximum(steps: int) -> int:
    """Return the maximum of a bar for so many steps; 0 of them, for a whole nobody knows, make it move, if it may."""
    return steps or int(_motion_reduced[0])


def on_system_style_change(do: Callable[[], object]) -> None:
    style = QApplication.styleHints()
    style.colorSchemeChanged.connect(do)
    hints = style.accessibility()
    hints.contrastPreferenceChanged.connect(do)
    hints.motionPreferenceChanged.connect(do)


def _preference(app: QApplication, name: str) -> object:
    style = app.styleHints()  # kept alive while it is asked: its objects are destroyed with it
    return getattr(style.accessibility(), name)()


# Qt's own texts (OK, Cancel, Copy …) where their file is not named by the code of the language.
QT_CATALOGUES = {"zh": "qtbase_zh_CN"}

_translators: list[QTranslator] = []


def apply_theme(app: QApplication, chosen: Settings) -> None:
    lang = chosen.interface_language
    use_language(lang)
    use_pair(chosen.record_languages)
    while _translators:
        app.removeTranslator(_translators.pop())
    if lang != "en":
        translator, file = QTranslator(), QT_CATALOGUES.get(lang, f"qtbase_{lang}")
        if translator.load(file, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
            _translators.append(translator)
    by_system = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark, compact = chosen.theme == "dark" or (chosen.theme == "system" and by_system), chosen.density == "compact"
    contrast = wants_contrast(app, chosen)
    apply_style(app, dark=dark, text_size=chosen.text_size, lang=lang, compact=compact, contrast=contrast)
    reduce_motion(app, still=wants_reduced_motion(app, chosen))
