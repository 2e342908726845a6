"""A list whose rows can be ticked and reordered: dragged, or moved with Ctrl and an arrow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QWidget

from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.named import named

_KEY = Qt.ItemDataRole.UserRole


class TickedList(QListWidget):
    """Rows identified by keys.

    Signals:
        changed(): a row was ticked or moved.
    """

    changed = Signal()

    def __init__(self, name: str, said: str, parent: QWidget | None = None) -> None:
        """``said``: its name for screen readers."""
        super().__init__(parent)
        named(self, name, said)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self._tell)
        for moved in (self.model().rowsMoved, self.model().rowsInserted, self.model().rowsRemoved):
            moved.connect(self._tell)

    def fill(self, rows: Iterable[tuple[str, str, bool]]) -> None:
        """Fill the list with key, label and tick of each row."""
        with QSignalBlocker(self):
            self.clear()
            for key, label, ticked in rows:
                item = list_item(label, {_KEY: key})
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                self.addItem(item)
            self.setCurrentRow(0)

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these keys and no others, and put them first, in their order."""
        labels = {self.item(row).data(_KEY): self.item(row).text() for row in range(self.count())}
        known = [key for key in keys if key in labels]
        self.fill((key, labels[key], key in known) for key in (*known, *(key for key in labels if key not in known)))

    def allow(self, keys: Collection[str]) -> None:
        """Allow only these keys to be ticked."""
        for row in range(self.count()):
            self.item(row).setHidden(self.item(row).data(_KEY) not in keys)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of the ticked rows, in order."""
        rows = [self.item(row) for row in range(self.count())]
        ticked = (
            each.data(_KEY) for each in rows if each.checkState() == Qt.CheckState.Checked and not each.isHidden()
        )
        return tuple(dict.fromkeys(ticked))  # while a row is dragged it is there twice

    @property
    def order(self) -> tuple[str, ...]:
        """All keys, in order."""
        return tuple(dict.fromkeys(self.item(row).data(_KEY) for row in range(self.count())))

    def relabel(self, labels: dict[str, str]) -> None:
        """Change the labels of rows; ticks and order stay."""
        with QSignalBlocker(self):
            for row in range(self.count()):
                item = self.item(row)
                item.setText(labels.get(item.data(_KEY), item.text()))
        self.viewport().update()

    def shift(self, by: int) -> None:
        """Move the current row up or down."""
        row = self.currentRow()
        if 0 <= row + by < self.count():
            with QSignalBlocker(self):
                self.insertItem(row + by, self.takeItem(row))
                self.setCurrentRow(row + by)
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()  # rows filled before it had its look are as high as they were without

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in ways:
            self.shift(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self.signalsBlocked():
            self.changed.emit()
