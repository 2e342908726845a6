"""The line in which a list is narrowed: Down and Enter lead into its rows, Escape clears it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit


class FilterLine(LineEdit):
    """The line; while an input method composes, its keys are those of the input method.

    Signals:
        entered(): on to the rows.
    """

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("list.filter")
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        if not self.preedit:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        free = not self.preedit and not event.modifiers()
        if free and event.key() == Qt.Key.Key_Down:
            self.entered.emit()
        elif free and event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
