"""A table that tells screen readers on which row the keys are as soon as they are in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtWidgets import QTableView


class RowsView(QTableView):
    """The table. Qt names the current row when it changes, and only the table when the keys come into it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if QAccessible.isActive():
            QTimer.singleShot(0, self, self._tell_row)  # Qt names the table first

    def _tell_row(self) -> None:
        if self.hasFocus() and self.currentIndex().isValid():
            self.currentChanged(self.currentIndex(), QModelIndex())
