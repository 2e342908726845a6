"""The bar under the header of a record, shown only while the user must know or decide something."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import discard, grow, row
from ucapdesk.ui.toolkit.text_label import label


class BarAnswer(NamedTuple):
    """A button of the bar: the last part of its object name, its label, and its function."""

    name: str
    label: str
    do: Callable[[], object]


class MessageBar(QFrame):
    """One sentence with its answers. It never takes the focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label(selectable=True, parent=self)
        self._row = row(grow(self._label), on=self, gap=theme.GAP, margins=(theme.MARGIN, 4, theme.GAP, 4))
        self._buttons: list[QPushButton] = []
        self.about = ""
        """The topic of the message, by which its author can clear it."""
        self.hide()

    def say(self, about: str, sentence: str, *answers: BarAnswer, problem: bool = False, closes: bool = True) -> None:
        """Show a sentence; ``problem``: something is not saved."""
        discard(*self._buttons)
        self.about = about
        self._label.setText(breakable(sentence))
        theme.role(self, "problem" if problem else "banner")
        closing = [BarAnswer("close", tr("notice", "Close"), lambda: self.clear(about))] if closes else []
        self._buttons = [self._button(answer) for answer in (*answers, *closing)]
        self.setVisible(True)

    def _button(self, answer: BarAnswer) -> QPushButton:
        look = "quiet" if answer.name == "close" else ""
        made = button(f"{self.objectName()}.{answer.name}", answer.label, answer.do, look, parent=self)
        self._row.addWidget(made)
        return made

    def clear(self, about: str) -> None:
        """Hide the message if it is about this topic."""
        if self.about == about:
            self.about = ""
            self.hide()
