"""The dialog that exports a list as a spreadsheet: visible columns or all fields, all rows or the selected ones."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label


class ExportDialog(Dialog):
    """Two choices; ``all_fields`` and ``only_chosen`` hold them."""

    def __init__(self, listed: int, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__("export", tr("export", "Export list"), parent)
        all_ = ntr("export", "The {n} record of the list", "All {n} records of the list", listed)
        some = ntr("export", "The {n} selected record", "The {n} selected records", chosen)
        self._rows = self._group("rows", all_, *([some] if chosen > 1 else []))
        self._rows.buttons()[-1].setChecked(True)
        self._columns = self._group("columns", tr("export", "As on the screen"), tr("export", "All fields"))
        self.foot.main("export.go", tr("export", "Export…"), self.accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(
            label(tr("export", "Rows"), "strong", wrap=False, parent=self), *self._rows.buttons(),
            label(tr("export", "Columns"), "strong", wrap=False, parent=self), *self._columns.buttons(),
            label(tr("export", "The sheet can be edited and imported again: each row keeps its id."), "hint", parent=self),
            size=(400, 0), gap=theme.GAP,
        )  # fmt: skip

    def _group(self, name: str, *choices: str) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, said in enumerate(choices):
            choice = named(QRadioButton(said, self), f"export.{name}.{number}")
            choice.setChecked(number == 0)
            group.addButton(choice, number)
        return group

    @property
    def all_fields(self) -> bool:
        """Whether to export every field instead of the columns."""
        return self._columns.checkedId() == 1

    @property
    def only_chosen(self) -> bool:
        """Whether to export only the selected rows."""
        return self._rows.checkedId() == 1
