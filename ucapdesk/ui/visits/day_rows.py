"""The items of a day as rows: hours, a bar in the colour of the type, title, details, and problems.

A plain list underneath, so that a screen reader and the arrows have what the eye has. Rows are dragged, and moved by keys.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.row_painter import Index, Line, Row, RowChip, RowPainter, font_of
from ucapdesk.ui.visits import visit_words
from ucapdesk.ui.visits.keyed_list import ALT, CTRL, ID_ROLE, NO_KEY
from ucapdesk.ui.visits.part_panel import KEYS, PartRows

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HOURS_GAP_PX = 8
END_DRAG = "end drag"


class _Painter(RowPainter):
    """The rows, with their hours in a column as wide as any hour."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        row: Row = index.data(ROW_ROLE)
        small = QFontMetrics(font_of(option.font, Line("", small=True)))
        hours = max(option.fontMetrics.horizontalAdvance("00:00"), small.horizontalAdvance("00:00 +1"))
        return row._replace(gutter=hours + HOURS_GAP_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(0, 2 * line + 8 if len(index.data(ROW_ROLE).lines) > 1 else line + 2)


class DayRows(PartRows):
    """The rows of one day.

    Signals:
        dropped(str, int): an item was dragged to a place among the others.
        dropped_outside(str, QPoint): an item was dropped elsewhere on the screen.
    """

    dropped = Signal(str, int)
    dropped_outside = Signal(str, QPoint)
    keys = {
        **KEYS,
        (Qt.Key.Key_Up, ALT): "up", (Qt.Key.Key_Down, ALT): "down",
        (Qt.Key.Key_Up, CTRL): "earlier", (Qt.Key.Key_Down, CTRL): "later",
        (Qt.Key.Key_Left, NO_KEY): "day before", (Qt.Key.Key_Right, NO_KEY): "day after",
    }  # fmt: skip

    def __init__(self, parent: QWidget) -> None:
        super().__init__("itinerary.items", tr("visit", "Items of the day"), parent)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.asked.connect(lambda what: self._end_drag() if what == END_DRAG else None)
        self.read_only = False
        self._pressed: tuple[str, QPoint] | None = None
        self._line: int | None = None
        """Position in pixels where a dragged row would land; None while nothing is dragged."""

    # -- rows -------------------------------------------------------------------------------------

    def show_day(self, day: ProgrammeDay, whole: DayProgramme) -> None:
        """Show a day; the selected row stays selected."""
        self.fill(lambda: self._add_points(day, whole))

    def _add_points(self, day: ProgrammeDay, whole: DayProgramme) -> None:
        for item in day.points:
            if minutes := day.marks.gaps.get(item.id):
                free = visit_words.free(minutes)
                self._add("", Row((Line(f"╌ {free} ╌", quiet=True, small=True),)), free)
            told = visit_words.spoken(item, day, whole), visit_words.tooltip(item, day, whole)
            self._add(item.id, _row_of(item, day, whole), *told)

    def _add(self, id_: str, row: Row, spoken: str, tip: str = "") -> None:
        item = list_item(spoken, {ID_ROLE: id_, ROW_ROLE: row}, tip=tip)
        if not id_:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    # -- dragging ---------------------------------------------------------------------------------

    def command_of(self, event: QKeyEvent) -> Any:
        escape = event.key() == Qt.Key.Key_Escape and self._line is not None
        return END_DRAG if escape else super().command_of(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        may = event.button() == Qt.MouseButton.LeftButton and not self.read_only
        if may and item is not None and item.data(ID_ROLE):
            self._pressed = str(item.data(ID_ROLE)), event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        if self._line is None and (at - self._pressed[1]).manhattanLength() < QApplication.startDragDistance():
            return
        above = self._above(at)
        self._line = self.visualItemRect(above[-1]).bottom() + 1 if above else 1
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, dragging = self._pressed, self._line is not None
        at = event.position().toPoint()
        self._end_drag()
        if pressed is None or not dragging:
            return
        if self.viewport().rect().contains(at):
            place = len(self._above(at))
            self.dropped.emit(pressed[0], place - 1 if place > self.ids.index(pressed[0]) else place)
        else:
            self.dropped_outside.emit(pressed[0], event.globalPosition().toPoint())

    def _end_drag(self) -> None:
        self._pressed, self._line = None, None
        self.viewport().update()

    def _above(self, at: QPoint) -> list[QListWidgetItem]:
        """Return the items that stand above a height."""
        items = [self.item(n) for n in range(self.count()) if self.item(n).data(ID_ROLE)]
        return [item for item in items if self.visualItemRect(item).center().y() < at.y()]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, self._line - 1, self.viewport().width(), 3), QColor(theme.tokens().accent))
            painter.end()


def _row_of(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> Row:
    """Return the two lines of an item, its hours before them."""
    arrives, trouble = day.arrives(item), visit_words.trouble(item, day, whole)
    start, end = visit_words.hours(whole.times.get(item.id), arrives=arrives)
    fixed = tr("itinerary", "fixed") if item.fixed else ""
    marks = ((trouble and f"⚠ {trouble}", "warn"), (fixed, "info"), (visit_words.missing(item), "warn"))
    chips = tuple(RowChip(word, level) for word, level in marks if word)
    title = Line(visit_words.title(item, arrives=arrives), chips=chips, strong=True)
    below = Line(visit_words.second_line(item, day, whole), quiet=True, small=True)
    before = Line(start or "–"), Line(end, quiet=True, small=True)
    return Row((title, below), before, bar=theme.itinerary(item.type or "")[0], rule=True)
