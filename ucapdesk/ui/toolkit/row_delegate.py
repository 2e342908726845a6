"""The delegate that draws the rows of lists from data: lines of text with tags and chips, the hours and the bar before them."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ucapdesk.ui.toolkit import theme

Index = QModelIndex | QPersistentModelIndex
ASIDE, AROUND, INSIDE, BETWEEN = 8, 5, 5, 6  # Pixels: beside a row · above its lines · inside a chip · between chips
BAR, AFTER_BAR = 4, 8
BESIDE, MIN_NOTE_PX = 8, 48  # Pixels before the quieter words after a text, and the least room for them
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
WHOLE_WORDS, WRAPPED = LEFT | Qt.TextFlag.TextWordWrap, LEFT | Qt.TextFlag.TextWrapAnywhere


class RowChip(NamedTuple):
    """A highlighted word. ``level`` is one of the style sheet's: info, ok, warn, error."""

    word: str
    level: str = "warn"


class Line(NamedTuple):
    """One line of a row.

    Attributes:
        text: Its words, elided where there is no room.
        beside: Quieter words after them, where there is room.
        tag: A framed mark before them.
        right: Quieter words at the end of the line, after the chips.
        chips: At the end of the line, or before the words with ``chips_first``.
    """

    text: str
    beside: str = ""
    tag: str = ""
    chips: tuple[RowChip, ...] = ()
    chips_first: bool = False
    right: str = ""
    quiet: bool = False
    small: bool = False
    strong: bool = False


class Row(NamedTuple):
    """A row.

    Attributes:
        lines: One below another.
        before: Lines in a column before them, ``gutter`` pixels wide.
        bar: The colour of the bar between the two.
        indent: Pixels before everything.
        gap: Pixels between two lines.
        rule: Draw a line under the row.
        packed: From the top, each line as high as its font; else in the middle, all alike.
    """

    lines: tuple[Line, ...]
    before: tuple[Line, ...] = ()
    gutter: int = 0
    bar: str = ""
    indent: int = 0
    gap: int = 0
    rule: bool = False
    packed: bool = False


