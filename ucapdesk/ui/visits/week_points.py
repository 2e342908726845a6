"""Draws the entries of a day in the calendar: hours, the title on as many lines as it needs, then the visit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ucapdesk.ui.toolkit import theme

HOURS, TITLE, WHERE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
ASIDE, AROUND = 8, 5
MOST = 3
"""Maximum number of lines of a title; longer ones are elided."""
_Index = QModelIndex | QPersistentModelIndex


class Points(QStyledItemDelegate):
    """Draws them as wide as the day."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tokens, room = theme.tokens(), option.rect.adjusted(ASIDE, AROUND, -ASIDE, 0)
        painter.save()
        top = room.top()
        for text, font, quiet in _lines(option.font, index, room.width()):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(tokens.text2 if quiet else tokens.text)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), metrics.lineSpacing()), 0, shown)
            top += metrics.lineSpacing()
        painter.setPen(tokens.border)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = _lines(option.font, index, wide - 2 * ASIDE)
        return QSize(0, sum(QFontMetrics(font).lineSpacing() for _, font, _ in lines) + 2 * AROUND)


def _lines(font: QFont, index: _Index, width: int) -> list[tuple[str, QFont, bool]]:
    """Return each line with its font, and whether it is quieter than the title."""
    small = QFont(font)
    small.setPixelSize(theme.px(theme.CAPTION))
    title = [(line, font, False) for line in _wrapped(str(index.data(TITLE) or "—"), font, width)]
    hours, where = (str(index.data(role) or "") for role in (HOURS, WHERE))
    clock = [(line, small, True) for line in _wrapped(hours, small, width)] if hours else []
    return [*clock, *title, *([(where, small, True)] if where else [])]


def _wrapped(text: str, font: QFont, width: int) -> list[str]:
    """Return a text wrapped to a width; the last line has all that is left."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < MOST and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
