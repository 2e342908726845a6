"""The interactive seating plan: the proposal of protocol for an occasion, changed by dragging or by keys, and printed.

Those who sit have the same marks as on paper, drawn beside their names; the legend says what each means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QComboBox,
    QWidget,
)

from ucapdesk.base.i18n import Message, dotted, tr
from ucapdesk.base.marks import OPEN, GroupMark, outline
from ucapdesk.model.rules.seating import FurniturePiece
from ucapdesk.papers.documents.card_papers import DOCUMENTS, USUAL_ROOM
from ucapdesk.papers.facts.seats import Wanted
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_seating
from ucapdesk.services.visits.visit_seating import SeatedPerson, SeatingView
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.layouts import FlowLayout, flow, grow, panel, refill, row, scrolled
from ucapdesk.ui.toolkit.row_delegate import draw_box
from ucapdesk.ui.toolkit.signals import ChangeListener
from ucapdesk.ui.toolkit.widgets import announce, combo_box, label, named, set_tool_tip
from ucapdesk.ui.window.main_window import NavigableWindow

LIGHT = 190  # how light, of 255, a colour made for paper is on a dark ground
TINT = 0.14  # how much of its colour the ground of a place has


def colour_of(mark: GroupMark) -> QColor:
    colour = QColor(mark.colour)
    if QColor(theme.tokens().surface).lightness() < 128:
        colour.setHsl(colour.hslHue(), colour.hslSaturation(), LIGHT)
    return colour


def tint_of(mark: GroupMark) -> QColor:
    ground, colour, parts = QColor(theme.tokens().surface), colour_of(mark), (QColor.redF, QColor.greenF, QColor.blueF)
    return QColor.fromRgbF(*(TINT * part(colour) + (1 - TINT) * part(ground) for part in parts))


def draw_mark(painter: QPainter, area: QRectF, mark: GroupMark) -> None:
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
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seating.legend")
        self._row = flow(on=self, gap=theme.MARGIN)

    def show_marks(self, legend: Sequence[tuple[GroupMark, str]]) -> None:
        named = ((_Sign(mark), label(" ".join(name.split()))) for mark, name in legend)
        refill(self._row, (panel(row(sign, grow(name), gap=6), self) for sign, name in named))


SEAT = QSize(132, 70)  # size of a seat with its code and a name in up to two lines, in lengths at usual text size
WAYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
# The text on a piece of the plan and its alignment; tables and cars only where they are numbered.
_SAID = {
    "door": (Message("paper", "Door"), Qt.AlignmentFlag.AlignCenter),
    "wheel": (Message("paper", "Driver"), Qt.AlignmentFlag.AlignCenter),
    "round": (Message("paper", "Table {n}"), Qt.AlignmentFlag.AlignCenter),
    "car": (Message("paper", "Car {n}"), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom),
}


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
        self._setting: SeatingView | None = None
        self._at = 0
        self.held: SeatedPerson | None = None  # the person who was picked up
        self._dragged: QPointF | None = None

    @property
    def sitters(self) -> Sequence[SeatedPerson]:
        return self._setting.sitters if self._setting else ()

    @property
    def current(self) -> SeatedPerson | None:
        return self.sitters[self._at] if self._at < len(self.sitters) else None

    def show_setting(self, setting: SeatingView) -> None:
        before = self.current.id if self.current else ""
        self._setting, self.held, self._dragged = setting, None, None
        self._at = next((n for n, each in enumerate(setting.sitters) if each.id == before), 0)
        self.updateGeometry()
        self.update()
        self.stepped.emit()

    def go_to(self, id_: str) -> None:
        self._at = next((n for n, each in enumerate(self.sitters) if each.id == id_), self._at)
        self.update()
        self.stepped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stepped.emit()  # the seat with the focus is elsewhere now

    # -- where things are -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
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

    def place_of(self, sitter: SeatedPerson) -> QRectF:
        middle = self._point(sitter.x, sitter.y)
        size = QSize(theme.px(SEAT.width()), theme.px(SEAT.height()))
        return QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())

    def _under(self, point: QPointF) -> SeatedPerson | None:
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
        here = self.current
        if here is None:
            return
        start = self.place_of(here).center()
        best: tuple[float, SeatedPerson] | None = None
        for each in self.sitters:
            away = self.place_of(each).center() - start
            along = QPointF.dotProduct(away, way)
            aside = abs(QPointF.dotProduct(away, QPointF(way.y(), way.x())))
            if along > 1 and (best is None or along + 2 * aside < best[0]):
                best = (along + 2 * aside, each)
        if best is not None:
            self.go_to(best[1].id)

    def _pick_up(self, sitter: SeatedPerson) -> None:
        if sitter.movable:
            self.held = sitter
            self._say(tr("seating", "{name} picked up", name=sitter.name))

    def _put_down(self, target: SeatedPerson | None) -> None:
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

    def _draw(self, painter: QPainter, sitter: SeatedPerson, place: QRectF) -> None:
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


# The additional choice of each room.
HAVING = {"talks": "interpreter", "talks_end": "interpreter", "rostrum": "convention", "cars": "wheel"}
# Those of the paper that is printed of a plan.
CHOICES = {each.name: each for each in DOCUMENTS[0].options if each.name in {"room", *HAVING.values()}}
PRINT = "print"


class SeatingDialog(Dialog):
    """The plan of a visit, a meeting or a programme item. It is left with ``PRINT`` for its paper."""

    by_enter = False

    def __init__(self, desk: Desk, id_: str, window: NavigableWindow | None = None) -> None:
        super().__init__("seating", dotted(tr("seating", "Seating"), records.title(desk, id_)), window)
        self._desk, self._id = desk, id_
        choices = self._choices(visit_seating.usual(desk, id_))
        self.legend = SeatingLegend(self)
        self.plan = SeatingPlan(self)
        self.plan.swapped.connect(self._swap)
        self.plan.stepped.connect(self._tell)
        self._scroll = scrolled(self.plan, self, "seating.scroll")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.said, self.hint = label("", "strong"), label("", "second")
        print_ = partial(self.leave, PRINT)
        self.foot.beside("seating.print", tr("seating", "Print the plan…"), print_)
        self.proposed = self.foot.beside("seating.proposed", tr("seating", "Restore proposal"), self._as_proposed)
        self.foot.out(tr("notice", "Close"), "seating.close", role="main")
        self.lay_out(choices, self.legend, grow(self._scroll), self.said, self.hint)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(print_)
        self.refresh()
        ChangeListener(desk, lambda _: self.refresh(), self)
        self.plan.setFocus()
        fit_dialog(self, 900, 620)

    # -- what is chosen ---------------------------------------------------------------------------

    def _choices(self, usual: str) -> FlowLayout:
        self.boxes: dict[str, QComboBox] = {}
        for name, choice in CHOICES.items():
            texts = [(text.say(), code) for code, text in choice.choices if code != USUAL_ROOM]
            chosen = usual if name == "room" else None
            box = self.boxes[name] = combo_box(f"seating.{name}", choice.label.say(), texts, chosen, chars=30)
            set_tool_tip(box, choice.label.say())
            box.currentIndexChanged.connect(self.refresh)
        return flow(*self.boxes.values())

    @property
    def chosen(self) -> dict[str, str]:
        return {name: box.currentData() for name, box in self.boxes.items()}

    # -- what happens -----------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.chosen
        for name, box in self.boxes.items():
            box.setVisible(name in ("room", HAVING.get(chosen["room"])))
        wanted = Wanted(chosen["room"], chosen["interpreter"], chosen["convention"], wheel=chosen["wheel"])
        setting = visit_seating.setting(self._desk, self._id, wanted)
        self.plan.show_setting(setting)
        self.legend.show_marks(setting.legend)
        read_only = self._desk.workspace.read_only
        self.proposed.setEnabled(not read_only and any(each.by_hand for each in self.plan.sitters))

    def _swap(self, one: SeatedPerson, other: SeatedPerson) -> None:
        if self._desk.workspace.read_only:
            return
        visit_seating.swap(self._desk, one, other)
        self.plan.go_to(one.id)

    def _as_proposed(self) -> None:
        visit_seating.as_proposed(self._desk, self.plan.sitters)
        self.plan.setFocus()

    def _tell(self) -> None:
        here, held = self.plan.current, self.plan.held
        said = tr("seating", "Nobody takes part yet. Add people to the record first.")
        if here is not None:
            said = dotted(here.code, here.name, here.post, here.party)
            said = tr("seating", "{who} (put there by hand)", who=said) if here.by_hand else said
        self.said.setText(said)
        if held is not None:
            hint = tr(
                "seating", "{name}: arrow keys choose the other place, Enter swaps, Esc puts back.", name=held.name
            )
        else:
            hint = tr("seating", "Drag a name onto another, or press Enter to pick it up: the two change places.")
        self.hint.setText(hint if here else "")
        if here is not None and self.isVisible():  # before, nothing has its size
            place = self.plan.place_of(here).toRect()
            around = place.size().boundedTo(self._scroll.viewport().size() / 2)
            self._scroll.ensureVisible(place.center().x(), place.center().y(), around.width(), around.height())
