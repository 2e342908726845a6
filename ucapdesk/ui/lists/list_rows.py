"""The rows of a list: title with the other language after it, tags and chips, a second line where narrow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from ucapdesk.base.i18n import dotted
from ucapdesk.ui.lists.list_cells import ListCell
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.row_painter import ASIDE, LEFT, Index, Line, Row, RowPainter, line_width

CELL = Qt.ItemDataRole.UserRole + 2
"""The role under which a model returns a ``ListCell``."""
LETTER = 26
"""Height of the heading above the first row of a letter."""


class RowsView(QTableView):
    """The view of the rows. Its keys are offered to others, the last one added first, before it acts on them itself.

    Event filters would do the same, but be asked at every event of the view.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takers: list[Callable[[QKeyEvent], bool]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let scrolled rows be moved instead of painted again: each new style sheet takes the background for one that is seen through."""
        self.viewport().setAutoFillBackground(True)
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not any(takes(event) for takes in reversed(self.takers)):
            super().keyPressEvent(event)

    def paint_again(self, *chosen: QItemSelection) -> None:
        """Paint the rows of these selections once more; the view does not hear of what is selected silently."""
        for each in chosen:
            self.viewport().update(self.visualRegionForSelection(each))


class RecordRows(RowPainter):
    """One line a row, or two where ``brief``; the first row of a letter has that letter above it."""

    brief = False
    letters = False

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row | None:
        cell = index.data(CELL)
        if not isinstance(cell, ListCell):
            return None
        if not self.brief:
            return Row((Line(cell.text, cell.other, cell.tag, cell.chips, quiet=cell.empty),), rule=True)
        below = Line(dotted(cell.other, cell.line), chips=cell.chips, chips_first=True, quiet=True, small=True)
        return Row((Line(cell.text, tag=cell.tag, quiet=cell.empty), below), gap=2, rule=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if letter := self.letter_of(index):
            self._draw_letter(painter, option, letter if index.column() == 0 else "")
        super().paint(painter, option, index)

    def letter_of(self, index: Index) -> str:
        """Return the letter that begins with a row; empty where none does, or letters are not shown."""
        first = index.sibling(index.row(), 0).data(CELL) if self.letters else None
        return first.letter if isinstance(first, ListCell) else ""

    @staticmethod
    def _draw_letter(painter: QPainter, option: QStyleOptionViewItem, letter: str) -> None:
        """Draw a letter above a row, which is lower by that."""
        high = theme.px(LETTER)
        over = QRect(option.rect.left(), option.rect.top(), option.rect.width(), high)
        option.rect = option.rect.adjusted(0, high, 0, 0)
        painter.save()
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.fillRect(over, QColor(theme.tokens().window))
        painter.setPen(QColor(theme.tokens().accent))
        painter.drawText(over.adjusted(ASIDE, 0, -ASIDE, 0), LEFT, letter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self.row_of(option, index)
        wide = max(line_width(option.font, line) for line in row.lines) if row else 0
        return QSize(wide, self.height(option.fontMetrics))

    def height(self, metrics: QFontMetrics) -> int:
        """Return the height of a row."""
        return max(theme.tall(58), 2 * metrics.lineSpacing() + 8) if self.brief else theme.tall(theme.ROW)
