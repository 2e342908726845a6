"""A table of texts whose rows can be ticked: entries to import, rows to process.

Space or a click anywhere in a row ticks it. Rows that cannot be ticked say so by having no box.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QTableWidgetItem, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_table import INDENT_ROLE, Head, TextTable

BOX = 40


class TickTable(TextTable):
    """Rows of texts with a check box; ``all``, which the page puts above them, ticks every row that can be, or none.

    Signals:
        ticked(): another row is ticked now, or one less.
    """

    ticked = Signal()

    def __init__(self, name: str, title: str, heads: Sequence[Head], parent: QWidget | None = None) -> None:
        every = named(
            QCheckBox(tr("incoming", "All"), parent), f"{name.partition('.')[0]}.all"
        )  # Tab comes to it first
        super().__init__(name, title, (("", BOX), *heads), parent)
        self.all = every
        self.all.clicked.connect(self._tick_all)
        self.itemChanged.connect(lambda _: self.ticked.emit())
        self.clicked.connect(self._clicked)
        self.ticked.connect(self._say_all)

    def fill_ticked(
        self,
        rows: Sequence[Sequence[str]],
        numbers: Sequence[int],
        ticks: Sequence[bool | None],
        indents: Sequence[int] = (),
    ) -> None:
        """Show these rows, each with its number and tick; None for a row that cannot be ticked.

        ``indents``: pixels by which the first text of each row stands to the right.
        """
        with QSignalBlocker(self):
            self.fill([("", *row) for row in rows], numbers)
            for number, tick in enumerate(ticks):
                for column in range(self.columnCount()):
                    if (cell := self.item(number, column)) is not None:
                        cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item = self.item(number, 0) or QTableWidgetItem()
                if tick is not None:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Checked if tick else Qt.CheckState.Unchecked)
                said = "" if tick is not None else tr("ticks", "cannot be chosen")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (*rows[number], said))))
            for row, pixels in enumerate(indents):
                if (cell := self.item(row, 1)) is not None:
                    cell.setData(INDENT_ROLE, pixels)
            if any(indents):
                self._fit()
        self._say_all()
        if rows:
            self.setCurrentCell(0, 0)

    def numbers(self) -> list[int]:
        """Return the numbers of the ticked rows."""
        return [int(str(self.data_of(row))) for row in range(self.rowCount()) if self._is_ticked(row)]

    def _say_all(self) -> None:
        boxes = sum(self._box(row) is not None for row in range(self.rowCount()))
        self.all.setEnabled(boxes > 0)
        self.all.setChecked(0 < len(self.numbers()) == boxes)

    def _tick_all(self, ticked: bool) -> None:
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                self._tick(row, ticked=ticked)
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column():  # a click on the box itself is Qt's
            self._turn(index.row())

    def _turn(self, row: int) -> None:
        self._tick(row, ticked=not self._is_ticked(row))

    def _tick(self, row: int, *, ticked: bool) -> None:
        if (box := self._box(row)) is not None:
            box.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _is_ticked(self, row: int) -> bool:
        return (box := self._box(row)) is not None and box.checkState() == Qt.CheckState.Checked

    def _box(self, row: int) -> QTableWidgetItem | None:
        """Return the cell with the box of a row; None for a row that cannot be ticked."""
        item = self.item(row, 0)
        return item if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable else None
