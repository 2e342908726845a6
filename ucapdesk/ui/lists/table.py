"""A list of records of one kind, of any length: ids are known, rows are fetched by the page when they are shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.wording import say, title_of
from ucapdesk.services import ChangeSet, Desk, records
from ucapdesk.ui.lists.two_lines import SECOND_LINE

PAGE_ROWS = 256
KEPT_PAGES = 40
_Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """Rows of one kind as the reader's language says them: the title, then the fields that are declared as columns."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[str] = ()
        self._rows: dict[str, int] = {}
        self._pages: OrderedDict[int, tuple[list[Record], dict[str, str]]] = OrderedDict()
        self._choose("ucap")

    def show(self, kind: str, find: str = "") -> None:
        """List another kind, or only what holds some words."""
        self.beginResetModel()
        if kind != self.kind.name:
            self._choose(kind)
        self.find = find
        self._read()
        self.endResetModel()

    def _choose(self, kind: str) -> None:
        self.kind, self.find = KINDS[kind], ""
        self.order: str | None = None
        self.descending = False
        fields = self.kind.fields.values()
        title = self.kind.cls.title_fields[0]
        self.columns: list[KindField] = [
            self.kind.fields[title],
            *(f for f in fields if f.meta.column and f.name != title),
        ]

    def refresh(self) -> None:
        """Read again after something was written. Rows that stay where they are keep their place on the screen."""
        before = self._ids
        self._read()
        if list(self._ids) == list(before):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.endResetModel()

    def _read(self) -> None:
        self._pages.clear()
        self._ids = records.listing(
            self._desk, self.kind.name, find=self.find.strip() or None, order=self.order, descending=self.descending
        )
        self._rows = {}

    def concerns(self, change: ChangeSet) -> bool:
        """Whether something was written that a row may show."""
        shown = {self.kind.name, *(kind for field in self.columns for kind in field.meta.kinds)}
        return "*" in shown or not shown.isdisjoint(change.kinds)

    def id_at(self, row: int) -> str:
        """The record of a row."""
        return self._ids[row]

    def row_of(self, id_: str) -> int:
        """The row of a record, -1 where it is not listed."""
        if not self._rows:
            self._rows = {each: row for row, each in enumerate(self._ids)}
        return self._rows.get(id_, -1)

    # -- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label()
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, SECOND_LINE):
            return None
        page, at = divmod(index.row(), PAGE_ROWS)
        rows, names = self._page(page)
        if at >= len(rows):
            return None
        if index.column():
            text = self._said(rows[at], self.columns[index.column()], names)
            return text if role != SECOND_LINE else None
        title, second = self._titles(rows[at], names)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (title, second)))
        return second if role == SECOND_LINE else title

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; the title sorts by the reader's alphabet, or by pinyin."""
        wanted = None
        if column == 0:
            wanted = "sort_zh" if language() == "zh" else "sort_en"
        elif 0 < column < len(self.columns):
            wanted = self.columns[column].name
        descending = order == Qt.SortOrder.DescendingOrder and wanted is not None
        if (wanted, descending) != (self.order, self.descending):
            self.order, self.descending = wanted, descending
            self.show(self.kind.name, self.find)

    def _titles(self, record: Record, names: dict[str, str]) -> tuple[str, str]:
        """What a record is called in the reader's language, and in the other one where that differs."""
        lang = language()
        other = "en" if lang == "zh" else "zh"
        title, second = (title_of(record, each, lambda id_: names.get(id_, "")) for each in (lang, other))
        plain = {title, self.kind.label(other)}
        return " ".join(title.split()), "" if second in plain else " ".join(second.split())

    def _said(self, record: Record, field: KindField, names: dict[str, str]) -> str:
        return say(field, getattr(record, field.name), language(), lambda id_: names.get(id_, tr("list", "(not here)")))

    def _page(self, number: int) -> tuple[list[Record], dict[str, str]]:
        if number not in self._pages:
            ids = list(self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
            rows = records.page(self._desk, self.kind.name, ids)
            self._pages[number] = rows, records.titles(self._desk, self._linked(rows), language())
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def _linked(self, rows: list[Record]) -> set[str]:
        """Every record that a cell of these rows names."""
        titled = (self.kind.fields[name] for name in self.kind.cls.title_fields)
        found: set[str] = set()
        for field in (field for field in (*self.columns, *titled) if field.meta.kinds):
            for row in rows:
                value = getattr(row, field.name)
                found.update([value] if isinstance(value, str) else value or ())
        return found
