"""The dialog that exports a list as a spreadsheet: visible columns or all fields, all rows or the selected ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import radio_group
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.text_label import label


class ExportDialog(Dialog):
    """Two choices; ``all_fields`` and ``only_chosen`` hold them."""

    def __init__(self, listed: int, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__("export", tr("export", "Export list"), parent)
        all_ = ntr("export", "The {n} record of the list", "All {n} records of the list", listed)
        some = ntr("export", "The {n} selected record", "The {n} selected records", chosen)
        self._rows = radio_group("export.rows", [all_, *([some] if chosen > 1 else [])], self)
        self._rows.buttons()[-1].setChecked(True)
        columns = tr("export", "As on the screen"), tr("export", "All fields")
        self._columns = radio_group("export.columns", columns, self)
        self.foot.main("export.go", tr("export", "Export…"), self.accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(
            label(tr("export", "Rows"), "strong", wrap=False, parent=self), *self._rows.buttons(),
            label(tr("export", "Columns"), "strong", wrap=False, parent=self), *self._columns.buttons(),
            label(tr("export", "The sheet can be edited and imported again: each row keeps its id."), "hint", parent=self),
            size=(400, 0), gap=theme.GAP,
        )  # fmt: skip

    @property
    def all_fields(self) -> bool:
        """Whether to export every field instead of the columns."""
        return self._columns.checkedId() == 1

    @property
    def only_chosen(self) -> bool:
        """Whether to export only the selected rows."""
        return self._rows.checkedId() == 1
