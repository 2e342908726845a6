"""The parts round the rows of a list: its header with widths, order and sorting; the initial letters; the line that narrows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ucapdesk.model.listing import ListView, read_view
from ucapdesk.ui.lists.list_rows import LETTER, RecordRows
from ucapdesk.ui.lists.record_table import RecordTable
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.window.navigation.arrangement import Arrangement

TITLE, COLUMN = 300, 136
WIDTHS, ORDER, CHOSEN = "widths", "order", "columns"
HEADER_STATE = "list"
"""Name under which the window state keeps the header of a kind."""
FURTHER = 3
"""Number of rows below those in sight that are prepared too: rows above them may still grow."""


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
    """Gives each row that starts a letter the height for it."""

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
        """Prepare the rows after another part of the list came into sight."""
        self.fit()
        if self._follows and self._view.currentIndex().isValid():
            self._keeping.start()  # when Qt knows of the new heights
        self._follows = False

    def fit(self) -> None:
        """Prepare the rows in sight."""
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

    def __init__(self, kept: Arrangement, header: QHeaderView) -> None:
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
        """Restore the columns of a table as they were left."""
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
        """Return the list of a kind in the order and with the columns it was left with."""
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
        """Remember whether initial letters are shown."""
        self._arrangement.keep(HEADER_STATE, "letters", on)

    def keep_columns(self, kind: str, names: tuple[str, ...]) -> None:
        """Remember the columns of a kind; an empty list means the declared ones."""
        if names != self.left_in(kind).columns:
            self._arrangement.keep(CHOSEN, kind, list(names))

    def keep_order(self, view: ListView) -> None:
        """Remember the sort order of a list."""
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
