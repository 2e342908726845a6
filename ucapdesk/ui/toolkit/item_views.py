"""Lists and tables of texts: rows made in one call, rows that can be ticked or reordered, wrapped texts, and lists as high as their rows.

Space or a click anywhere in a row of a ``TickTable`` ticks it; rows that cannot be ticked say so by having no box.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import fonts, theme
from ucapdesk.ui.toolkit.row_delegate import LEFT, Index, RowDelegate, draw_rule
from ucapdesk.ui.toolkit.widgets import fitted, named, quotes_loosened, set_tool_tip


def list_item(text: str, data: Mapping[int, object], *, said: str = "", tip: str = "") -> QListWidgetItem:
    """Return a row with its data by roles; ``said``: its words for screen readers, where they are not the text."""
    item = QListWidgetItem(text)
    for role, value in data.items():
        item.setData(role, value)
    if said:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    set_tool_tip(item, tip)
    return item


BORDERS = 4


class WholeList(QListWidget):
    """Rows of one height, each with a key."""

    def __init__(self, name: str, said: str, row_height: int, parent: QWidget) -> None:
        """``row_height``: pixels at the usual text size."""
        super().__init__(parent)
        named(self, name, said)
        self._high = theme.px(row_height)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, text: str, key: str = "", *, tip: str = "") -> QListWidgetItem:
        item = list_item(text, {Qt.ItemDataRole.UserRole: key}, tip=tip)
        item.setSizeHint(QSize(0, self._high))
        self.addItem(item)
        self.setFixedHeight(self.count() * self._high + BORDERS)
        return item


_KEY = Qt.ItemDataRole.UserRole


class TickedList(QListWidget):
    """Rows identified by keys.

    Signals:
        changed(): a row was ticked or moved.
    """

    changed = Signal()

    def __init__(self, name: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, said)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self._tell)
        for moved in (self.model().rowsMoved, self.model().rowsInserted, self.model().rowsRemoved):
            moved.connect(self._tell)

    def fill(self, rows: Iterable[tuple[str, str, bool]]) -> None:
        with QSignalBlocker(self):
            self.clear()
            for key, label, ticked in rows:
                item = list_item(label, {_KEY: key})
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                self.addItem(item)
            self.setCurrentRow(0)

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these keys and no others, and put them first, in their order."""
        labels = {self.item(row).data(_KEY): self.item(row).text() for row in range(self.count())}
        known = [key for key in keys if key in labels]
        self.fill((key, labels[key], key in known) for key in (*known, *(key for key in labels if key not in known)))

    def allow(self, keys: Collection[str]) -> None:
        for row in range(self.count()):
            self.item(row).setHidden(self.item(row).data(_KEY) not in keys)

    @property
    def ticked(self) -> tuple[str, ...]:
        rows = [self.item(row) for row in range(self.count())]
        ticked = (
            each.data(_KEY) for each in rows if each.checkState() == Qt.CheckState.Checked and not each.isHidden()
        )
        return tuple(dict.fromkeys(ticked))  # while a row is dragged it is there twice

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.item(row).data(_KEY) for row in range(self.count())))

    def relabel(self, labels: dict[str, str]) -> None:
        with QSignalBlocker(self):
            for row in range(self.count()):
                item = self.item(row)
                item.setText(labels.get(item.data(_KEY), item.text()))
        self.viewport().update()

    def shift(self, by: int) -> None:
        row = self.currentRow()
        if 0 <= row + by < self.count():
            with QSignalBlocker(self):
                self.insertItem(row + by, self.takeItem(row))
                self.setCurrentRow(row + by)
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()  # rows filled before it had its look are as high as they were without

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in ways:
            self.shift(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self.signalsBlocked():
            self.changed.emit()


ACROSS, DOWN = 10, 7
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
# Tab, and a dialog that opens with its table in front.
BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
INDENT_ROLE = Qt.ItemDataRole.UserRole + 1  # Pixels by which every line of a cell stands to the right
# The least width of a column that shares the remaining room; where there is less, the table is moved sideways.
NARROWEST = 90
# The words over a column, with its width at usual text; without a width it shares the remaining room.
Head = str | tuple[str, int]


def _shown(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a text as it is drawn: nothing of it may stand beyond the end of the column."""
    return fitted(quotes_loosened(text), metrics, room)


def show_rows(view: QTableView) -> None:
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setDefaultAlignment(LEFT)
    view.horizontalHeader().setHighlightSections(False)


class _Wrapped(RowDelegate):
    """Draws the whole text of a cell, with a line under each row."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(theme.tokens().text)
        room = option.rect.adjusted(ACROSS + int(index.data(INDENT_ROLE) or 0), DOWN, -ACROSS, 0)
        painter.drawText(room, int(WRAPPED), _shown(str(index.data() or ""), option.fontMetrics, room.width()))
        draw_rule(painter, option)


class TextTable(QTableWidget):
    def __init__(self, name: str, title: str, heads: Sequence[Head], parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self._whole, self._most = False, 0
        self._shared: tuple[int, ...] = ()
        named(self, name, title)
        self.setItemDelegate(_Wrapped(self))
        columns = [head if isinstance(head, tuple) else (head, 0) for head in heads]
        self.setHorizontalHeaderLabels([words for words, _ in columns])
        show_rows(self)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.share(*(theme.px(width) for _, width in columns))

    def share(self, *widths: int) -> None:
        """Set the column widths; those given as 0 share the remaining room."""
        self._shared = tuple(column for column, width in enumerate(widths) if not width)
        for column, width in enumerate(widths):
            if width:
                self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, width)
        self._stretch()

    def _stretch(self) -> None:
        """Give the columns that share the remaining room what there is, but never less than words need."""
        fixed = sum(self.columnWidth(column) for column in range(self.columnCount()) if column not in self._shared)
        least, header, modes = theme.px(NARROWEST), self.horizontalHeader(), QHeaderView.ResizeMode
        enough = self.viewport().width() - fixed >= least * len(self._shared)
        for column in self._shared:
            header.setSectionResizeMode(column, modes.Stretch if enough else modes.Interactive)
            if not enough:
                self.setColumnWidth(column, least)

    def fill(self, rows: Sequence[Sequence[str]], data: Sequence[object] = (), tips: Sequence[str] = ()) -> None:
        """Fill the table without a signal; ``data`` and ``tips`` hold one entry a row, for its first cell."""
        with QSignalBlocker(self):
            self.clearContents()
            self.setRowCount(len(rows))
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    fonts.load_fonts_for(text)
                    self.setItem(number, column, QTableWidgetItem(text))
                first = self.item(number, 0)
                if first is not None and data:
                    first.setData(Qt.ItemDataRole.UserRole, data[number])
                if first is not None and tips:
                    set_tool_tip(first, tips[number])
        self._fit()

    def data_of(self, row: int) -> object:
        item = self.item(row, 0)
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first row where none is: Qt makes it the current one, and says of each of its cells that it is not chosen."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYS and not self.selectedItems() and self.rowCount():
            self.selectRow(max(0, self.currentRow()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()
        self._fit()

    def fit_height(self, most: int = 0) -> None:
        self._whole, self._most = True, most
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        rooms = [max(1, self.columnWidth(column) - 2 * ACROSS) for column in range(self.columnCount())]
        for row in range(self.rowCount()):
            cells = [(room, item) for column, room in enumerate(rooms) if (item := self.item(row, column)) is not None]
            heights = (self._height(item, room - int(item.data(INDENT_ROLE) or 0), metrics) for room, item in cells)
            self.setRowHeight(row, max(heights, default=0) + 2 * DOWN)
        if self._whole:
            rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
            high = rows + self.horizontalHeader().sizeHint().height() + 4
            self.setFixedHeight(min(high, self._most) if self._most else high)

    @staticmethod
    def _height(item: QTableWidgetItem, room: int, metrics: QFontMetrics) -> int:
        box = QRect(0, 0, max(1, room), 100_000)
        return metrics.boundingRect(box, int(WRAPPED), _shown(item.text(), metrics, box.width())).height()


BOX = 40


class TickTable(TextTable):
    """Rows of texts with a check box; ``all``, which the page puts above them, ticks every row that can be, or none.

    Signals:
        ticked(): another row is ticked now, or one less.
    """

    ticked = Signal()

    def __init__(self, name: str, title: str, heads: Sequence[Head], parent: QWidget | None = None) -> None:
        every = named(
            QCheckBox(tr("incoming", "All"), parent), f"{name.partition('.')[0]}.all"
        )  # Tab comes to it first
        super().__init__(name, title, (("", BOX), *heads), parent)
        self.all = every
        self.all.clicked.connect(self._tick_all)
        self.itemChanged.connect(lambda _: self.ticked.emit())
        self.clicked.connect(self._clicked)
        self.ticked.connect(self._say_all)

    def fill_ticked(
        self,
        rows: Sequence[Sequence[str]],
        numbers: Sequence[int],
        ticks: Sequence[bool | None],
        indents: Sequence[int] = (),
    ) -> None:
        """Show these rows, each with its number and tick; None for a row that cannot be ticked.

        ``indents``: pixels by which the first text of each row stands to the right.
        """
        with QSignalBlocker(self):
            self.fill([("", *row) for row in rows], numbers)
            for number, tick in enumerate(ticks):
                for column in range(self.columnCount()):
                    if (cell := self.item(number, column)) is not None:
                        cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item = self.item(number, 0) or QTableWidgetItem()
                if tick is not None:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Checked if tick else Qt.CheckState.Unchecked)
                said = "" if tick is not None else tr("ticks", "cannot be chosen")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (*rows[number], said))))
            for row, pixels in enumerate(indents):
                if (cell := self.item(row, 1)) is not None:
                    cell.setData(INDENT_ROLE, pixels)
            if any(indents):
                self._fit()
        self._say_all()
        if rows:
            self.setCurrentCell(0, 0)

    def numbers(self) -> list[int]:
        return [int(str(self.data_of(row))) for row in range(self.rowCount()) if self._is_ticked(row)]

    def _say_all(self) -> None:
        boxes = sum(self._box(row) is not None for row in range(self.rowCount()))
        self.all.setEnabled(boxes > 0)
        self.all.setChecked(0 < len(self.numbers()) == boxes)

    def _tick_all(self, ticked: bool) -> None:
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                self._tick(row, ticked=ticked)
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column():  # a click on the box itself is Qt's
            self._turn(index.row())

    def _turn(self, row: int) -> None:
        self._tick(row, ticked=not self._is_ticked(row))

    def _tick(self, row: int, *, ticked: bool) -> None:
        if (box := self._box(row)) is not None:
            box.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _is_ticked(self, row: int) -> bool:
        return (box := self._box(row)) is not None and box.checkState() == Qt.CheckState.Checked

    def _box(self, row: int) -> QTableWidgetItem | None:
        """Return the cell with the box of a row; None for a row that cannot be ticked."""
        item = self.item(row, 0)
        return item if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable else None
