"""The table model of a list of one kind, of any length: ids are read at once, rows by the page when they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import INCOMPLETE, ROLE, TRAVELS, ListView, columns_of, usual_columns
from ucapdesk.model.record import Record
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import lists, records
from ucapdesk.ui.lists.list_cells import ListCell, Wording, summary_fields, wording_of
from ucapdesk.ui.lists.list_rows import CELL
from ucapdesk.ui.toolkit.plain_text import as_tool_tip
from ucapdesk.ui.toolkit.row_painter import Index

PAGE_ROWS = 32
"""Rows read at once: a screen or two of them; a record that is opened has to wait for the page around it."""
KEPT_PAGES, KEPT_CELLS = 320, 2_000
WRITTEN_IN = {ROLE: ("contact_role",), TRAVELS: ("participation", "visit"), INCOMPLETE: ("affiliation",)}
"""For conditions on no field: the kinds whose changes can alter them."""
TITLE_ORDERS = ("sort_en", "sort_zh")
_Display = Qt.ItemDataRole


class RecordTable(QAbstractTableModel):
    """The rows of one kind in the reader's language: the title, then the columns of the view.

    ``brief`` makes one column of it, with the most telling fields in a second line.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[str] = ()
        self._page = lru_cache(KEPT_PAGES)(self._read_page)
        self.cell = lru_cache(KEPT_CELLS)(self._worded)
        """Returns a cell, by row and column; Qt asks for each several times while it draws it, and draws it often."""
        self.view = ListView("ucap")
        self.brief = False
        self._lay_columns()

    # -- what is listed ---------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The kind of the rows."""
        return KINDS[self.view.kind]

    def show(self, view: ListView, known: Sequence[str] | None = None) -> None:
        """Show another view of the records; ``known``: its ids, where they were just read."""
        self.beginResetModel()
        self.view = view
        self._lay_columns()
        self._read(known)
        self.endResetModel()

    def set_brief(self, brief: bool) -> None:
        """Switch between one column of two lines and several columns."""
        self.beginResetModel()
        self.brief = brief
        self.cell.cache_clear()
        self.endResetModel()

    def _lay_columns(self) -> None:
        fields = {each.name: each for each in columns_of(self.kind)}
        title = next(iter(fields))
        names = [name for name in self.view.columns or usual_columns(self.kind) if name in fields and name != title]
        self.columns: list[KindField] = [fields[title], *(fields[name] for name in names)]
        self._summary = summary_fields(self.kind)

    def refresh(self) -> None:
        """Read the rows again after a change; rows that remain keep their place on the screen."""
        before = self._ids
        self._read()
        if list(self._ids) == list(before):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.endResetModel()

    def _read(self, known: Sequence[str] | None = None) -> None:
        self._page.cache_clear()
        self.cell.cache_clear()
        self._ids = lists.ids(self._desk, self.view) if known is None else known

    def concerns(self, change: ChangeEvent) -> bool:
        """Return whether a change touches anything a row may show."""
        narrowed = (self.kind.fields.get(each.field) for each in self.view.conditions)
        fields = (*self.columns, *self._summary, *filter(None, narrowed))
        shown = {self.kind.name, *(kind for field in fields for kind in field.meta.kinds)}
        shown |= {kind for each in self.view.conditions for kind in WRITTEN_IN.get(each.field, ())}
        return "*" in shown or not shown.isdisjoint(change.kinds)

    def ids(self) -> Sequence[str]:
        """Return all listed records, in order."""
        return self._ids

    def id_at(self, row: int) -> str:
        """Return the record id of a row."""
        return self._ids[row]

    def row_of(self, id_: str) -> int:
        """Return the row of a record, -1 where it is not listed."""
        try:
            return self._ids.index(id_)  # faster than a table of all rows, of which one is asked for
        except ValueError:
            return -1

    # -- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 if self.brief else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Display.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in (_Display.DisplayRole, _Display.ToolTipRole):
            return self.columns[section].label()
        return None

    def data(self, index: Index, role: int = _Display.DisplayRole) -> Any:
        if role not in (_Display.DisplayRole, _Display.ToolTipRole, _Display.AccessibleTextRole, CELL):
            return None
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == CELL:
            return cell
        if role == _Display.ToolTipRole:
            return as_tool_tip(cell.tip())
        if role == _Display.AccessibleTextRole:
            return cell.aloud("" if index.column() == 0 else self.columns[index.column()].label())
        return cell.text

    def _worded(self, row: int, column: int) -> ListCell | None:
        """Return a cell with its tags and warnings."""
        page, at = divmod(row, PAGE_ROWS)
        rows, wording = self._page(page)
        if at >= len(rows):
            return None
        if column:
            return wording.cell(rows[at], self.columns[column])
        cell = wording.title(rows[at])
        if self.brief:
            cell = replace(cell, line=wording.summary(rows[at], self._summary, {cell.text, cell.other}))
        return replace(cell, letter=self._letter(row, rows[at])) if self.lettered else cell

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the title sorts by the reader's alphabet, or by pinyin."""
        wanted = self.columns[column].name if 0 <= column < len(self.columns) else ""
        self.sort_by(wanted, descending=order == Qt.SortOrder.DescendingOrder and bool(wanted))

    def sort_by(self, name: str, *, descending: bool = False) -> None:
        """Sort by a field, shown or not; by the natural order of the kind where none is given."""
        if (name, descending) != (self.view.order, self.view.descending):
            self.show(self.view._replace(order=name, descending=descending))

    @property
    def lettered(self) -> bool:
        """Whether the rows are sorted by title, so that initial letters make sense."""
        order = self.view.order or records.order_of(self.kind)
        return order in TITLE_ORDERS or order == self.kind.cls.title_fields[0]

    @property
    def ordered_alike(self) -> bool:
        """Whether these are the rows, and this is their order, in every language of the window."""
        return not self.view.order and not self.view.find and not self.lettered

    def _letter(self, row: int, record: Record) -> str:
        """Return the initial letter that starts at this row."""
        here = _initial(record)
        if row == 0:
            return here
        page, at = divmod(row - 1, PAGE_ROWS)
        before = self._page(page)[0]
        return here if at >= len(before) or _initial(before[at]) != here else ""

    def _read_page(self, number: int) -> tuple[list[Record], Wording]:
        ids = list(self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
        rows = records.with_told_values(self._desk, records.page(self._desk, self.kind.name, ids))
        day, fields = today(self._desk.workspace.clock), [*self.columns, *self._summary]
        return rows, wording_of(self._desk, self.kind, day, rows, fields)


def _initial(record: Record) -> str:
    """Return the initial letter of a record: of the alphabet, or of its first syllable in pinyin."""
    key = (record.sort_zh if language() == "zh" else record.sort_en) or ""
    return key[:1].upper() if key[:1].isalpha() else "#"
