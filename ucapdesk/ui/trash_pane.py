"""What was moved to the Trash, of every kind, newest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, records
from ucapdesk.ui import theme


class TrashPane(QWidget):
    """A list from which a record is looked at, and restored in its form.

    Signals:
        chosen(str): a row became the current one.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._note = QLabel(self)
        self._note.setProperty("role", "second")
        self._note.setWordWrap(True)
        self._note.setMargin(theme.FIELDS)
        column.addWidget(self._note)
        self.rows = QTableWidget(0, 3, self)
        self.rows.setObjectName("trash.rows")
        self.rows.setAccessibleName(tr("section", "Trash"))
        self.rows.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.rows.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.rows.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.rows.setShowGrid(False)
        self.rows.setTabKeyNavigation(False)
        self.rows.verticalHeader().hide()
        self.rows.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))
        header = self.rows.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads = (tr("trash", "Title"), tr("trash", "Kind"), tr("trash", "When, by whom"))
        self.rows.setHorizontalHeaderLabels(heads)
        self.rows.currentCellChanged.connect(self._moved)
        column.addWidget(self.rows, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the Trash again."""
        trashed = records.trashed(self._desk)
        names = records.titles(self._desk, [row.id for row in trashed], language())
        self.rows.blockSignals(True)
        self.rows.clearContents()
        self.rows.setRowCount(len(trashed))
        for number, row in enumerate(trashed):
            when = f"{_local(moment(row.time)):%Y-%m-%d %H:%M}" if row.time else ""
            cells = names.get(row.id, row.id), KINDS[row.kind].label(), "  ".join(filter(None, (when, row.person)))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.UserRole, row.id)
                self.rows.setItem(number, column, item)
        self.rows.setCurrentCell(-1, -1)
        self.rows.blockSignals(False)
        self._note.setText(
            tr("trash", "Open a record to restore it. The Trash is never emptied.")
            if trashed
            else tr("trash", "The Trash is empty.")
        )

    def _moved(self, row: int) -> None:
        item = self.rows.item(row, 0)
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _local(at: datetime) -> datetime:
    return at.astimezone()
