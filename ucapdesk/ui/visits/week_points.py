"""The entries of a day in the calendar: hours, the title on as many lines as it needs, then the visit."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from ucapdesk.ui.toolkit.row_painter import AROUND, ASIDE, Index, Line, Row, RowPainter, font_of

HOURS_ROLE, TITLE_ROLE, WHERE_ROLE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
MAX_TITLE_LINES = 3


class Points(RowPainter):
    """Describes them as wide as the day."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        return Row(_lines(option.font, index, option.rect.width() - 2 * ASIDE), rule=True, packed=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = _lines(option.font, index, wide - 2 * ASIDE)
        return QSize(0, sum(QFontMetrics(font_of(option.font, line)).lineSpacing() for line in lines) + 2 * AROUND)


def _lines(font: QFont, index: Index, width: int) -> tuple[Line, ...]:
    """Return each line of an entry."""
    hours, where = (str(index.data(role) or "") for role in (HOURS_ROLE, WHERE_ROLE))
    small = font_of(font, Line("", small=True))
    clock = [Line(line, quiet=True, small=True) for line in wrapped(hours, small, width)] if hours else []
    title = [Line(line) for line in wrapped(str(index.data(TITLE_ROLE) or "—"), font, width)]
    return (*clock, *title, *([Line(where, quiet=True, small=True)] if where else []))


def wrapped(text: str, font: QFont, width: int, most: int = MAX_TITLE_LINES) -> list[str]:
    """Return a text wrapped to a width, on so many lines at most; the last one has all that is left."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    return [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]
