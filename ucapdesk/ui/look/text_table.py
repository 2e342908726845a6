"""A table of texts to be read: wrapped, aligned to the top, rows as high as they need at any width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ucapdesk.ui.look import theme
from ucapdesk.ui.look.plain_text import set_tool_tip

ACROSS, DOWN = 10, 7
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class _Wrapped(QStyledItemDelegate):
    """Draws all of a text, with a line under each row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(theme.tokens().text)
        painter.drawText(option.rect.adjusted(ACROSS, DOWN, -ACROSS, 0), int(WRAPPED), text)
        painter.setPen(theme.tokens().border)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


class TextTable(QTableWidget):
    """Shows rows of texts and the data that goes with each row."""

    def __init__(self, name: str, title: str, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(heads), parent)
        self._whole, self._most = False, 0
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setItemDelegate(_Wrapped(self))
        self.setHorizontalHeaderLabels(list(heads))
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)

    def share(self, *widths: int) -> None:
        """Widths of the columns; those with 0 share what is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, width)

    def fill(self, rows: Sequence[Sequence[str]], data: Sequence[object] = (), tips: Sequence[str] = ()) -> None:
        """Show these rows; ``data`` and ``tips``: one for each row, on its first cell."""
        self.clearContents()
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.setItem(number, column, QTableWidgetItem(text))
            first = self.item(number, 0)
            if first is not None and data:
                first.setData(Qt.ItemDataRole.UserRole, data[number])
            if first is not None and tips:
                set_tool_tip(first, tips[number])
        self._fit()

    def data_of(self, row: int) -> object:
        """What goes with a row."""
        item = self.item(row, 0)
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def fit_height(self, most: int = 0) -> None:
        """As high as its rows, but not higher than ``most``, if there is such."""
        self._whole, self._most = True, most
        self._fit()

    def _fit(self) -> None:
        """Make every row as high as its highest text."""
        metrics = QFontMetrics(self.font())
        rooms = [max(1, self.columnWidth(column) - 2 * ACROSS) for column in range(self.columnCount())]
        for row in range(self.rowCount()):
            items = (self.item(row, column) for column in range(self.columnCount()))
            texts = [item.text() if item is not None else "" for item in items]
            heights = (
                metrics.boundingRect(QRect(0, 0, room, 100_000), int(WRAPPED), text).height()
                for room, text in zip(rooms, texts, strict=True)
            )
            self.setRowHeight(row, max(heights) + 2 * DOWN)
        if self._whole:
            high = (
                sum(self.rowHeight(row) for row in range(self.rowCount()))
                + self.horizontalHeader().sizeHint().height()
                + 4
            )
            self.setFixedHeight(min(high, self._most) if self._most else high)
