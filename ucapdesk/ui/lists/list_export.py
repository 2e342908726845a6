"""The dialog that exports a list as a spreadsheet: visible columns or all fields, all rows or the selected ones."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import PlainLabel


class ExportDialog(QDialog):
    """Two choices; ``all_fields`` and ``only_chosen`` hold them."""

    def __init__(self, listed: int, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setWindowTitle(tr("export", "Export list"))
        column = QVBoxLayout(self)
        column.setSpacing(theme.GAP)
        self._rows = self._group(
            column,
            tr("export", "Rows"),
            "rows",
            ntr("export", "The {n} record of the list", "All {n} records of the list", listed),
            ntr("export", "The {n} selected record", "The {n} selected records", chosen) if chosen > 1 else "",
        )
        self._columns = self._group(
            column,
            tr("export", "Columns"),
            "columns",
            tr("export", "As on the screen"),
            tr("export", "All fields"),
        )
        if chosen > 1:
            self._rows.button(1).setChecked(True)
        hint = PlainLabel(tr("export", "The sheet can be edited and imported again: each row keeps its id."), self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        column.addWidget(hint)
        foot = ButtonBox(self)
        foot.main("export.go", tr("export", "Export…"), self.accept)
        foot.out(tr("picker", "Cancel"))
        column.addWidget(foot)
        fit(self, 400)

    def _group(self, column: QVBoxLayout, label: str, name: str, *choices: str) -> QButtonGroup:
        head = PlainLabel(label, self)
        head.setProperty("role", "strong")
        column.addWidget(head)
        group = QButtonGroup(self)
        for number, said in enumerate(choices):
            if said:
                button = QRadioButton(said, self)
                button.setObjectName(f"export.{name}.{number}")
                button.setChecked(number == 0)
                group.addButton(button, number)
                column.addWidget(button)
        return group

    @property
    def all_fields(self) -> bool:
        """Whether to export every field instead of the columns."""
        return self._columns.checkedId() == 1

    @property
    def only_chosen(self) -> bool:
        """Whether to export only the selected rows."""
        return self._rows.checkedId() == 1
