"""A short list on a page that is as high as its rows: the page scrolls, the list does not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.named import named

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
        """Add a row at the end, and return it."""
        item = list_item(text, {Qt.ItemDataRole.UserRole: key}, tip=tip)
        item.setSizeHint(QSize(0, self._high))
        self.addItem(item)
        self.setFixedHeight(self.count() * self._high + BORDERS)
        return item
