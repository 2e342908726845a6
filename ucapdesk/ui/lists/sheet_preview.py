"""The preview of a spreadsheet import: its changes row by row, its problems, and which rows to import."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.files.sheets import SheetReport
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import grow, left
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.tick_table import TickTable

MAX_ROWS_PREVIEWED = 300
BACK_TO_COLUMNS = 2
"""Result of ``exec`` where the user wants to go back to the column mapping."""


class SheetPreview(Dialog):
    """Shows the report of a dry run; once accepted, ``wanted`` holds the rows to import."""

    def __init__(self, report: SheetReport, parent: QWidget | None = None) -> None:
        super().__init__("sheet", tr("sheet", "Import {file}", file=report.file), parent)
        self._report = report
        head = label(dotted(KINDS[report.kind].plural(), report.say()), "group", parent=self)
        self.table = self._make_table()
        self.take = self.foot.main("sheet.take", "", self.accept)
        self.take.setFocus()
        self.columns = self.foot.beside("sheet.columns", tr("sheet", "Columns…"), lambda: self.done(BACK_TO_COLUMNS))
        self.foot.out(tr("sheet", "Not now"))
        self.table.ticked.connect(self._count)
        self._count()
        self.lay_out(head, left(self.table.all), grow(self.table), *self._notes(), size=(760, 560))

    @property
    def wanted(self) -> set[int]:
        """The numbers of the rows to import: the ticked ones, and those beyond the ones shown."""
        shown = {each.row for each in self._report.changes[: self._shown]}
        return {
            *self.table.numbers(),
            *(each.row for each in self._report.changes if each.row not in shown and not each.doubtful),
        }

    def _make_table(self) -> TickTable:
        """List problems first, then the changes; what is doubtful starts unticked."""
        heads = ((tr("sheet", "Row"), 60), tr("sheet", "Record"), (tr("sheet", "What"), 320))
        table = TickTable("sheet.rows", tr("sheet", "Result for each row"), heads, self)
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
            if each.both:
                both = ", ".join(each.both)
                said = tr(
                    "sheet", "Changed here too: {both}; tick it if the sheet is right. {what}", both=both, what=said
                )
            rows.append((str(each.row), each.title or each.id, said))
        ticks: list[bool | None] = [*(None for _ in troubles), *(not each.doubtful for each in changes)]
        table.fill_ticked(rows, [*(each.row for each in troubles), *(each.row for each in changes)], ticks)
        return table

    def _notes(self) -> list[QLabel]:
        """Return the sentences below the table."""
        report, said = self._report, []
        if len(report.troubles) + len(report.changes) > MAX_ROWS_PREVIEWED:
            said.append(tr("sheet", "The first {n} rows are shown.", n=MAX_ROWS_PREVIEWED))
        if report.unmapped:
            heads = ", ".join(report.unmapped)
            said.append(tr("sheet", "Not imported, because no field matches: {heads}", heads=heads))
        said.append(tr("sheet", "Empty cells change nothing. Undo reverses the whole import."))
        return [label(each, "second", parent=self) for each in said]

    def _count(self) -> None:
        """Show the number of wanted rows on the button."""
        n = len(self.wanted)
        self.take.setText(ntr("sheet", "Import {n} row", "Import {n} rows", n))
        self.take.setEnabled(n > 0)
