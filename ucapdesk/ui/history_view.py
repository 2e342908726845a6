"""Who wrote what into a record, and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.plain import kind_of
from ucapdesk.model.wording import say
from ucapdesk.services import Desk, history, records


class HistoryDialog(QDialog):
    """The history of one record, newest first."""

    def __init__(self, desk: Desk, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, kind_of(records.get(desk, id_)).name
        self.setObjectName("history")
        self.setWindowTitle(tr("history", "History"))
        self.resize(960, 520)
        heads = [
            tr("history", "When"),
            tr("history", "Who"),
            tr("history", "Field"),
            tr("history", "Before"),
            tr("history", "After"),
        ]
        entries = list(reversed(history.of(desk, id_)))
        self.table = QTableWidget(len(entries), len(heads), self)
        self.table.setObjectName("history.table")
        self.table.setAccessibleName(tr("history", "History"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        for row, entry in enumerate(entries):
            when = entry.time.astimezone().strftime("%Y-%m-%d %H:%M")
            said = (self._said(entry.field, value) for value in (entry.old, entry.new))
            for column, text in enumerate((when, entry.person, entry.field_label, *said)):
                item = QTableWidgetItem(text)
                item.setToolTip(text if column else entry.sentence)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        QVBoxLayout(self).addWidget(self.table)
        self.table.resizeRowsToContents()

    def _said(self, cell: str, value: Json) -> str:
        """A value as the list and the form say it; what this version does not know, as it is kept."""
        if value is None:
            return "—"
        if isinstance(value, bool):
            return tr("form", "Yes") if value else tr("form", "No")
        field = KINDS[self._kind].fields.get(cell)
        try:
            read = field.type.read([value] if field.is_set else value) if field else value
            return say(field, read, language(), self._name) if field else str(value)
        except (ValueError, TypeError):
            return str(value)

    def _name(self, id_: str) -> str:
        return records.titles(self._desk, [id_], language()).get(id_, id_)
