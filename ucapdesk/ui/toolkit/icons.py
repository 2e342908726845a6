"""The icons of the window: one drawing each, in the colours of the theme and sharp on every screen.

They are the Fluent UI System Icons under ``resources/icons/fluent``; a name is that of the file.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ucapdesk.base.paths import resource
from ucapdesk.ui.toolkit import theme

SHARP_AT = (1.0, 1.5, 2.0)  # The screen scales they are drawn for; in between, Qt takes the next larger one
DRAWN = 512  # Maximum number of drawings kept: of two themes, or of several text sizes


def icon(name: str, size: int = 20, colour: str = "text") -> QIcon:
    """Return an icon that grows with the reader's text, in a colour of the theme named as in ``theme.Tokens``."""
    tokens = theme.tokens()
    return _drawn(name, theme.px(size), getattr(tokens, colour), tokens.disabled)


def pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    return _pixmap(name, theme.px(size), ratio, getattr(theme.tokens(), colour))


def program_icon() -> QIcon:
    return QIcon(str(resource("icons/ucapdesk.svg")))


def has_icon(name: str) -> bool:
    return _file(name) is not None


@lru_cache(DRAWN)
def _drawn(name: str, side: int, colour: str, disabled: str) -> QIcon:
    found = QIcon()
    for ratio in SHARP_AT:
        usual = _pixmap(name, side, ratio, colour)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):  # Qt would tint the others itself
            found.addPixmap(usual, mode)
        found.addPixmap(_pixmap(name, side, ratio, disabled), QIcon.Mode.Disabled)
    return found


@lru_cache(DRAWN)
def _pixmap(name: str, side: int, ratio: float, colour: str) -> QPixmap:
    drawing = _file(name)
    if drawing is None:
        raise KeyError(name)
    real = round(side * ratio)
    made = QPixmap(real, real)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    coloured = drawing.replace("<path ", f'<path fill="{colour}" ')
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(0, 0, real, real))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _file(name: str) -> str | None:
    path = resource("icons") / "fluent" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else None
