"""The list of trashed records of every kind, newest first. The Trash is never emptied; old entries are folded away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTableWidget, QWidget

from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, Trashed
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import column, grow, left, row
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

RECENT_DAYS = 30
"""Days after which an entry of the Trash is shown only on request."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TrashPane(QWidget):
    """The Trash, from which records are viewed and restored.

    Signals:
        chosen(str): a row became the current one.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self._desk, self._with_old = desk, False
        self._note = label("", "second", parent=self)
        self.restore = button("trash.restore", tr("action", "Restore"), parent=self)
        heads = (tr("trash", "Title"), (tr("trash", "When, by whom"), 130))
        self.rows = TextTable("trash.rows", tr("section", "Trash"), heads, self)
        self.rows.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.rows.currentCellChanged.connect(self._moved)
        self.rows.itemSelectionChanged.connect(self._enable)
        for key in ENTER:
            QShortcut(QKeySequence(key), self.rows, self.restore.click, context=Qt.ShortcutContext.WidgetShortcut)
        self.old = button("trash.old", "", self._fold, "quiet", parent=self)
        self.old.hide()  # until the Trash is shown
        above = (theme.FIELDS, theme.GAP, theme.GAP, theme.GAP)
        head = row(grow(self._note), self.restore, gap=theme.GAP, margins=above)
        column(head, grow(self.rows), left(self.old), on=self, gap=0, margins=0)
        self._enable()

    def selected(self) -> list[str]:
        """Return the ids of the selected rows, from the top."""
        rows = sorted({index.row() for index in self.rows.selectionModel().selectedRows()})
        return [str(self.rows.data_of(row)) for row in rows]

    def refresh(self) -> None:
        """Read the Trash again."""
        trashed = self._desk.read.trash()
        oldest = moment(self._desk.workspace.clock()) - timedelta(days=RECENT_DAYS)
        old = [row for row in trashed if moment(row.time) < oldest]
        self._show(trashed if self._with_old else [row for row in trashed if row not in old])
        self._note.setText(
            tr("trash", "The Trash is never emptied.") if trashed else tr("trash", "The Trash is empty.")
        )
        count = ntr("trash", "{n} older than 30 days", "{n} older than 30 days", len(old))
        self.old.setText(f"{'▾' if self._with_old else '▸'} {count}")
        self.old.setVisible(bool(old))

    def _show(self, trashed: Sequence[Trashed]) -> None:
        names = records.titles(self._desk, [row.id for row in trashed], language())
        with QSignalBlocker(self.rows):
            self.rows.fill([self._cells(row, names) for row in trashed], [row.id for row in trashed])
            self.rows.clearSelection()
            self.rows.setCurrentCell(-1, -1)
        self._enable()

    def _cells(self, row: Trashed, names: dict[str, str]) -> tuple[str, str]:
        """Return title and kind one below the other, as a narrow list has no room for a column of kinds, and when and who."""
        when = f"{local_time(moment(row.time)):%Y-%m-%d %H:%M}" if row.time else ""
        return f"{names.get(row.id, row.id)}\n{KINDS[row.kind].label()}", "\n".join(filter(None, (when, row.person)))

    def _fold(self) -> None:
        self._with_old = not self._with_old
        self.refresh()

    def _enable(self) -> None:
        self.restore.setEnabled(bool(self.selected()) and not self._desk.workspace.read_only)

    def _moved(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.rows.data_of(row))
