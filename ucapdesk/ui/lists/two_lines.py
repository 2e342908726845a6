"""Draws rows of a title and, below it in a quieter colour, a second line: the other language, or the place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ucapdesk.ui.toolkit import theme

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
"""The role of the second line; without one the title stands alone."""
AROUND = 6


class TwoLines(QStyledItemDelegate):
    """Draws both lines, each elided where there is no room."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        first, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        live = bool(option.state & QStyle.StateFlag.State_Enabled)  # a row that cannot be selected is a heading
        texts = [(first, theme.tokens().text if live else theme.tokens().text2)]
        if second := index.data(SECOND_LINE):
            texts.append((second, theme.tokens().text2))
        line, room = option.fontMetrics.lineSpacing(), option.rect.adjusted(8, 0, -8, 0)
        top = room.top() + (room.height() - len(texts) * line) // 2
        painter.save()
        painter.setFont(option.font)
        for number, (text, colour) in enumerate(texts):
            painter.setPen(colour)
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            box = QRect(room.left(), top + number * line, room.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, (2 if index.data(SECOND_LINE) else 1) * option.fontMetrics.lineSpacing() + 2 * AROUND)
