"""The initial letters above the rows of a long list by title: only rows in sight are asked for theirs."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

from ucapdesk.ui.lists.list_rows import LETTER, RecordRows
from ucapdesk.ui.toolkit import theme

FURTHER = 3
"""Number of rows below those in sight that are prepared too: rows above them may still grow."""


class ListLetters(QObject):
    """Gives each row that starts a letter the height for it."""

    def __init__(self, view: QTableView, rows: RecordRows) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows
        self._follows = False
        self._settling, self._keeping = (QTimer(self, singleShot=True, interval=0) for _ in range(2))
        self._settling.timeout.connect(self._settle)
        self._keeping.timeout.connect(lambda: view.scrollTo(view.currentIndex()))
        view.verticalScrollBar().valueChanged.connect(self._settling.start)

    def follow(self) -> None:
        """Keep the current row in sight where rows above it are about to get a letter."""
        self._follows = True
        self._settling.start()

    def _settle(self) -> None:
        """Prepare the rows after another part of the list came into sight."""
        self.fit()
        if self._follows and self._view.currentIndex().isValid():
            self._keeping.start()  # when Qt knows of the new heights
        self._follows = False

    def fit(self) -> None:
        """Prepare the rows in sight."""
        model = self._view.model()
        row, rows = max(0, self._view.rowAt(0)), model.rowCount()
        usual, room = self._rows.height(self._view.fontMetrics()), self._view.viewport().height()
        while row < rows and room > -FURTHER * usual:
            high = usual + (theme.px(LETTER) if self._rows.letter_of(model.index(row, 0)) else 0)
            if self._view.rowHeight(row) != high:
                self._view.setRowHeight(row, high)
            room, row = room - high, row + 1
