"""What a spreadsheet would change, row by row, before it is taken in; and what of it cannot be."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.sheets import SheetReport
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.text_table import TextTable

SHOWN = 300


class SheetPreview(QDialog):
    """Shows a report of a dry run; accepted, the sheet is to be taken in."""

    def __init__(self, report: SheetReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle(tr("sheet", "Take in {file}", file=report.file))
        self.resize(theme.px(720), theme.px(560))
        column = QVBoxLayout(self)
        column.setSpacing(theme.FIELDS)
        column.addWidget(self._label(f"{KINDS[report.kind].plural()} · {report.say()}", "group"))
        rows, more = _rows(report)
        heads = (tr("sheet", "Row"), tr("sheet", "Record"), tr("sheet", "What"))
        self.table = TextTable("sheet.rows", tr("sheet", "What becomes of each row"), heads, self)
        self.table.share(theme.px(60), 0, theme.px(320))
        self.table.fill(rows)
        column.addWidget(self.table, 1)
        if more:
            column.addWidget(self._label(tr("sheet", "The first {n} rows are shown.", n=SHOWN), "second"))
        if report.unmapped:
            said = tr("sheet", "Left out, since no field is called so: {heads}", heads=", ".join(report.unmapped))
            column.addWidget(self._label(said, "second"))
        column.addWidget(
            self._label(tr("sheet", "Empty cells leave what is there. Undo takes all of it back."), "second")
        )
        column.addWidget(self._buttons(report.new + report.changed))

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _buttons(self, n: int) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        said = ntr("sheet", "Take in {n} row", "Take in {n} rows", n)
        take = box.addButton(said, QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("sheet.take")
        take.setEnabled(n > 0)
        take.setFocus()
        theme.role(take, "main")
        box.addButton(tr("sheet", "Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


def _rows(report: SheetReport) -> tuple[list[tuple[str, str, str]], bool]:
    """Troubles first, then the changes."""
    rows = [(str(each.row), each.title, f"{each.column}: {each.what}") for each in report.troubles]
    for each in report.changes:
        fields = ", ".join(each.fields)
        said = tr("sheet", "new: {fields}", fields=fields) if each.new else fields
        rows.append((str(each.row), each.title or each.id, said))
    return rows[:SHOWN], len(rows) > SHOWN
