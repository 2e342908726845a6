"""The interactive seating plan: people are dragged, or picked up and put down with keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.rules.seating import FurniturePiece
from ucapdesk.services.visits.visit_seating import Setting, Sitter
from ucapdesk.ui.seating.seating_legend import draw_mark, tint_of
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.row_painter import draw_box

SEAT = QSize(132, 70)
"""Size of a seat with its code and a name in up to two lines, in lengths at usual text size."""
WAYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_SAID = {
    "door": (Message("paper", "Door"), Qt.AlignmentFlag.AlignCenter),
    "wheel": (Message("paper", "Driver"), Qt.AlignmentFlag.AlignCenter),
    "round": (Message("paper", "Table {n}"), Qt.AlignmentFlag.AlignCenter),
    "car": (Message("paper", "Car {n}"), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom),
}
"""The text on a piece of the plan and its alignment; tables and cars only where they are numbered."""


class SeatingPlan(QWidget):
    """The people of a plan on their seats, seen from above.

    Signals:
        swapped(Sitter, Sitter): the two are to change seats.
        stepped(): another seat has the focus, or somebody was picked up or put back.
    """

    swapped = Signal(object, object)
    stepped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "seating.plan", tr("seating", "Seating plan"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._setting: Setting | None = None
        self._at = 0
        self.held: Sitter | None = None
        """The person who was picked up."""
        self._dragged: QPointF | None = None

    @property
    def sitters(self) -> Sequence[Sitter]:
        """Everybody, in the order of the seats."""
        return self._setting.sitters if self._setting else ()

    @property
    def current(self) -> Sitter | None:
        """The person whose seat has the focus."""
        return self.sitters[self._at] if self._at < len(self.sitters) else None

    def show_setting(self, setting: Setting) -> None:
        """Show another room or other people; the focus stays with the person."""
        before = self.current.id if self.current else ""
        self._setting, self.held, self._dragged = setting, None, None
        self._at = next((n for n, each in enumerate(setting.sitters) if each.id == before), 0)
        self.updateGeometry()
        self.update()
        self.stepped.emit()

    def go_to(self, id_: str) -> None:
        """Focus somebody's seat."""
        self._at = next((n for n, each in enumerate(self.sitters) if each.id == id_), self._at)
        self.update()
        self.stepped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stepped.emit()  # the seat with the focus is elsewhere now

    # -- where things are -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return a size with room for every seat."""
        if self._setting is None or not self.sitters:
            return QSize(theme.px(200), theme.px(120))
        wide = max(200.0, self._setting.width * SEAT.width() * 1.2)
        high = max(120.0, self._setting.height * SEAT.height() * 1.3)
        return QSize(theme.px(round(wide)), theme.px(round(high)))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a smaller dialog scrolls the plan."""
        return self.sizeHint()

    def _point(self, x: float, y: float) -> QPointF:
        assert self._setting is not None
        return QPointF(
            (x - self._setting.left) / self._setting.width * self.width(),
            (y - self._setting.top) / self._setting.height * self.height(),
        )

    def place_of(self, sitter: Sitter) -> QRectF:
        """Return where a seat is drawn."""
        middle = self._point(sitter.x, sitter.y)
        size = QSize(theme.px(SEAT.width()), theme.px(SEAT.height()))
        return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())

    def _under(self, point: QPointF) -> Sitter | None:
        return next((each for each in self.sitters if self.place_of(each).contains(point)), None)

    # -- hands and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.go_to(found.id)
            self._pick_up(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            self.update()
        over = self._under(event.position())
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if over is not None and over.movable else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged is not None, None
        if self.held is not None and event.button() == Qt.MouseButton.LeftButton:
            self._put_down(self._under(event.position()) if dragged else self.held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in WAYS:
            self._step(WAYS[key])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            if self.held is None:
                self._pick_up(self.current)
            else:
                self._put_down(self.current)
        elif key == Qt.Key.Key_Escape and self.held is not None:
            self._put_down(None)
        else:
            super().keyPressEvent(event)

    def _step(self, way: QPointF) -> None:
        """Focus the nearest seat in a direction."""
        here = self.current
        if here is None:
            return
        start = self.place_of(here).center()
        best: tuple[float, Sitter] | None = None
        for each in self.sitters:
            away = self.place_of(each).center() - start
            along = QPointF.dotProduct(away, way)
            aside = abs(QPointF.dotProduct(away, QPointF(way.y(), way.x())))
            if along > 1 and (best is None or along + 2 * aside < best[0]):
                best = (along + 2 * aside, each)
        if best is not None:
            self.go_to(best[1].id)

    def _pick_up(self, sitter: Sitter) -> None:
        if sitter.movable:
            self.held = sitter
            self._say(tr("seating", "{name} picked up", name=sitter.name))

    def _put_down(self, target: Sitter | None) -> None:
        """Swap with the person on this seat; on the own seat, or on none, nothing changes."""
        held, self.held = self.held, None
        self._say("")
        if held is not None and target is not None and target.id != held.id and target.movable:
            self.swapped.emit(held, target)

    def _say(self, sentence: str) -> None:
        announce(self, sentence)
        self.update()
        self.stepped.emit()

    # -- drawn ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        for piece in self._setting.pieces if self._setting else ():
            self._draw_piece(painter, piece)
        for sitter in self.sitters:
            if self._dragged is None or self.held is None or sitter.id != self.held.id:
                self._draw(painter, sitter, self.place_of(sitter))
        if self._dragged is not None and self.held is not None:
            place = self.place_of(self.held)
            place.moveCenter(self._dragged)
            self._draw(painter, self.held, place)
        painter.end()

    def _draw_piece(self, painter: QPainter, piece: FurniturePiece) -> None:
        area = QRectF(self._point(piece.x, piece.y), self._point(piece.x + piece.width, piece.y + piece.height))
        painter.setPen(QPen(QColor(theme.tokens().control), 1))
        painter.setBrush(QColor(theme.tokens().sunken))
        if piece.kind in ("round", "flowers", "wheel"):
            painter.drawEllipse(area)
        else:
            painter.drawRect(area)
        said, at = _SAID.get(piece.kind, (None, Qt.AlignmentFlag.AlignCenter))
        if said is not None and (piece.number or piece.kind in ("door", "wheel")):
            painter.setPen(QColor(theme.tokens().text2))
            area = area.adjusted(-60, -8, 60, 8) if piece.kind in ("door", "wheel") else area.adjusted(0, 4, 0, -4)
            painter.drawText(area, at, replace(said, args={"n": piece.number}).say())

    def _draw(self, painter: QPainter, sitter: Sitter, place: QRectF) -> None:
        """Draw a seat with the mark and the tint of its group; a dotted outline marks people seated by hand."""
        tokens = theme.tokens()
        here = self.current is not None and sitter.id == self.current.id and self.hasFocus()
        held = self.held is not None and sitter.id == self.held.id
        pen = QPen(QColor(tokens.accent if here or held else tokens.control), 3 if here or held else 1)
        if sitter.by_hand:
            pen.setStyle(Qt.PenStyle.DashLine)
        ground = QColor(tokens.selection) if held else tint_of(sitter.mark)
        draw_box(painter, place.adjusted(2, 2, -2, -2), 6, ground, pen=pen)
        inner = place.adjusted(8, 4, -8, -4)
        painter.setPen(QColor(tokens.text2))
        line = inner.height() / 3
        painter.drawText(QRectF(inner.x(), inner.y(), inner.width(), line), Qt.AlignmentFlag.AlignCenter, sitter.code)
        draw_mark(painter, QRectF(inner.x(), inner.y() + 0.1 * line, 0.8 * line, 0.8 * line), sitter.mark)
        painter.setPen(QColor(tokens.text))
        name = _in_lines(sitter.name, QFontMetricsF(self.font()), inner.width())
        painter.drawText(inner.adjusted(0, line, 0, 0), Qt.AlignmentFlag.AlignCenter, name)


def _in_lines(name: str, metrics: QFontMetricsF, width: float) -> str:
    """Return a name in one line, or in two where it is too wide: it is broken at its dot or its last space."""
    lines = [name]
    if metrics.horizontalAdvance(name) > width:
        given, gap, family = name.rpartition("·" if "·" in name else " ")
        lines = [f"{given}{gap}".strip(), family] if given else lines
    return "\n".join(metrics.elidedText(each, Qt.TextElideMode.ElideRight, width) for each in lines)
