"""The marks of those who sit, as on paper: drawn beside their names, and what each of them means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ucapdesk.base.marks import OPEN, GroupMark, outline
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import flow, grow, panel, refill, row
from ucapdesk.ui.toolkit.text_label import label

LIGHT = 190
"""How light, of 255, a colour made for paper is on a dark ground."""
TINT = 0.14
"""How much of its colour the ground of a place has."""


def colour_of(mark: GroupMark) -> QColor:
    """Return its colour, seen on the ground of the window."""
    colour = QColor(mark.colour)
    if QColor(theme.tokens().surface).lightness() < 128:
        colour.setHsl(colour.hslHue(), colour.hslSaturation(), LIGHT)
    return colour


def tint_of(mark: GroupMark) -> QColor:
    """Return the ground of a place, under text of any colour."""
    ground, colour, parts = QColor(theme.tokens().surface), colour_of(mark), (QColor.redF, QColor.greenF, QColor.blueF)
    return QColor.fromRgbF(*(TINT * part(colour) + (1 - TINT) * part(ground) for part in parts))


def draw_mark(painter: QPainter, area: QRectF, mark: GroupMark) -> None:
    """Draw a mark in a square."""
    colour = colour_of(mark)
    painter.save()
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor(theme.tokens().surface) if mark.shape in OPEN else colour)
    corners = [
        QPointF(area.x() + a * area.width(), area.y() + b * area.height()) for a, b in outline(mark.shape).corners
    ]
    if corners:
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawEllipse(area)
    painter.restore()


class _Sign(QWidget):
    """One mark."""

    def __init__(self, mark: GroupMark) -> None:
        super().__init__()
        self._mark = mark
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = self.width() * 0.18
        draw_mark(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._mark)
        painter.end()


class SeatingLegend(QWidget):
    """The marks with their names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seating.legend")
        self._row = flow(on=self, gap=theme.MARGIN)

    def show_marks(self, legend: Sequence[tuple[GroupMark, str]]) -> None:
        """Show these instead."""
        named = ((_Sign(mark), label(" ".join(name.split()))) for mark, name in legend)
        refill(self._row, (panel(row(sign, grow(name), gap=6), self) for sign, name in named))
