"""The report after UCAP papers were imported: how much was new, what is odd in them, and what differs from the records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.files.draft_records import Difference, say_trashed
from ucapdesk.services.files.imports import ImportReport
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import REST, Part, grow
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

WHERE = 240
"""Maximum width of the column of places, also with large text: the findings need the room."""


class ImportReportDialog(Dialog):
    """One line of counts for each file, and a table of findings to check."""

    def __init__(self, desk: Desk, reports: Sequence[ImportReport], parent: QWidget | None = None) -> None:
        super().__init__("import_report", tr("import", "Imported"), parent)
        self._desk = desk
        parts: list[Part] = []
        for report in reports:
            parts.append(label(_counts(report), "group"))
            rows = [(odd["row"], odd["what"], odd["done"]) for odd in report.oddities]
            rows += [self._difference(each) for each in report.differs]
            if rows:
                note = tr(
                    "import", "The paper has these oddities. All that could be read of it is kept; please look at them."
                )
                parts += [label(note, "second"), grow(self._table(rows))]
            else:
                parts.append(label(tr("import", "Nothing odd was found."), "second"))
        self.foot.main("import_report.close", tr("notice", "Close"), self.accept)
        self.lay_out(*parts, REST, size=(860, 520), gap=None)

    def _difference(self, each: Difference) -> tuple[str, str, str]:
        title = records.title_or_id(self._desk, each.id)
        if each.field == "trash":
            return title, say_trashed(self._desk, each.id), tr("import", "left there")
        field = KINDS[each.kind].fields[each.field.partition(".")[0]].label()
        what = tr(
            "import", "{field}: “{here}” here, “{file}” in the paper.", field=field, here=each.here, file=each.file
        )
        return title, what, tr("import", "left as it is here")

    def _table(self, rows: Sequence[tuple[str, str, str]]) -> TextTable:
        heads = (tr("import", "Where"), tr("import", "What"), tr("import", "What was done"))
        self.table = TextTable("import_report.table", tr("import", "Oddities"), heads, self)
        self.table.share(min(theme.px(190), WHERE), 0, 0)
        self.table.fill(rows)
        return self.table


def _counts(report: ImportReport) -> str:
    """Return in words how much of a file was new."""
    new = ntr("import", "{n} record was added", "{n} records were added", report.new)
    if not report.new:
        new = tr("import", "nothing was added")
    if not report.already:
        return tr("import", "{file}: {new}.", file=report.file, new=new)
    there = ntr("import", "{n} was here already", "{n} were here already", report.already)
    return tr("import", "{file}: {new}, {there}.", file=report.file, new=new, there=there)
