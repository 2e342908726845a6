"""One day of the calendar: a plain list underneath, drawn among the hours where the week has room for seven days.

Arrows walk inside a day and from day to day, Enter opens; what stands among the hours is moved and stretched by keys as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListWidget, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services.visits.visits_week import WHOLE_DAY, WeekEntry
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.row_painter import Index, Line, draw_box, draw_text, font_of
from ucapdesk.ui.visits.keyed_list import CTRL, ID_ROLE, NO_KEY, SHIFT, KeyedList, Keys
from ucapdesk.ui.visits.week_points import HOURS_ROLE, TITLE_ROLE, WHERE_ROLE, Points, wrapped

LEAST = 132
STEP = 15
"""Minutes by which keys and the mouse move what stands among the hours."""
LENGTH = 45
"""Minutes for which something without an end is drawn."""
BAR, INSIDE = 3, 5
KEYS: Keys = {
    (Qt.Key.Key_Up, CTRL): ("push", -STEP, 0), (Qt.Key.Key_Down, CTRL): ("push", STEP, 0),
    (Qt.Key.Key_Left, CTRL): ("push", -WHOLE_DAY, 0), (Qt.Key.Key_Right, CTRL): ("push", WHOLE_DAY, 0),
    (Qt.Key.Key_Up, SHIFT): ("push", 0, -STEP), (Qt.Key.Key_Down, SHIFT): ("push", 0, STEP),
    (Qt.Key.Key_Left, NO_KEY): ("step", -1), (Qt.Key.Key_Right, NO_KEY): ("step", 1),
    (Qt.Key.Key_PageUp, NO_KEY): ("turn", -1), (Qt.Key.Key_PageDown, NO_KEY): ("turn", 1),
    (Qt.Key.Key_Return, NO_KEY): ("open",), (Qt.Key.Key_Enter, NO_KEY): ("open",),
}  # fmt: skip
"""Keys that move an event, or its end, by so many minutes, lead to other days and weeks, or open an entry."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the hours stand: the first one shown, the last, pixels of one, and those above them for what has none."""

    first: int
    last: int
    hour: float
    above: int

    def y(self, minutes: float) -> int:
        """Return the height of a time of the day."""
        return self.above + round((minutes / 60 - self.first) * self.hour)

    @property
    def height(self) -> int:
        """The height of the whole day."""
        return self.y(self.last * 60) + 1


