"""The table of the records of one kind, of any length: its model, its header, and the line that narrows it.

Ids are read at once, rows by the page when they are shown. ``ListPage`` is the interface of a list for its chips, its menu and its foot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import INCOMPLETE, ROLE, TRAVELS, ListView, columns_of, read_view, usual_columns
from ucapdesk.model.record import Record
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import lists, records
from ucapdesk.ui.lists.list_views import CELL, LETTER, ListCell, RecordRows, Wording, summary_fields, wording_of
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.row_delegate import Index
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import as_tool_tip
from ucapdesk.ui.window.window_layout import WindowLayout

PAGE_ROWS = 32  # rows read at once: a screen or two of them; a record that is opened has to wait for the page around it
KEPT_PAGES, KEPT_CELLS = 320, 2_000
# For conditions on no field: the kinds whose changes can alter them.
WRITTEN_IN = {ROLE: ("contact_role",), TRAVELS: ("participation", "visit"), INCOMPLETE: ("affiliation",)}
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
        # Returns a cell, by row and column; Qt asks for each several times while it draws it, and draws it often.
        self.cell = lru_cache(KEPT_CELLS)(self._worded)
        self.view = ListView("ucap")
        self.brief = False
        self._lay_columns()

    # -- what is listed ---------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        return KINDS[self.view.kind]

    def show(self, view: ListView, known: Sequence[str] | None = None) -> None:
        """Show another view of the records; ``known``: its ids, where they were just read."""
        self.beginResetModel()
        self.view = view
        self._lay_columns()
        self._read(known)
        self.endResetModel()

    def set_brief(self, brief: bool) -> None:
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
        return self._ids

    def id_at(self, row: int) -> str:
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
        here = _initial(record)
        if row == 0:
            return here
        page, at = divmod(row - 1, PAGE_ROWS)
        before = self._page(page)[0]
        return here if at >= len(before) or _initial(before[at]) != here else ""

    def _read_page(self, number: int) -> tuple[list[Record], Wording]:
        ids = list(self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
        rows = records.with_derived_values(self._desk, records.page(self._desk, self.kind.name, ids))
        day, fields = today(self._desk.workspace.clock), [*self.columns, *self._summary]
        return rows, wording_of(self._desk, self.kind, day, rows, fields)


def _initial(record: Record) -> str:
    """Return the initial letter of a record: of the alphabet, or of its first syllable in pinyin."""
    key = (record.sort_zh if language() == "zh" else record.sort_en) or ""
    return key[:1].upper() if key[:1].isalpha() else "#"


TITLE, COLUMN = 300, 136
WIDTHS, ORDER, CHOSEN = "widths", "order", "columns"
HEADER_STATE = "list"  # name under which the window state keeps the header of a kind
FURTHER = 3  # number of rows below those in sight that are prepared too: rows above them may still grow


class FilterLine(LineEdit):
    """The line.

    Signals:
        entered(): on to the rows.
    """

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("list.filter")
        self.setProperty("searches", True)
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(self.entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = None if event.modifiers() else event.key()
        if key == Qt.Key.Key_Down:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ListLetters(QObject):
    def __init__(self, view: QTableView, rows: RecordRows) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows
        self._follows = False
        self._settling = single_shot(self, 0, self._settle)
        self._keeping = single_shot(self, 0, lambda: view.scrollTo(view.currentIndex()))
        # numbers, which the timer would take for milliseconds, are left out
        view.verticalScrollBar().valueChanged.connect(lambda *_: self._settling.start())
        view.verticalScrollBar().rangeChanged.connect(lambda *_: self._settling.start())

    def follow(self) -> None:
        """Keep the current row in sight where rows above it are about to get a letter."""
        self._follows = True
        self._settling.start()

    def _settle(self) -> None:
        self.fit()
        if self._follows and self._view.currentIndex().isValid():
            self._keeping.start()  # when Qt knows of the new heights
        self._follows = False

    def fit(self) -> None:
        model = self._view.model()
        row, rows = max(0, self._view.rowAt(0)), model.rowCount()
        usual, room = self._rows.height(self._view.fontMetrics()), self._view.viewport().height()
        while row < rows and room > -FURTHER * usual:
            high = usual + (theme.px(LETTER) if self._rows.letter_of(model.index(row, 0)) else 0)
            if self._view.rowHeight(row) != high:
                self._view.setRowHeight(row, high)
            room, row = room - high, row + 1


class ListHeader(QObject):
    """Watches the header of a table.

    Signals:
        sorted_by(int, object): a column was clicked to sort by it.
        moved(list[int]): the columns were reordered.
    """

    sorted_by = Signal(int, object)
    moved = Signal(list)

    def __init__(self, kept: WindowLayout, header: QHeaderView) -> None:
        super().__init__(header)
        self._arrangement, self._header = kept, header
        self._kind, self._names, self._quiet = "", list[str](), True
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        header.sortIndicatorChanged.connect(self._sorted)

    def pause(self) -> None:
        """Ignore header changes from now on: they are the program's, not the user's."""
        self._quiet = True

    def show(self, table: RecordTable) -> None:
        self._quiet = True
        self._kind, self._names = table.kind.name, [column.name for column in table.columns]
        header, names, order = self._header, self._names, table.view.order
        for place, name in enumerate(names):
            if header.visualIndex(place) != place:
                header.moveSection(header.visualIndex(place), place)
            header.resizeSection(place, theme.px(self._width(name, TITLE if place == 0 else COLUMN)))
        way = Qt.SortOrder.DescendingOrder if table.view.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(names.index(order) if order in names else -1, way)
        self._quiet = False

    def left_in(self, kind: str) -> ListView:
        found, columns = self._arrangement.of(ORDER, kind), self._arrangement.of(CHOSEN, kind)
        fits = isinstance(found, list) and [type(part) for part in found] == [str, bool]
        order, descending = found if fits else ("", False)
        plain = {"kind": kind, "order": order, "descending": descending, "columns": columns}
        view = read_view(plain) or ListView(kind)
        return view if view.order else view._replace(descending=False)

    @property
    def letters(self) -> bool:
        """Return whether long lists sorted by title show initial letters; they do unless the user turned them off."""
        return self._arrangement.of(HEADER_STATE, "letters") is not False

    def keep_letters(self, on: bool) -> None:
        self._arrangement.keep(HEADER_STATE, "letters", on)

    def keep_columns(self, kind: str, names: tuple[str, ...]) -> None:
        """Remember the columns of a kind; an empty list means the declared ones."""
        if names != self.left_in(kind).columns:
            self._arrangement.keep(CHOSEN, kind, list(names))

    def keep_order(self, view: ListView) -> None:
        left = self.left_in(view.kind)
        if (view.order, view.descending) != (left.order, left.descending):
            self._arrangement.keep(ORDER, view.kind, [view.order, view.descending])

    def _widths(self) -> dict[str, Any]:
        found = self._arrangement.of(WIDTHS, self._kind)
        return found if isinstance(found, dict) else {}

    def _width(self, name: str, usual: int) -> int:
        found = self._widths().get(name)
        return found if type(found) is int and 0 < found < 10_000 else usual

    def _resized(self, place: int, _: int, now: int) -> None:
        if not self._quiet and place < len(self._names):
            self._arrangement.keep(WIDTHS, self._kind, {**self._widths(), self._names[place]: theme.at_100(now)})

    def _moved(self) -> None:
        if not self._quiet:
            self.moved.emit(sorted(range(len(self._names)), key=self._header.visualIndex))

    def _sorted(self, column: int, order: object) -> None:
        if not self._quiet:
            self.sorted_by.emit(column, order)


class ListPage(QWidget):
    """The records of one kind as they are listed.

    Attributes:
        heads: The header, which remembers order, columns and letters.
        show_view: Lists the records of a view.
        show_letters: Shows initial letters in every list, or in none.
        set_columns: Shows these fields as columns besides the title, and remembers them; none means the declared ones.
        selected: Returns the selected records, in the order of the list.
    """

    heads: ListHeader
    show_view: Callable[[ListView], None]
    show_letters: Callable[[bool], None]
    set_columns: Callable[[Sequence[str]], None]
    selected: Callable[[], list[str]]

    def __init__(self, desk: Desk, do: Callable[..., object], parent: QWidget | None = None) -> None:
        """``do`` runs a command of the window by its name, with what it is given."""
        super().__init__(parent)
        self.desk, self.do = desk, do
        self.table = RecordTable(desk, self)