class RowDelegate(QStyledItemDelegate):
    """Draws the rows that ``row_of`` describes, on the ground that the style gives them."""

    row_of: Callable[[QStyleOptionViewItem, Index], Row | None]

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.row_of(option, index)
        if row is not None:
            draw_row(painter, option, row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        self.draw(painter, option, index)
        painter.restore()


def font_of(font: QFont, line: Line) -> QFont:
    made = QFont(font)
    if line.small:
        made.setPixelSize(theme.px(theme.CAPTION))
    if line.strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def draw_row(painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
    room = option.rect.adjusted(ASIDE + row.indent, 0, -ASIDE, 0)
    heights = [
        QFontMetrics(font_of(option.font, line)).lineSpacing() if row.packed else option.fontMetrics.lineSpacing()
        for line in row.lines
    ]
    total = sum(heights) + row.gap * (len(heights) - 1)
    top = room.top() + (AROUND if row.packed else (room.height() - total) // 2)
    for number, line in enumerate(row.before):
        draw_line(painter, option.font, QRect(room.left(), top + number * heights[0], row.gutter, heights[0]), line)
    room.adjust(row.gutter, 0, 0, 0)
    if row.bar:
        bar = QRect(room.left(), option.rect.top() + 3, theme.px(BAR), option.rect.height() - 6)
        painter.fillRect(bar, QColor(row.bar))
    if row.gutter:
        room.adjust(theme.px(BAR) + AFTER_BAR, 0, 0, 0)
    for line, height in zip(row.lines, heights, strict=True):
        box = room if len(row.lines) == 1 and not row.packed else QRect(room.left(), top, room.width(), height)
        draw_line(painter, option.font, box, line)
        top += height + row.gap
    if row.rule:
        draw_rule(painter, option)


def line_width(usual: QFont, line: Line) -> int:
    """Return the pixels that a line takes where nothing of it is left out, with those beside a row."""
    small, metrics = font_of(usual, Line("", small=True)), QFontMetrics(font_of(usual, line))
    tag = QFontMetrics(small).horizontalAdvance(line.tag) + 2 * INSIDE + BETWEEN if line.tag else 0
    beside = BESIDE + max(metrics.horizontalAdvance(line.beside), theme.px(MIN_NOTE_PX)) if line.beside else 0
    chips = sum(chip_width(small, chip.word) + BETWEEN for chip in line.chips)
    return 2 * ASIDE + tag + metrics.horizontalAdvance(line.text) + 1 + beside + chips


def draw_rule(painter: QPainter, option: QStyleOptionViewItem) -> None:
    painter.setPen(QColor(theme.tokens().border))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


def draw_line(painter: QPainter, usual: QFont, room: QRect, line: Line) -> None:
    small = font_of(usual, Line("", small=True))
    room = room.adjusted(_draw_tag(painter, small, room, line.tag), 0, 0, 0)
    if line.right:
        wide = QFontMetrics(usual).horizontalAdvance(line.right)
        draw_text(
            painter, usual, QRect(room.right() - wide, room.top(), wide + 1, room.height()), line.right, quiet=True
        )
        room = room.adjusted(0, 0, -wide - BETWEEN, 0)
    taken = _draw_chips(painter, small, room, line)
    room = room.adjusted(taken, 0, 0, 0) if line.chips_first else room.adjusted(0, 0, -taken, 0)
    font = font_of(usual, line)
    wide = draw_text(painter, font, room, line.text, quiet=line.quiet)
    if line.beside and room.width() - wide > theme.px(MIN_NOTE_PX):
        draw_text(painter, font, room.adjusted(wide + BESIDE, 0, 0, 0), line.beside, quiet=True)


def draw_text(painter: QPainter, font: QFont, room: QRect, text: str, *, quiet: bool = False) -> int:
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens().text2 if quiet else theme.tokens().text))
    painter.drawText(room, LEFT, shown)
    return metrics.horizontalAdvance(shown)


def draw_box(
    painter: QPainter,
    box: QRect | QRectF,
    radius: float,
    ground: QColor | str = "",
    *,
    pen: QPen | QColor | Qt.PenStyle,
) -> None:
    painter.setPen(pen)
    painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def draw_wrapped(painter: QPainter, room: QRect, text: str, lines: int, *, quiet: bool) -> None:
    """Draw a text on so many lines, elided where they are not enough; words are broken where it is whole only so."""
    if lines == 1:
        draw_text(painter, painter.font(), room, text, quiet=quiet)
        return
    metrics, tall = painter.fontMetrics(), room.adjusted(0, 0, 0, 10_000)
    wide, right = lines * room.width(), Qt.TextElideMode.ElideRight
    elided = [metrics.elidedText(text, right, wide * tenths // 10) for tenths in (9, 8, 7)]
    ways = [(WHOLE_WORDS, text), (WRAPPED, text), *((WHOLE_WORDS, said) for said in elided), (WRAPPED, elided[0])]
    took = [metrics.boundingRect(tall, *way) for way in ways]  # a pixel higher than its lines
    fits = [each.width() <= room.width() and each.height() < (lines + 1) * metrics.height() for each in took]
    flags, shown = ways[fits.index(True)] if any(fits) else ways[-1]
    painter.setPen(QColor(theme.tokens().text2 if quiet else theme.tokens().text))
    painter.drawText(room, flags, shown)


def draw_pair(painter: QPainter, room: QRect, first: str, second: str) -> None:
    font = painter.font()
    draw_text(painter, font, room, first)
    taken = painter.fontMetrics().horizontalAdvance(first + "  ")
    if second and taken < room.width():
        draw_text(painter, font, room.adjusted(taken, 0, 0, 0), second, quiet=True)


def _draw_tag(painter: QPainter, font: QFont, room: QRect, tag: str) -> int:
    if not tag:
        return 0
    metrics = QFontMetrics(font)
    box = _box(room, metrics, room.left(), metrics.horizontalAdvance(tag) + 2 * INSIDE)
    draw_box(painter, box, 3, pen=QColor(theme.tokens().control))
    painter.setFont(font)
    painter.setPen(QColor(theme.tokens().text2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
    return box.width() + BETWEEN


def chip_width(font: QFont, word: str) -> int:
    """Return the width of a chip that shows its whole word: rounded down, it would lose the last letters."""
    return ceil(QFontMetricsF(font).horizontalAdvance(word)) + 1 + 2 * INSIDE


def _draw_chips(painter: QPainter, font: QFont, room: QRect, line: Line) -> int:
    metrics, taken = QFontMetrics(font), 0
    bare = theme.tokens().tint == theme.tokens().surface
    for chip in line.chips:
        wide = min(chip_width(font, chip.word), room.width() * 2 // 3)
        if taken + wide > room.width():
            break
        box = _box(room, metrics, room.left() + taken if line.chips_first else room.right() - taken - wide, wide)
        ink, ground = theme.tokens().level(chip.level)
        draw_box(painter, box, 4, ground, pen=QColor(ink) if bare else Qt.PenStyle.NoPen)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = metrics.elidedText(chip.word, Qt.TextElideMode.ElideRight, wide - 2 * INSIDE)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        taken += wide + BETWEEN
    return taken


def _box(room: QRect, metrics: QFontMetrics, left: int, wide: int) -> QRect:
    high = metrics.height() + 2
    return QRect(left, room.center().y() - high // 2, wide, high)
