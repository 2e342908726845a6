"""The completion list under a line of typing. It never takes the keyboard focus, so text being composed is never lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QStyleOptionViewItem, QWidget

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.row_painter import Index, RowPainter, draw_pair

KEY_ROLE = Qt.ItemDataRole.UserRole
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The item role of the text after the name, drawn in a quieter colour."""
MIN_POPUP_PX, ROWS = 280, 9
EDGES, SIDES = 4, 16
"""Pixels of border and padding above and below, and at each side, as the style sheet has them."""


class _Pairs(RowPainter):
    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        draw_pair(painter, option.rect.adjusted(8, 0, -8, 0), str(index.data()), str(index.data(NOTE_ROLE) or ""))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.tall(30))


class CompletionPopup(QListWidget):
    """The completion list of one line. It floats over the window and closes when the line is left."""

    def __init__(self, line: QWidget, name: str) -> None:
        super().__init__(line.window())
        self._line = line
        named(self, f"{name}.offers", tr("form", "Matches"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_Pairs(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def show_offers(self, found: Sequence[NamedRecord], new: str) -> None:
        """Show the matches and the offer to create a new record; hide the list where there is neither."""
        self.clear()
        for offer in found:
            self._add(offer.name, dotted(offer.other, offer.detail), offer.key)
        if new:
            self._add(new, "", None)
        self.setCurrentRow(0)
        self.setVisible(self.count() > 0)
        if self.count():
            self.place()

    def _add(self, name: str, beside: str, key: str | None) -> None:
        data = {NOTE_ROLE: " ".join(beside.split()), KEY_ROLE: key}
        self.addItem(list_item(" ".join(name.split()), data, said=", ".join(filter(None, (name, beside)))))

    def chosen(self) -> tuple[bool, str | None]:
        """Return whether a row is selected, and its key; the key is None for the offer to create a record."""
        item = self.currentItem() if not self.isHidden() else None
        return item is not None, item.data(KEY_ROLE) if item is not None else None

    def spoken(self) -> str:
        """Return the selected row and its position for a screen reader; empty while nothing is offered."""
        item = self.currentItem() if not self.isHidden() else None
        if item is None:
            return ""
        said = item.data(Qt.ItemDataRole.AccessibleTextRole)
        return tr("form", "{offer}, {at} of {n}", offer=said, at=self.currentRow() + 1, n=self.count())

    def step(self, by: int) -> None:
        """Move the selection up or down, wrapping around the ends."""
        self.setCurrentRow((self.currentRow() + by) % max(1, self.count()))

    def _high(self, room: int) -> int:
        """Return the height of as many whole rows as there are and as have room."""
        row = theme.tall(30)
        return max(1, min(self.count(), ROWS, (room - EDGES) // row)) * row + EDGES

    def _wanted(self) -> int:
        """Return the width in which the names and their notes are read whole."""
        items = [self.item(row) for row in range(self.count())]
        words = ["  ".join(filter(None, (item.text(), item.data(NOTE_ROLE)))) for item in items]
        return max(map(self.fontMetrics().horizontalAdvance, words), default=0) + theme.px(2 * SIDES)

    def place(self) -> None:
        """Place the list under the line, or above it where there is more room."""
        over = self._line.window()
        below = self._line.mapTo(over, QPoint(0, self._line.height() + 4))
        above = self._line.mapTo(over, QPoint(0, -4)).y()
        width = min(max(self._line.width(), theme.px(MIN_POPUP_PX), self._wanted()), over.width() - 8)
        left = max(4, min(below.x(), over.width() - width - 4))
        room = over.height() - below.y() - 4
        if room >= min(self._high(ROWS * theme.tall(30)), above):
            self.setGeometry(left, below.y(), width, self._high(room))
        else:
            height = self._high(above - 4)
            self.setGeometry(left, above - height, width, height)
        self.raise_()
