"""The bar that delays the rest of a day: by how much, with a preview of the effect."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.rules.itinerary import Delay
from ucapdesk.model.text.parse.itinerary_span import type_minutes
from ucapdesk.services.visits.visit_itinerary import say_delay
from ucapdesk.ui.fields.chip import EntryLine
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import column, flow, grow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label


class DelayBar(QFrame):
    """One line, a sentence below it, Move and Cancel.

    Signals:
        wanted(int): put off by so many minutes.
        left(): it is not wanted any more.
    """

    wanted = Signal(int)
    left = Signal()

    def __init__(
        self, look: Callable[[int], Delay | None], name_of: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """``look`` returns the effect of so many minutes, ``name_of`` the title of an item."""
        super().__init__(parent)
        self._look, self._name_of = look, name_of
        self.minutes: int | None = None
        named(self, "itinerary.delay.bar", role="card")
        by = tr("visit", "Move this and all later items of the day by")
        self.line = named(EntryLine(self, self._key), "itinerary.delay.line", by)
        self.line.setPlaceholderText(tr("visit", "1:30 or 45"))
        self.line.setMaximumWidth(theme.px(160))
        self.line.prefer_latin()
        self.line.edited.connect(self._typed)
        self.said = label("", "second", name="itinerary.delay.said", parent=self)
        move = button("itinerary.delay.move", tr("visit", "Move"), self._move, "main")
        foot = panel(flow(move, button("itinerary.delay.cancel", tr("visit", "Cancel"), self.left.emit)), self)
        first = row(grow(label(by, parent=self), 2), grow(self.line), gap=theme.GAP)
        column(first, self.said, foot, on=self, gap=theme.GAP, margins=(theme.FIELDS, theme.GAP))
        self.hide()

    def open(self) -> None:
        """Ask for the delay."""
        self.line.clear()
        self._typed()
        self.show()
        self.line.setFocus()

    def _typed(self) -> None:
        """Show the effect of the typed delay."""
        self.minutes = None
        text, said = self.line.text().strip(), ""
        if text and not self.line.composing:
            try:
                self.minutes = type_minutes(text)
                delay = self._look(self.minutes)
                nothing = tr("visit", "Nothing moves: no time, or a fixed time.")
                said = say_delay(delay, self._name_of) if delay and delay.moved else nothing
            except ValueError:
                said = tr("visit", "Not a length of time yet: 45 for minutes, 1:30 or 130 for hours and minutes.")
        self.said.say(said)
        self.line.setAccessibleDescription(said)

    def _move(self) -> None:
        if self.minutes:
            self.wanted.emit(self.minutes)
        else:
            self.line.setFocus()

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key that the line does not use."""
        key = None if event.modifiers() else event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._move()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True
