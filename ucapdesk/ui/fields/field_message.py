"""The line under a field: a hint, a warning or an error, told by icon, word and colour; it takes no room while empty."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.layout_builder import grow, row, top
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.text_label import label

HINT, WARNING, ERROR = "hint", "warning", "error"
_SIGNS = {HINT: ("info", "text2"), WARNING: ("warning", "warn"), ERROR: ("error_circle", "error")}
"""For each level, which is also the role of its text: an icon and the icon's colour."""
_SIDE = 16


class FieldMessage(QWidget):
    """One sentence of a level; hidden while empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = HINT
        self._sign, self._text = PlainLabel(parent=self), label(parent=self)
        row(top(self._sign), grow(self._text), on=self, gap=4, margins=0)
        self.hide()

    def say(self, level: str, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self._text.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self.level = level
            name, colour = _SIGNS[level]
            theme.role(self._text, level)
            self._sign.setPixmap(icon(name, _SIDE, colour).pixmap(theme.px(_SIDE)))
            self._sign.setAccessibleName(spoken(level))

    def text(self) -> str:
        """Return the sentence shown."""
        return self._text.text()


def spoken(level: str) -> str:
    """Return the word for a level, for readers who do not see its colour."""
    return {HINT: tr("form", "Hint"), WARNING: tr("form", "Check this"), ERROR: tr("form", "Not saved")}[level]
