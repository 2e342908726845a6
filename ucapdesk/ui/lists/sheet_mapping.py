"""The dialog that maps a spreadsheet: which sheet, which kind of rows, and which field each column means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import LISTED
from ucapdesk.services.files.sheets import SheetTable, columns_for
from ucapdesk.ui.fields.choice_editors import Choice
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.captioned import side_by_side
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.layout_builder import grid, grow
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

MAX_COLUMNS_MAPPED = 80
"""Maximum number of columns that can be mapped; a list with more is no list of records."""
MAX_HEAD_CHARS = 91
"""Maximum number of characters shown of a head, and of its samples."""
Look = Callable[[str, str], SheetTable]
"""A function that reads the file as another kind or sheet."""


class SheetMapping(Dialog):
    """Asks how a sheet is read; ``table`` holds it after it was accepted."""

    def __init__(self, table: SheetTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("mapping", tr("sheet", "Import {file}", file=table.file), parent)
        self.table, self._look = table, look
        self.columns: dict[int, Choice] = {}
        choices = self._make_choices()
        self._area = named(QScrollArea(self, widgetResizable=True), "", self.windowTitle())
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._state = label("", "second", name="mapping.state", parent=self)
        self.next = self.foot.main("mapping.next", tr("mapping", "Preview rows"), self.accept)
        self.foot.out(tr("sheet", "Not now"))
        self.lay_out(choices, grow(self._area), self._state)
        self._show_columns()
        fit(self, 720, 560)
        self.kind.setFocus()

    def _make_choices(self) -> QHBoxLayout:
        self.sheet = named(Choice(self), "mapping.sheet", tr("mapping", "Sheet"))
        self.kind = named(Choice(self), "mapping.kind", tr("mapping", "Rows contain"))
        self.sheet.clear()
        for name in self.table.sheets:
            self.sheet.addItem(name, name)
        for kind in sorted(LISTED.values(), key=lambda each: each.plural()):
            self.kind.addItem(kind.plural(), kind.name)
        self.sheet.setCurrentIndex(self.sheet.findData(self.table.sheet.name))
        self.kind.setCurrentIndex(max(0, self.kind.findData(self.table.kind)))
        for box in (self.sheet, self.kind):
            box.activated.connect(self._read_again)
        return side_by_side(self.sheet, self.kind)

    # -- the columns ------------------------------------------------------------------------------

    def _read_again(self) -> None:
        """Read the file again after another sheet or kind was chosen."""
        self.table = self._look(self.kind.currentData() or "", self.sheet.currentData() or "")
        if self.table.kind and not self.kind.currentData():
            self.kind.setCurrentIndex(self.kind.findData(self.table.kind))
        self._show_columns()

    def _show_columns(self) -> None:
        """Show a row for each column of the sheet: its head, samples, and the field it means."""
        inside = named(QWidget(), "page")
        cells = grid(on=inside, across=theme.MARGIN, down=theme.GAP)
        offered = columns_for(self.table.kind, self.table.columns.values()) if self.table.kind else {}
        self.columns = {}
        for place, head in list(enumerate(self.table.heads))[:MAX_COLUMNS_MAPPED]:
            samples = [row[place] for row in self.table.samples if place < len(row) and row[place]]
            if not head and not samples:
                continue
            name = head or tr("mapping", "Column {n}", n=place + 1)
            title = label(cut(" ".join(name.split()), MAX_HEAD_CHARS), "strong", parent=inside)
            example = label(cut(" ".join(dotted(*samples).split()), MAX_HEAD_CHARS), "second", parent=inside)
            means = tr("mapping", "{head}: means", head=name)
            box = self.columns[place] = named(Choice(inside), f"mapping.column.{place}", means)
            box.setItemText(0, tr("mapping", "— left out —"))
            for key, said in offered.items():
                box.addItem(said, key)
            box.setCurrentIndex(max(0, box.findData(self.table.columns.get(place))))
            box.activated.connect(lambda _, place=place: self._chosen(place))
            at = 2 * len(self.columns)
            cells.addWidget(title, at, 0)
            cells.addWidget(example, at + 1, 0)
            cells.addWidget(box, at, 1, 2, 1)
        cells.setColumnStretch(0, 1)
        cells.setColumnStretch(1, 1)
        cells.setRowStretch(2 * MAX_COLUMNS_MAPPED + 4, 1)
        self._area.setWidget(inside)
        self._count()

    def _chosen(self, place: int) -> None:
        """Assign a field to this column only: it is removed from the one that had it."""
        key = self.columns[place].currentData()
        for other, box in self.columns.items():
            if key is not None and other != place and box.currentData() == key:
                box.setCurrentIndex(0)
        self._count()

    def _count(self) -> None:
        """Show how many columns have a field."""
        meant = {place: box.currentData() for place, box in self.columns.items() if box.currentData() is not None}
        self.table = replace(self.table, columns=meant)
        left = len(self.columns) - len(meant)
        said = ntr("mapping", "{n} column is left out.", "{n} columns are left out.", left) if left else ""
        if not self.table.kind:
            said = tr("mapping", "First choose what the rows contain.")
        elif not meant:
            said = tr("mapping", "Assign a field to at least one column.")
        self._state.setText(said)
        self.next.setEnabled(bool(self.table.kind and meant))
