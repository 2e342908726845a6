"""A bar with one sentence across the window: why the workspace is read-only, or why something failed."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.record.message_bar import BarAnswer
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import show_sentence
from ucapdesk.ui.toolkit.layout_builder import grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

MIN_SENTENCE_PX = 110
"""Width for the sentence below which the buttons stand under it."""


class Notice(QFrame):
    """Shown while it has a sentence; it never takes the focus."""

    def __init__(
        self, name: str, parent: QWidget, *answers: BarAnswer, said: str = "", level: str = "", stays: bool = False
    ) -> None:
        """``level``: of its colours, a warning where none is said; ``stays``: the bar cannot be closed."""
        super().__init__(parent)
        named(self, name, role="banner").setProperty("level", level)
        self._answers = answers if stays else (BarAnswer("close", tr("notice", "Close"), self.hide), *answers)
        self._row: QHBoxLayout | None = None
        self.say(said)

    @cached_property
    def _label(self) -> QLabel:
        """The sentence, made with everything beside it for the first one: most bars are never shown."""
        said = label(selectable=True, parent=self)
        name = self.objectName()
        made = [button(f"{name}.{each.name}", each.label, each.do, "quiet", parent=self) for each in self._answers]
        self._row = row(grow(said), *made, on=self, margins=(theme.MARGIN, 4, theme.GAP, 4))
        return said

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        buttons = sum(made.sizeHint().width() + theme.GAP for made in self.findChildren(QPushButton))
        beside = buttons + theme.px(MIN_SENTENCE_PX) <= event.size().width()
        if self._row:
            self._row.setDirection(QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom)

    def say(self, sentence: str) -> None:
        """Change the sentence; an empty one hides the bar."""
        if sentence:
            show_sentence(self._label, sentence)
        self.setVisible(bool(sentence))
        announce(self, sentence, urgent=True)
