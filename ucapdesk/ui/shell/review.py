"""What several people wrote at once: each field with the values there are, to be looked at in its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.services import Desk, history, records
from ucapdesk.services.questions import Question
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.fitting import fit
from ucapdesk.ui.look.text_table import TextTable


class ReviewDialog(QDialog):
    """The fields to be decided. ``chosen`` is the record to go to, once the dialog was accepted."""

    def __init__(self, desk: Desk, waiting: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.chosen = desk, ""
        self.setObjectName("review")
        self.setWindowTitle(tr("review", "What is to be decided"))
        count = QLabel(ntr("review", "{n} field is to be decided", "{n} fields are to be decided", len(waiting)), self)
        count.setProperty("role", "group")
        heads = (tr("review", "Record"), tr("history", "Field"), tr("review", "What was written"))
        self.table = TextTable("review.table", tr("review", "What is to be decided"), heads, self)
        self.table.share(theme.px(240), theme.px(160), 0)
        titles = records.titles(desk, [each.id for each in waiting], language())
        rows = [
            (titles.get(each.id, ""), history.label_of(each.kind, each.cell), self._values(each)) for each in waiting
        ]
        self.table.fill(rows, [each.id for each in waiting])
        self.table.cellActivated.connect(self._choose)
        self.look = QPushButton(tr("review", "Open the record"), self)
        self.look.setObjectName("review.open")
        self.look.setDefault(True)
        self.look.clicked.connect(lambda: self._choose(self.table.currentRow()))
        self.look.setProperty("role", "main")
        column = QVBoxLayout(self)
        column.addWidget(count)
        column.addWidget(self.table)
        column.addWidget(self.look, 0, Qt.AlignmentFlag.AlignRight)
        fit(self, 860, 460)
        self.table.selectRow(0)

    def _values(self, question: Question) -> str:
        values = [
            (each.person, history.say_cell(self._desk, question.kind, question.cell, each.value))
            for each in question.candidates
        ]
        return "\n".join(f"{person}: {said or '—'}" for person, said in values)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chosen = str(self.table.data_of(row))
            self.accept()
