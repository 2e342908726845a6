"""Draws the rows of a list: title with the other language after it, tags and chips, a second line where narrow."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ucapdesk.base.i18n import dotted
from ucapdesk.ui.lists.list_cells import Cell, Chip
from ucapdesk.ui.toolkit import theme

CELL = Qt.ItemDataRole.UserRole + 2
"""The role under which a model returns a ``cells.Cell``."""
ASIDE, INSIDE, BETWEEN = 8, 5, 6
LETTER = 26
"""Height of the heading above the first row of a letter."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_Index = QModelIndex | QPersistentModelIndex


class RecordRows(QStyledItemDelegate):
    """Draws one line a row, or two where ``brief``; the first row of a letter has that letter above it."""

    brief = False
    letters = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = index.data(CELL)
        self.initStyleOption(option, index)
        if letter := self.letter_of(index):
            self._letter(painter, option, letter if index.column() == 0 else "")
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if not isinstance(cell, Cell):
            return
        painter.save()
        room = option.rect.adjusted(ASIDE, 0, -ASIDE, 0)
        if self.brief:
            self._two_lines(painter, option, room, cell)
        else:
            self._one_line(painter, option, room, cell, strong=False)
        painter.setPen(QColor(theme.tokens().border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def letter_of(self, index: _Index) -> str:
        """Return the letter that begins with a row; empty where none does, or letters are not shown."""
        first = index.sibling(index.row(), 0).data(CELL) if self.letters else None
        return first.letter if isinstance(first, Cell) else ""

    def _letter(self, painter: QPainter, option: QStyleOptionViewItem, letter: str) -> None:
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
        painter.drawText(over.adjusted(ASIDE, 0, -ASIDE, 0), _LEFT, letter)
        painter.restore()

    def _two_lines(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, cell: Cell) -> None:
        line = option.fontMetrics.lineSpacing()
        top = room.top() + (room.height() - 2 * line - 2) // 2
        first = QRect(room.left(), top, room.width(), line)
        second = QRect(room.left(), top + line + 2, room.width(), line)
        left = self._tag(painter, option, first, cell.tag)
        self._text(painter, option, first.adjusted(left, 0, 0, 0), cell.text, quiet=cell.empty)
        small = _small(option.font)
        left = self._chips(painter, small, second, cell.chips, at_end=False)
        rest = second.adjusted(left, 0, 0, 0)
        said = dotted(cell.other, cell.line)
        self._text(painter, option, rest, said, quiet=True, font=small)

    def _one_line(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, cell: Cell, *, strong: bool
    ) -> None:
        left = self._tag(painter, option, room, cell.tag)
        room = room.adjusted(left, 0, 0, 0)
        taken = self._chips(painter, _small(option.font), room, cell.chips, at_end=True)
        room = room.adjusted(0, 0, -taken, 0)
        wide = self._text(painter, option, room, cell.text, quiet=cell.empty)
        if cell.other and room.width() - wide > theme.px(48):
            self._text(painter, option, room.adjusted(wide + BETWEEN + 2, 0, 0, 0), cell.other, quiet=True)

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str, *, quiet: bool,
        font: QFont | None = None,
    ) -> int:  # fmt: skip
        """Draw a text, elided where there is no room; return its width."""
        metrics = QFontMetrics(font or option.font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.setFont(font or option.font)
        painter.setPen(QColor(theme.tokens().text2 if quiet else theme.tokens().text))
        painter.drawText(room, _LEFT, shown)
        return metrics.horizontalAdvance(shown)

    def _tag(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, tag: str) -> int:
        """Draw the language tag before a text; return its width."""
        if not tag:
            return 0
        font = _small(option.font)
        metrics = QFontMetrics(font)
        box = _box(room, metrics, tag, room.left())
        painter.setPen(QColor(theme.tokens().control))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
        return box.width() + BETWEEN

    def _chips(self, painter: QPainter, font: QFont, room: QRect, chips: tuple[Chip, ...], *, at_end: bool) -> int:
        """Draw chips; return the width they take."""
        metrics, taken = QFontMetrics(font), 0
        for chip in chips:
            wide = metrics.horizontalAdvance(chip.word) + 2 * INSIDE
            if taken + wide > room.width():
                break
            left = room.right() - taken - wide if at_end else room.left() + taken
            box = _box(room, metrics, chip.word, left)
            ink, ground = theme.tokens().level(chip.level)
            bare = theme.tokens().tint == theme.tokens().surface
            painter.setPen(QColor(ink) if bare else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, 4, 4)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip.word)
            taken += wide + BETWEEN
        return taken

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self.height(option.fontMetrics))

    def height(self, metrics: QFontMetrics) -> int:
        """Return the height of a row."""
        return max(theme.tall(58), 2 * metrics.lineSpacing() + 8) if self.brief else theme.tall(theme.ROW)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(theme.px(theme.CAPTION))
    return small


def _box(room: QRect, metrics: QFontMetrics, word: str, left: int) -> QRect:
    high = metrics.height() + 2
    return QRect(left, room.center().y() - high // 2, metrics.horizontalAdvance(word) + 2 * INSIDE, high)
