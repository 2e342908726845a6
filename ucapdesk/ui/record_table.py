"""A list of records of one kind, of any length: ids are known, rows are fetched by the page when they are shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual
from ucapdesk.model.wording import say
from ucapdesk.services import Desk, records

PAGE_ROWS = 256
KEPT_PAGES = 40
_Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """Rows of one kind as the reader's language says them. ``show()`` chooses kind, filter and order."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kind = KINDS["ucap"]
        self.find = ""
        self.trash = False
        self.order: str | None = None
        self.descending = False
        self._ids: Sequence[str] = ()
        self._pages: OrderedDict[int, tuple[list[Record], dict[str, str]]] = OrderedDict()

    def show(self, kind: str, *, find: str = "", trash: bool = False) -> None:
        """List another kind, another filter, or the Trash of a kind."""
        if kind != self.kind.name:
            self.order, self.descending = None, False
        self.kind, self.find, self.trash = KINDS[kind], find, trash
        self.refresh()

    def refresh(self) -> None:
        """Read the ids again."""
        self.beginResetModel()
        self._pages.clear()
        self._ids = records.listing(
            self._desk, self.kind.name, find=self.find or None, trash=self.trash,
            order=self.order or f"sort_{'zh' if language() == 'zh' else 'en'}", descending=self.descending,
        )  # fmt: skip
        self.endResetModel()

    @property
    def columns(self) -> list[str]:
        """The fields shown."""
        return [f.name for f in self.kind.fields.values() if f.meta.column]

    def id_at(self, row: int) -> str:
        """The record of a row."""
        return self._ids[row]

    def row_of(self, id_: str) -> int:
        """The row of a record, -1 where it is not listed."""
        try:
            return list(self._ids).index(id_)
        except ValueError:
            return -1

    # -- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.kind.fields[self.columns[section]].label()
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        page, at = divmod(index.row(), PAGE_ROWS)
        rows, names = self._page(page)
        if at >= len(rows):
            return None
        return self._said(rows[at], self.columns[index.column()], names)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; the title sorts by the reader's alphabet, or by pinyin."""
        if 0 <= column < len(self.columns):
            name = self.columns[column]
            is_title = name in self.kind.cls.title_fields
            self.order, self.descending = None if is_title else name, order == Qt.SortOrder.DescendingOrder
            self.refresh()

    def _said(self, record: Record, name: str, names: dict[str, str]) -> str:
        value = getattr(record, name)
        field = self.kind.fields[name]
        if isinstance(value, Bilingual):
            lang = language()
            text = value.said(lang)
            return text if not text or lang in value else f"{text}  [{next(iter(value)).upper()}]"
        return say(field, value, language(), lambda id_: names.get(id_, tr("list", "(not here)")))

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
        found: set[str] = set()
        for field in (self.kind.fields[name] for name in self.columns):
            if field.meta.kinds:
                for row in rows:
                    value = getattr(row, field.name)
                    found.update([value] if isinstance(value, str) else value or ())
        return found
