"""A read-only table of wrapped texts, aligned to the top, with rows as high as they need at any width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ucapdesk.ui.toolkit import rare_faces, theme
from ucapdesk.ui.toolkit.breakable import fitted, quotes_loosened
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.row_painter import LEFT, Index, RowPainter, draw_rule

ACROSS, DOWN = 10, 7
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""Tab, and a dialog that opens with its table in front."""
INDENT_ROLE = Qt.ItemDataRole.UserRole + 1
"""Pixels by which every line of a cell stands to the right."""
NARROWEST = 90
"""The least width of a column that shares the remaining room; where there is less, the table is moved sideways."""
Head = str | tuple[str, int]
"""The words over a column, with its width at usual text; without a width it shares the remaining room."""


def _shown(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a text as it is drawn: nothing of it may stand beyond the end of the column."""
    return fitted(quotes_loosened(text), metrics, room)


def show_rows(view: QTableView) -> None:
    """Have a table show whole rows without a grid, with heads to the left; Tab leaves it."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setDefaultAlignment(LEFT)
    view.horizontalHeader().setHighlightSections(False)


class _Wrapped(RowPainter):
    """Draws the whole text of a cell, with a line under each row."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(theme.tokens().text)
        room = option.rect.adjusted(ACROSS + int(index.data(INDENT_ROLE) or 0), DOWN, -ACROSS, 0)
        painter.drawText(room, int(WRAPPED), _shown(str(index.data() or ""), option.fontMetrics, room.width()))
        draw_rule(painter, option)


class TextTable(QTableWidget):
    """Rows of texts, with data attached to each row."""

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
                    rare_faces.show(text)
                    self.setItem(number, column, QTableWidgetItem(text))
                first = self.item(number, 0)
                if first is not None and data:
                    first.setData(Qt.ItemDataRole.UserRole, data[number])
                if first is not None and tips:
                    set_tool_tip(first, tips[number])
        self._fit()

    def data_of(self, row: int) -> object:
        """Return the data attached to a row."""
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
        """Make the table as high as its rows, up to ``most`` if given."""
        self._whole, self._most = True, most
        self._fit()

    def _fit(self) -> None:
        """Fit the height of every row to its highest text."""
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
