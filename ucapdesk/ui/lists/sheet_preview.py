"""The preview of a spreadsheet import: its changes row by row, its problems, and which rows to import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QVBoxLayout, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.files.sheets import SheetReport
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.tick_table import TickTable

MAX_ROWS_PREVIEWED = 300
BACK_TO_COLUMNS = 2
"""Result of ``exec`` where the user wants to go back to the column mapping."""


class SheetPreview(QDialog):
    """Shows the report of a dry run; once accepted, ``wanted`` holds the rows to import."""

    def __init__(self, report: SheetReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setObjectName("sheet")
        self.setWindowTitle(tr("sheet", "Import {file}", file=report.file))
        column = QVBoxLayout(self)
        column.setSpacing(theme.FIELDS)
        column.addWidget(self._label(dotted(KINDS[report.kind].plural(), report.say()), "group"))
        self.all = QCheckBox(tr("incoming", "All"), self)
        self.all.setObjectName("sheet.all")
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill(column)
        if report.unmapped:
            said = tr("sheet", "Not imported, because no field matches: {heads}", heads=", ".join(report.unmapped))
            column.addWidget(self._label(said, "second"))
        column.addWidget(
            self._label(tr("sheet", "Empty cells change nothing. Undo reverses the whole import."), "second")
        )
        column.addWidget(self._buttons())
        self.table.ticked.connect(self._count)
        self.all.clicked.connect(lambda ticked: self.table.tick_all(ticked=ticked))
        self._count()
        fit(self, 760, 560)

    @property
    def wanted(self) -> set[int]:
        """The numbers of the rows to import: the ticked ones, and those beyond the ones shown."""
        shown = {each.row for each in self._report.changes[: self._shown]}
        return {
            *self.table.numbers(),
            *(each.row for each in self._report.changes if each.row not in shown and not each.twin),
        }

    def _fill(self, column: QVBoxLayout) -> None:
        """List problems first, then the changes; possible duplicates start unticked."""
        heads = (tr("sheet", "Row"), tr("sheet", "Record"), tr("sheet", "What"))
        self.table = TickTable("sheet.rows", tr("sheet", "Result for each row"), heads, self)
        self.table.share(theme.px(60), 0, theme.px(320))
        troubles = self._report.troubles[:MAX_ROWS_PREVIEWED]
        self._shown = MAX_ROWS_PREVIEWED - len(troubles)
        changes = self._report.changes[: self._shown]
        rows = [(str(each.row), each.title, f"{each.column}: {each.what}") for each in troubles]
        for each in changes:
            fields = ", ".join(each.fields)
            said = tr("sheet", "new: {fields}", fields=fields) if each.new else fields
            if each.twin:
                said = tr(
                    "sheet", "“{name}” has the same name; tick it if it is another. {what}", name=each.twin, what=said
                )
            rows.append((str(each.row), each.title or each.id, said))
        ticks: list[bool | None] = [*(None for _ in troubles), *(not each.twin for each in changes)]
        self.table.fill_ticked(rows, [*(each.row for each in troubles), *(each.row for each in changes)], ticks)
        column.addWidget(self.table, 1)
        if len(self._report.troubles) + len(self._report.changes) > MAX_ROWS_PREVIEWED:
            column.addWidget(self._label(tr("sheet", "The first {n} rows are shown.", n=MAX_ROWS_PREVIEWED), "second"))

    def _label(self, text: str, role: str) -> QLabel:
        label = PlainLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> ButtonBox:
        foot = ButtonBox(self)
        self.take = foot.main("sheet.take", "", self.accept)
        self.take.setFocus()
        self.columns = foot.beside("sheet.columns", tr("sheet", "Columns…"), lambda: self.done(BACK_TO_COLUMNS))
        foot.out(tr("sheet", "Not now"))
        return foot

    def _count(self) -> None:
        """Show the number of wanted rows on the button."""
        n, all_ = len(self.wanted), self.table.can_tick()
        self.take.setText(ntr("sheet", "Import {n} row", "Import {n} rows", n))
        self.take.setEnabled(n > 0)
        self.all.setEnabled(all_ > 0)
        self.all.setChecked(0 < len(self.table.numbers()) == all_)
