"""Draws the rows of the sections: an icon, filled for the section shown, a word, and a count of waiting things."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyleOptionViewItem

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.icons import has_icon, pixmap
from ucapdesk.ui.toolkit.row_painter import Index, RowPainter, draw_box, draw_text

PLACE_ROLE = Qt.ItemDataRole.UserRole
ICON = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
SIDE = 20
EDGE, INSIDE = 8, 4
INDENT = 16
"""Of a word without an icon; more would elide the longest of them in English."""
DOT = 8
MAX_COUNT = 99


def font_of(font: QFont, *, chosen: bool, inside: bool) -> QFont:
    """Return the font of a word in the column."""
    made = QFont(font)
    if inside:
        made.setPixelSize(theme.px(theme.CAPTION))
    made.setBold(chosen)
    return made


def room_of(row: QRect, taken: int, *, inside: bool) -> QRect:
    """Return where in its row a word is drawn; ``taken``: the width of the count behind it."""
    left = row.left() + theme.px(EDGE + (INDENT if inside else SIDE + 12))
    return QRect(left, row.top(), row.right() - left - taken - theme.px(INSIDE), row.height())


class SectionRows(RowPainter):
    """Draws icon and word, or the icon alone where the column is folded."""

    def __init__(self, sections: QListWidget) -> None:
        super().__init__(sections)
        self._sections = sections

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(PLACE_ROLE):
            super().paint(painter, option, index)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        label, name = str(index.data() or ""), str(index.data(ICON) or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        folded = bool(getattr(self._sections, "folded", False))
        if chosen:
            row = option.rect
            bar = QRect(row.left(), row.top() + row.height() // 4, theme.px(3), row.height() // 2)
            draw_box(painter, bar, 1.5, theme.tokens().accent, pen=Qt.PenStyle.NoPen)
        if name:
            self._icon(painter, option.rect, name, chosen=chosen, folded=folded)
        waiting = int(index.data(COUNT_ROLE) or 0)
        if not folded:
            taken = self._paint_count(painter, option, waiting) if waiting else 0
            # Inside a fold a word is smaller and farther left, so that the longest fits beside a scroll bar.
            font = font_of(option.font, chosen=chosen, inside=not name)
            draw_text(painter, font, room_of(option.rect, taken, inside=not name), label)
        elif waiting:
            self._dot(painter, option.rect)

    def _icon(self, painter: QPainter, row: QRect, name: str, *, chosen: bool, folded: bool) -> None:
        side = theme.px(SIDE)
        left = row.center().x() - side // 2 if folded else row.left() + theme.px(EDGE + 2)
        filled = f"{name}_filled"
        shown = (filled, SIDE, "accent") if chosen and has_icon(filled) else (name, SIDE, "text")
        painter.drawPixmap(left, row.center().y() - side // 2 + 1, pixmap(*shown, self._sections.devicePixelRatio()))

    def _dot(self, painter: QPainter, row: QRect) -> None:
        """Draw a dot: something waits, and the tooltip says how many."""
        side = theme.px(DOT)
        at = row.center() + QPoint(theme.px(SIDE) // 2 - side // 3, -theme.px(SIDE) // 2 - side // 3)
        painter.setPen(QColor(theme.tokens().sunken))
        painter.setBrush(QColor(theme.tokens().warn))
        painter.drawEllipse(QRect(at, QSize(side, side)))

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, waiting: int) -> int:
        """Draw the number of waiting things; return its width."""
        font = QFont(option.font)
        font.setPixelSize(theme.px(theme.CAPTION))
        painter.setFont(font)
        said = str(waiting) if waiting <= MAX_COUNT else f"{MAX_COUNT}+"
        height = theme.px(18)
        width = max(height, painter.fontMetrics().horizontalAdvance(said) + theme.px(10))
        top = option.rect.center().y() - height // 2 + 1
        box = QRect(QPoint(option.rect.right() - theme.px(EDGE) - width, top), QSize(width, height))
        draw_box(painter, box, height / 2, theme.tokens().warn_tint, pen=Qt.PenStyle.NoPen)
        painter.setPen(QColor(theme.tokens().warn))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
        return width
