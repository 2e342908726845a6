"""The dialog that maps a spreadsheet: which sheet, which kind of rows, and which field each column means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import LISTED
from ucapdesk.services.files.sheets import SheetTable, columns_for
from ucapdesk.ui.fields.choice_editors import Choice
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import PlainLabel

MAX_COLUMNS_MAPPED = 80
"""Maximum number of columns that can be mapped; a list with more is no list of records."""
MAX_HEAD_CHARS = 90
"""Maximum number of characters shown of a head, and of its samples."""
Look = Callable[[str, str], SheetTable]
"""A function that reads the file as another kind or sheet."""


class SheetMapping(QDialog):
    """Asks how a sheet is read; ``table`` holds it after it was accepted."""

    def __init__(self, table: SheetTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self._look = table, look
        self.columns: dict[int, Choice] = {}
        self.setObjectName("mapping")
        self.setWindowTitle(tr("sheet", "Import {file}", file=table.file))
        column = QVBoxLayout(self)
        column.setSpacing(theme.FIELDS)
        column.addLayout(self._make_choices())
        self._area = QScrollArea(self)
        self._area.setAccessibleName(self.windowTitle())
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self._state = PlainLabel(parent=self)
        self._state.setObjectName("mapping.state")
        self._state.setProperty("role", "second")
        self._state.setWordWrap(True)
        column.addWidget(self._state)
        column.addWidget(self._make_buttons())
        self._show_columns()
        fit(self, 720, 560)
        self.kind.setFocus()

    def _make_choices(self) -> QGridLayout:
        self.sheet, self.kind = Choice(self), Choice(self)
        self.sheet.clear()
        for name in self.table.sheets:
            self.sheet.addItem(name, name)
        for kind in sorted(LISTED.values(), key=lambda each: each.plural()):
            self.kind.addItem(kind.plural(), kind.name)
        self.sheet.setCurrentIndex(self.sheet.findData(self.table.sheet))
        self.kind.setCurrentIndex(max(0, self.kind.findData(self.table.kind)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MARGIN)
        said = (("sheet", tr("mapping", "Sheet"), self.sheet), ("kind", tr("mapping", "Rows contain"), self.kind))
        for place, (name, label, box) in enumerate(said):
            box.setObjectName(f"mapping.{name}")
            box.setAccessibleName(label)
            box.activated.connect(self._read_again)
            caption = PlainLabel(label, self)
            caption.setProperty("role", "caption")
            grid.addWidget(caption, 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _make_buttons(self) -> ButtonBox:
        foot = ButtonBox(self)
        self.next = foot.main("mapping.next", tr("mapping", "Preview rows"), self.accept)
        foot.out(tr("sheet", "Not now"))
        return foot

    # -- the columns ------------------------------------------------------------------------------

    def _read_again(self) -> None:
        """Read the file again after another sheet or kind was chosen."""
        self.table = self._look(self.kind.currentData() or "", self.sheet.currentData() or "")
        if self.table.kind and not self.kind.currentData():
            self.kind.setCurrentIndex(self.kind.findData(self.table.kind))
        self._show_columns()

    def _show_columns(self) -> None:
        """Show a row for each column of the sheet: its head, samples, and the field it means."""
        inside = QWidget()
        inside.setObjectName("page")
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(theme.MARGIN)
        grid.setVerticalSpacing(theme.GAP)
        offered = columns_for(self.table.kind) if self.table.kind else {}
        self.columns = {}
        for place, head in list(enumerate(self.table.heads))[:MAX_COLUMNS_MAPPED]:
            samples = [row[place] for row in self.table.samples if place < len(row) and row[place]]
            if not head and not samples:
                continue
            name = head or tr("mapping", "Column {n}", n=place + 1)
            title = self._label(name, "strong", inside)
            example = self._label(dotted(*samples), "second", inside)
            box = self.columns[place] = Choice(inside)
            box.setObjectName(f"mapping.column.{place}")
            box.setAccessibleName(tr("mapping", "{head}: means", head=name))
            box.setItemText(0, tr("mapping", "— left out —"))
            for key, said in offered.items():
                box.addItem(said, key)
            box.setCurrentIndex(max(0, box.findData(self.table.columns.get(place))))
            box.activated.connect(lambda _, place=place: self._chosen(place))
            at = 2 * len(self.columns)
            grid.addWidget(title, at, 0)
            grid.addWidget(example, at + 1, 0)
            grid.addWidget(box, at, 1, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2 * MAX_COLUMNS_MAPPED + 4, 1)
        self._area.setWidget(inside)
        self._count()

    def _label(self, text: str, role: str, parent: QWidget) -> QLabel:
        text = " ".join(text.split())
        label = PlainLabel(text if len(text) <= MAX_HEAD_CHARS else f"{text[:MAX_HEAD_CHARS]}…", parent)
        label.setProperty("role", role)
        label.setWordWrap(True)
        return label

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
