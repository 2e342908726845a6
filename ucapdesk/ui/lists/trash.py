"""What was moved to the Trash, of every kind, newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, Trashed, records
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.text_table import TextTable


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
        heads = (tr("trash", "Title"), tr("trash", "Kind"), tr("trash", "When, by whom"))
        self.rows = TextTable("trash.rows", tr("section", "Trash"), heads, self)
        self.rows.share(0, theme.px(90), theme.px(150))
        self.rows.currentCellChanged.connect(self._moved)
        column.addWidget(self.rows, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the Trash again."""
        trashed = records.trashed(self._desk)
        names = records.titles(self._desk, [row.id for row in trashed], language())
        self.rows.blockSignals(True)
        self.rows.fill([self._cells(row, names) for row in trashed], [row.id for row in trashed])
        self.rows.setCurrentCell(-1, -1)
        self.rows.blockSignals(False)
        self._note.setText(
            tr("trash", "Open a record to restore it. The Trash is never emptied.")
            if trashed
            else tr("trash", "The Trash is empty.")
        )

    def _cells(self, row: Trashed, names: dict[str, str]) -> tuple[str, str, str]:
        when = f"{moment(row.time).astimezone():%Y-%m-%d %H:%M}" if row.time else ""
        return names.get(row.id, row.id), KINDS[row.kind].label(), "\n".join(filter(None, (when, row.person)))

    def _moved(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.rows.data_of(row))