class DayList(KeyedList):
    """The list of one day.

    Signals:
        moved(str, int, int): an event is moved by so many minutes, and its end by so many.
    """

    moved = Signal(str, int, int)
    keys = KEYS

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[WeekEntry, ...] = ()
        self.scale: Scale | None = None
        """Where the hours stand; None where the day is a list."""
        self.free = False
        """Whether it is a day of rest: a weekend or a public holiday."""
        self.now: int | None = None
        """The present minute of this day; None on all other days."""
        self.ghost: tuple[int, int] | None = None
        """Where what is being dragged would begin and end."""
        self._lanes: list[tuple[int, int]] = []
        self.setObjectName(f"week.day.{number}")
        self.setItemDelegate(Points(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda _: self.viewport().update())

    def show_entries(self, entries: tuple[WeekEntry, ...], name: str, known: str = "") -> None:
        """Show the entries of this day; the name of the only visit of the week, ``known``, is not repeated."""
        self.clear()
        self.entries = entries
        self._part()
        said = tr("visit", "Nothing this day") if not entries else ""
        self.setAccessibleName(tr("log", ", ").join(filter(None, (name, said))))
        for entry in entries:
            where = entry.where if entry.where != known else ""
            data = {ID_ROLE: entry.id, HOURS_ROLE: entry.hours, TITLE_ROLE: entry.title, WHERE_ROLE: where}
            spoken = tr("log", ", ").join(filter(None, (entry.hours, entry.title, entry.where)))
            self.addItem(list_item(" ".join(filter(None, (entry.start, entry.title))), data, said=spoken, tip=spoken))

    def _part(self) -> None:
        """Part what would lie over each other: an entry takes a line, however short it is."""
        self._lanes = lanes(self.entries, self.line / self.scale.hour * 60 if self.scale else 0)

    def use(self, scale: Scale | None) -> None:
        """Draw the entries among the hours, or as a list."""
        self.scale = scale
        self._part()
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if scale is None else bars.ScrollBarAlwaysOff)
        high = scale.height + 2 * self.frameWidth() if scale else 0
        self.setMinimumHeight(high or theme.px(LEAST))
        self.setMaximumHeight(high or 16_777_215)
        self.viewport().update()

    # -- where they stand -------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        if self.scale is None or not 0 <= index.row() < len(self.entries):
            return super().visualRect(index)
        return self.box(index.row())

    def box(self, row: int) -> QRect:
        """Return where an entry is drawn among the hours."""
        entry, scale = self.entries[row], self.scale
        assert scale is not None
        wide = self.viewport().width()
        if entry.begins is None:
            line = self.line
            before = sum(each.begins is None for each in self.entries[:row])
            return QRect(1, 2 + before * line, wide - 3, line - 2)
        lane, of = self._lanes[row]
        share = (wide - 2) / of
        top = scale.y(entry.begins)
        end = max(scale.y(entry.ends or entry.begins + LENGTH), top + self.line)
        return QRect(1 + round(lane * share), top + 1, round(share) - 2, end - top - 1)

    @property
    def line(self) -> int:
        """The height of one line among the hours."""
        return QFontMetrics(font_of(self.font(), Line("", small=True))).height() + 4

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.scale is None:
            return super().indexAt(point)
        row = next((row for row in reversed(range(len(self.entries))) if self.box(row).contains(point)), -1)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(self, index: Index, hint: QListWidget.ScrollHint = QListWidget.ScrollHint.EnsureVisible) -> None:
        if self.scale is None:
            super().scrollTo(index, hint)

    # -- drawing ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.scale is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        if self.free:
            painter.fillRect(self.viewport().rect(), QColor(theme.tokens().sunken))
        self._draw_hours(painter, self.scale)
        for row in range(self.count()):
            self._draw_entry(
                painter, self.entries[row], self.box(row), chosen=row == self.currentRow() and self.hasFocus()
            )
        if self.now is not None:
            y = self.scale.y(self.now)
            painter.fillRect(QRect(0, y - 1, self.viewport().width(), 2), QColor(theme.tokens().error))
            painter.setBrush(QColor(theme.tokens().error))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPoint(4, y), 4, 4)
        if self.ghost is not None:
            begins, ends = self.ghost
            top = self.scale.y(begins)
            place = QRect(2, top, self.viewport().width() - 4, max(self.scale.y(ends) - top, self.line))
            draw_box(painter, place, 4, pen=QPen(QColor(theme.tokens().accent), 2))
            draw_text(painter, self.font(), QRect(8, top + 2, self.viewport().width() - 12, self.line), clock(begins))
        painter.end()

    def _draw_hours(self, painter: QPainter, scale: Scale) -> None:
        painter.setPen(QColor(theme.tokens().border))
        for hour in range(scale.first, scale.last + 1):
            y = scale.y(hour * 60)
            painter.drawLine(0, y, self.viewport().width(), y)

    def _draw_entry(self, painter: QPainter, entry: WeekEntry, box: QRect, *, chosen: bool) -> None:
        tokens = theme.tokens()
        ink, ground = theme.itinerary(entry.kind)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent), 2) if chosen else QPen(QColor(tokens.surface), 1)
        draw_box(painter, box, 4, ground, pen=pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(QRect(box.left() + 1, box.top() + 2, BAR, box.height() - 4), QColor(ink))
        small = font_of(self.font(), Line("", small=True))
        room = QRect(box.left() + BAR + INSIDE, box.top() + 1, box.width() - BAR - INSIDE - 2, self.line - 2)
        title, hours = self.words(entry, room.width(), box.height() // (self.line - 2))
        for line in filter(None, (*title, hours)):
            draw_text(painter, small, room, line, quiet=line is hours)
            room.translate(0, self.line - 2)

    def words(self, entry: WeekEntry, width: int, lines: int) -> tuple[list[str], str]:
        """Return the lines of the title that an entry has room for, and the hours below them.

        In an entry of one line the hour it begins stands before its title.
        """
        small = font_of(self.font(), Line("", small=True))
        title = entry.title or "—"
        if entry.begins is None:
            return [title], ""
        if lines < 2:
            return [f"{entry.start} {title}"], ""
        hours = entry.hours if QFontMetrics(small).horizontalAdvance(entry.hours) <= width else entry.start
        return wrapped(title, small, width, lines - 1), hours

    def push(self, by: int, end_by: int) -> None:
        """Move the current entry, or its end."""
        entry = self.entries[self.currentRow()] if self.currentRow() >= 0 else None
        if entry is not None and entry.begins is not None and not entry.arrives:
            self.moved.emit(entry.id, by, end_by)


def lanes(entries: tuple[WeekEntry, ...], least: float = 0) -> list[tuple[int, int]]:
    """Return for each entry its place beside those at the same time, and how many places there are.

    ``least``: the minutes that an entry is drawn over, where it takes less.
    """
    found: list[tuple[int, int]] = [(0, 1)] * len(entries)
    beside: dict[int, int] = {}
    ends: list[float] = []
    for row, entry in enumerate(entries):
        if entry.begins is None:
            continue
        if ends and entry.begins >= max(ends):  # nothing goes on any more
            beside, ends = {}, []
        lane = beside[row] = next((n for n, end in enumerate(ends) if end <= entry.begins), len(ends))
        ends[lane : lane + 1] = [max(entry.ends or entry.begins + LENGTH, entry.begins + least)]
        for each, place in beside.items():
            found[each] = place, len(ends)
    return found


def clock(minutes: int) -> str:
    """Return a time of the day as figures."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
