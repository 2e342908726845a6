"""The bar that delays the rest of a day: by how much, with a preview of the effect."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from ucapdesk.base.i18n import tr
from ucapdesk.model.text.parse.itinerary_span import type_minutes
from ucapdesk.services.visits.visit_itinerary import delay_day, preview_delay, say_delay
from ucapdesk.ui.fields.chip import EntryLine
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import column, flow, grow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.visits.part_panel import PartPanel


class DelayBar(QFrame):
    """One line, a sentence below it, Move and Cancel; it stands in place of the panel's line and buttons.

    Signals:
        closed(): it gives way to them.
    """

    closed = Signal()

    def __init__(self, day: PartPanel) -> None:
        super().__init__(day)
        self._day = day
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
        foot = panel(flow(move, button("itinerary.delay.cancel", tr("visit", "Cancel"), self._leave)), self)
        first = row(grow(label(by, parent=self), 2), grow(self.line), gap=theme.GAP)
        column(first, self.said, foot, on=self, gap=theme.GAP, margins=(theme.FIELDS, theme.GAP))
        self._fitting = single_shot(self, 0, lambda: day.view.page.ensureWidgetVisible(self))
        self.hide()

    def open(self, date: str) -> None:
        """Ask for the delay of the rest of a day."""
        self._date = date
        self.line.clear()
        self._typed()
        self.show()
        self.line.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()
        self._day.rows.setFocus()

    def _typed(self) -> None:
        """Show the effect of the typed delay."""
        self.minutes, day = None, self._day
        text, said = self.line.text().strip(), ""
        if text and not self.line.composing:
            try:
                self.minutes = type_minutes(text)
                delay = preview_delay(day.desk, day.current, self.minutes, self._date) if day.current else None
                nothing = tr("visit", "Nothing moves: no time, or a fixed time.")
                said = say_delay(delay, day.name_of) if delay and delay.moved else nothing
            except ValueError:
                said = tr("visit", "Not a length of time yet: 45 for minutes, 1:30 or 130 for hours and minutes.")
        self.said.say(said)
        self.line.setAccessibleDescription(said)
        self._fitting.start()

    def _move(self) -> None:
        day, minutes, id_ = self._day, self.minutes, self._day.current
        if not minutes:
            self.line.setFocus()
        elif day.attempt(lambda: delay_day(day.desk, id_, minutes, self._date), id_):
            self._leave()

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key that the line does not use."""
        key = None if event.modifiers() else event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._move()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True
