"""A layout that wraps widgets like words: one after the other, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid

CLOSE = 4
"""Precision in pixels of the width found for a wrapped text."""


class FlowLayout(QLayout):
    """A layout for chips and buttons that never makes a window wider."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """Heights by width; Qt asks for them very often."""
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        self._items = self._living()
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), only_measure=True)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = QSize()
        for item in self._living():
            widest = widest.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return widest + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _living(self) -> list[QLayoutItem]:
        """Return the items that Qt has not deleted with their widgets."""
        return [item for item in self._items if isValid(item)]

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        """Place every widget in its line, centred vertically; return the height of all lines."""
        margins = self.contentsMargins()
        room = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        top = room.top() - self._gap
        for line in self._lines(max(room.width(), 1)):
            left, top = room.left(), top + self._gap
            high = max(size.height() for _, size in line)
            for item, size in line:
                if not only_measure:
                    item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self._gap
            top += high
        return max(top, room.top()) - rect.top() + margins.bottom()

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        """Yield each line: its widgets and the size each one gets."""
        line: list[tuple[QLayoutItem, QSize]] = []
        left = width
        for item in self._living():
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = _size(item, left, width)
            if line and size.width() > left:
                yield line
                line, left = [], width
            line.append((item, size))
            left -= size.width() + self._gap
        if line:
            yield line


def _size(item: QLayoutItem, left: int, width: int) -> QSize:
    """Return the size of an item in a line with this much room left, or in a line of its own.

    A text that wraps stays in the line where it needs no more lines there than it would alone, and is as narrow as that allows.
    """
    hint = item.sizeHint()
    if not item.hasHeightForWidth():
        return hint.boundedTo(QSize(width, hint.height()))
    high = item.heightForWidth(width)
    widest = left if left > 0 and item.heightForWidth(left) <= high else width
    narrow = min(hint.width(), widest)
    if item.heightForWidth(narrow) <= high:
        return QSize(narrow, high)
    while widest - narrow > CLOSE:
        middle = (narrow + widest) // 2
        if item.heightForWidth(middle) <= high:
            widest = middle
        else:
            narrow = middle
    return QSize(widest, high)
