"""The preview of a vCard or calendar file, entry by entry, before it is imported; unticked entries are left out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import Label
from ucapdesk.ui.toolkit.tick_table import TickTable


class IncomingDialog(QDialog):
    """Shows an import plan; once accepted, ``chosen`` holds the entries to import."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setObjectName("incoming")
        self.setWindowTitle(tr("sheet", "Import {file}", file=plan.file))
        column = QVBoxLayout(self)
        column.setSpacing(theme.FIELDS)
        self.all = QCheckBox(tr("incoming", "All"), self)
        self.all.setObjectName("incoming.all")
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = TickTable(
            "incoming.lines", tr("incoming", "What is in the file"),
            (tr("sheet", "Record"), tr("incoming", "Result")), self,
        )  # fmt: skip
        self.table.share(0, 0)
        lines = plan.lines
        self.table.fill_ticked(
            [(line.title, line.what) for line in lines], [line.number for line in lines],
            [line.ticked if line.possible else None for line in lines],
        )  # fmt: skip
        column.addWidget(self.table, 1)
        if plan.left_out:
            heads = ", ".join(plan.left_out)
            column.addWidget(self._label(tr("sheet", "Not imported, because no field matches: {heads}", heads=heads)))
        said = tr("incoming", "Records that exist are completed, never overwritten. Undo reverses the whole import.")
        if plan.kind != "person":
            said = tr("incoming", "Undo reverses the whole import.")
        column.addWidget(self._label(said))
        column.addWidget(self._buttons())
        self.table.ticked.connect(self._count)
        self.all.clicked.connect(lambda ticked: self.table.tick_all(ticked=ticked))
        self._count()
        fit(self, 760, 520)

    @property
    def chosen(self) -> list[int]:
        """The numbers of the ticked entries."""
        return self.table.numbers()

    def _label(self, text: str) -> QLabel:
        label = Label(text, self)
        label.setProperty("role", "second")
        label.setWordWrap(True)
        return label

    def _buttons(self) -> ButtonBox:
        foot = ButtonBox(self)
        self.take = foot.main("incoming.take", "", self.accept)
        foot.out(tr("sheet", "Not now"))
        return foot

    def _count(self) -> None:
        """Show the number of ticked entries on the button."""
        n, all_ = len(self.chosen), self.table.can_tick()
        self.take.setText(ntr("incoming", "Import {n}", "Import {n}", n))
        self.take.setEnabled(n > 0)
        self.all.setEnabled(all_ > 0)
        self.all.setChecked(0 < n == all_)
