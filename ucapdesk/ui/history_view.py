"""Who wrote what into a record, and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services import Desk, history


class HistoryDialog(QDialog):
    """The history of one record, newest first."""

    def __init__(self, desk: Desk, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setWindowTitle(tr("history", "History"))
        self.resize(900, 480)
        heads = [tr("history", "When"), tr("history", "Who"), tr("history", "Field"), tr("history", "Before"), tr("history", "After")]
        entries = list(reversed(history.of(desk, id_)))
        self.table = QTableWidget(len(entries), len(heads), self)
        self.table.setObjectName("history.table")
        self.table.setAccessibleName(tr("history", "History"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        for row, entry in enumerate(entries):
            when = entry.time.astimezone().strftime("%Y-%m-%d %H:%M")
            for column, text in enumerate((when, entry.person, entry.field_label, _said(entry.old), _said(entry.new))):
                item = QTableWidgetItem(text)
                item.setToolTip(entry.sentence if column == 0 else text)
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.resizeRowsToContents()
        QVBoxLayout(self).addWidget(self.table)


def _said(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return str(value)
