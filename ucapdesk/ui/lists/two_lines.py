"""Rows of a title and, below it in a quieter colour, a second line: the other language, or the place.

For the hits of the search and for checklists. The narrow rows of lists of records are those of ``list_rows``.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ucapdesk.ui.toolkit.row_painter import Index, Line, Row, RowPainter

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
"""The role of the second line; without one the title stands alone."""
LINE_MARGIN_PX = 6


class TwoLines(RowPainter):
    """Describes both lines."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        heading = not option.state & QStyle.StateFlag.State_Enabled  # such a row cannot be selected
        second = str(index.data(SECOND_LINE) or "")
        below = (Line(second, quiet=True),) if second else ()
        return Row((Line(str(index.data()), quiet=heading), *below))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, (2 if index.data(SECOND_LINE) else 1) * option.fontMetrics.lineSpacing() + 2 * LINE_MARGIN_PX)
