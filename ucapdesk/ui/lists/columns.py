"""Which fields of a kind are columns of its list, and in which order: ticked, dragged, or moved with Ctrl and an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.listing import columns_of, usual_columns
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.fitting import fit

_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of all fields; those that are ticked are columns, in this order. The title always comes first.

    Signals:
        changed(tuple[str, ...]): the columns besides the title; at once, so that they are seen behind the dialog.
    """

    changed = Signal(tuple)

    def __init__(self, kind: Kind, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setObjectName("columns")
        self.setWindowTitle(tr("list", "Columns: {kind}", kind=kind.plural()))
        hint = QLabel(tr("list", "Tick what is shown. Drag, or Ctrl and an arrow, changes the order."), self)
        hint.setProperty("role", "second")
        hint.setWordWrap(True)
        self.rows = QListWidget(self)
        self.rows.setObjectName("columns.rows")
        self.rows.setAccessibleName(self.windowTitle())
        self.rows.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.rows.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.rows.installEventFilter(self)
        self.rows.itemChanged.connect(self._tell)
        self.rows.model().rowsMoved.connect(self._tell)
        self.rows.model().rowsInserted.connect(self._tell)
        self.rows.model().rowsRemoved.connect(self._tell)
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addWidget(self.rows, 1)
        column.addLayout(self._make_buttons())
        fit(self, 420, 500)
        self._fill(columns)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, label, act in (
            ("up", tr("list", "Up"), lambda: self._move(-1)),
            ("down", tr("list", "Down"), lambda: self._move(1)),
            ("reset", tr("list", "As at first"), self._reset),
        ):
            button = QPushButton(label, self)
            button.setObjectName(f"columns.{name}")
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        box = QDialogButtonBox(self)
        theme.role(box.addButton(tr("list", "Done"), QDialogButtonBox.ButtonRole.AcceptRole), "main")
        box.accepted.connect(self.accept)
        row.addWidget(box)
        return row

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that are ticked, in their order."""
        items = [self.rows.item(row) for row in range(self.rows.count())]
        ticked = (item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(dict.fromkeys(ticked))  # while a row is dragged it is there twice

    def _fill(self, columns: Sequence[str]) -> None:
        labels = {field.name: field.label() for field in columns_of(self._kind)[1:]}
        self.rows.blockSignals(True)
        self.rows.clear()
        for name in (*columns, *(name for name in labels if name not in columns)):
            item = QListWidgetItem(labels[name])
            item.setData(_KEY, name)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
            item.setCheckState(Qt.CheckState.Checked if name in columns else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0)
        self.rows.blockSignals(False)

    def _reset(self) -> None:
        self._fill(usual_columns(self._kind))
        self._tell()

    def _move(self, by: int) -> None:
        row = self.rows.currentRow()
        if 0 <= row + by < self.rows.count():
            self.rows.blockSignals(True)
            self.rows.insertItem(row + by, self.rows.takeItem(row))
            self.rows.setCurrentRow(row + by)
            self.rows.blockSignals(False)
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Up and Ctrl+Down move a column."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in ways:
                self._move(ways[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if not self.rows.signalsBlocked():
            self.changed.emit(self.columns)
