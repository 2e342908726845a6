"""Makes long words breakable: a word longer than any line would push everything out of the window."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.ui.toolkit.plain_text import PlainLabel

_SIGN = "[^\\s\u2e80-\u9fff\uff00-\uffef]"  # Chinese breaks anywhere by itself
_LONG = f"({_SIGN}{{20}})(?=\\S)"
_WORD = f"{_SIGN}+"
_BREAK = "\u200b"
_QUOTED = "(?<=[”’])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[“‘])"


def breakable(text: str) -> str:
    """Return the text with a zero-width break opportunity every twenty characters of a word."""
    return re.sub(_LONG, f"\\1{_BREAK}", text)


def fitted(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return the text in which a word longer than the room may be broken, and no other one."""

    def broken(word: re.Match[str]) -> str:
        return _BREAK.join(word[0]) if metrics.horizontalAdvance(word[0]) > room else word[0]

    return re.sub(_WORD, broken, text)


def quotes_loosened(text: str) -> str:
    """Return the text with a break opportunity between a quotation mark and Chinese, which Unicode keeps together."""
    return re.sub(_QUOTED, _BREAK, text)


class WrappingLabel(PlainLabel):
    """A label that wraps, and breaks a word only where the word alone is longer than the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__(parent=parent)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break what has no room any more."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: every word can be broken."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = fitted(self._whole, self.fontMetrics(), self.contentsRect().width())
        if shown != self.text():
            super().setText(shown)
