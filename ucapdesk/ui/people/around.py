"""What is on record around a person, an organisation, a city, a UCAP: how much of what, and all of it by time.

``●`` was, ``○`` is to come. A word with a number shows that kind alone; Enter or a double click opens a row.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, around
from ucapdesk.services.around import Near, Surroundings
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.flow import Flow
from ucapdesk.ui.look.growing import let_grow
from ucapdesk.ui.look.text_table import TextTable

WAS, AHEAD = "●", "○"
HIGHEST, ROW = 280, 36
MOST = 200
"""So many rows are shown, the latest."""


class Around(QWidget):
    """Counts and a timeline.

    Signals:
        opened(str): a record is to be shown.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = Surroundings()
        self._only = ""
        self.setObjectName("around")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        head = QLabel(tr("around", "On record"), self)
        head.setProperty("role", "group")
        column.addWidget(head)
        self._buttons = QWidget(self)
        self._flow = Flow(self._buttons)
        column.addWidget(self._buttons)
        heads = (tr("around", "When"), tr("around", "What"), tr("around", "As"))
        self.table = TextTable("around.rows", tr("around", "On record, by time"), heads, self)
        self.table.share(theme.px(190), 0, theme.px(150))
        self.table.itemActivated.connect(lambda item: self.opened.emit(str(self.table.data_of(item.row()))))
        column.addWidget(self.table)
        self.hide()

    def show_record(self, id_: str) -> None:
        """Read what is around a record; nothing at all hides the whole."""
        found = around.around(self._desk, id_)
        if found == self._found:
            return
        self._found = found
        if self._only not in found.totals:
            self._only = ""
        self._show_counts()
        self._show_rows()
        self.setVisible(bool(found.rows))
        if (page := self.parentWidget()) is not None:
            let_grow(page)

    def _show_counts(self) -> None:
        while (taken := self._flow.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        for kind, words in around.counts(self._found):
            button = QPushButton(words, self._buttons)
            button.setObjectName(f"around.{kind}")
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(kind == self._only)
            button.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
            self._flow.addWidget(button)
            button.show()

    def _choose(self, kind: str) -> None:
        """Show one kind alone, or everything again."""
        self._only = "" if self._only == kind else kind
        for button in self._buttons.findChildren(QPushButton):
            button.setChecked(button.objectName() == f"around.{self._only}")
        self._show_rows()

    def _show_rows(self) -> None:
        shown = [each for each in self._found.rows if not self._only or each.kind == self._only][-MOST:]
        rows = [
            (_when(each), f"{KINDS[each.kind].label()}: {' '.join(each.title.split())}", each.role) for each in shown
        ]
        self.table.fill(rows, [each.id for each in shown])
        high = sum(self.table.rowHeight(row) for row in range(self.table.rowCount()))
        self.table.setFixedHeight(min(theme.px(HIGHEST), high + self.table.horizontalHeader().sizeHint().height() + 4))
        coming = next((row for row, each in enumerate(shown) if each.ahead), len(shown) - 1)
        if 0 <= coming < self.table.rowCount() and (item := self.table.item(coming, 0)) is not None:
            self.table.scrollToItem(item, TextTable.ScrollHint.PositionAtCenter)


def _when(near: Near) -> str:
    """When it was or will be, with a sign that needs no colour."""
    return f"{AHEAD if near.ahead else WAS} {near.when}" if near.when else ""
