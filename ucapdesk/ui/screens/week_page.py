"""The calendar page: a week with its visits, and side by side its days with their programme items and meetings.

Where there is room for seven days, these stand among the hours, to be dragged to another hour or day and stretched by their lower edge, also by keys; else each day is a list. Arrows walk inside a day and from day to day, Enter opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QListView, QListWidget, QPushButton, QStyleOptionViewItem, QWidget

from ucapdesk.base.clock import local_now, moment, today
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.dates.formatting import say_date, say_day, say_day_in_two, say_zone
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.visits.visit_itinerary import DAYS_OF_A_WEEK, WHOLE_DAY, Week, WeekEntry
from ucapdesk.ui.lists.list_views import CTRL, ID_ROLE, NO_KEY, SHIFT, KeyedList, Keys
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.layouts import STRETCH, column, flow, grid, grow, panel, refill, scrolled
from ucapdesk.ui.toolkit.row_delegate import AROUND, ASIDE, Index, Line, Row, RowDelegate, draw_box, draw_text, font_of
from ucapdesk.ui.toolkit.signals import ChangeListener, repeating
from ucapdesk.ui.toolkit.widgets import add_choice, announce, button, cut, label, named, temporary_menu

HOURS_ROLE, TITLE_ROLE, WHERE_ROLE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
MAX_TITLE_LINES = 3


class Points(RowDelegate):
    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        return Row(_lines(option.font, index, option.rect.width() - 2 * ASIDE), rule=True, packed=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = _lines(option.font, index, wide - 2 * ASIDE)
        return QSize(0, sum(QFontMetrics(font_of(option.font, line)).lineSpacing() for line in lines) + 2 * AROUND)


def _lines(font: QFont, index: Index, width: int) -> tuple[Line, ...]:
    hours, where = (str(index.data(role) or "") for role in (HOURS_ROLE, WHERE_ROLE))
    small = font_of(font, Line("", small=True))
    clock = [Line(line, quiet=True, small=True) for line in wrapped(hours, small, width)] if hours else []
    title = [Line(line) for line in wrapped(str(index.data(TITLE_ROLE) or "—"), font, width)]
    return (*clock, *title, *([Line(where, quiet=True, small=True)] if where else []))


def wrapped(text: str, font: QFont, width: int, most: int = MAX_TITLE_LINES) -> list[str]:
    """Return a text wrapped to a width, on so many lines at most; the last one has all that is left."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    return [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]


LEAST = 132
STEP = 15  # minutes by which keys and the mouse move what stands among the hours
LENGTH = 45  # minutes for which something without an end is drawn
BAR, INSIDE = 3, 5
# Keys that move an event, or its end, by so many minutes, lead to other days and weeks, or open an entry.
KEYS: Keys = {
    (Qt.Key.Key_Up, CTRL): ("push", -STEP, 0), (Qt.Key.Key_Down, CTRL): ("push", STEP, 0),
    (Qt.Key.Key_Left, CTRL): ("push", -WHOLE_DAY, 0), (Qt.Key.Key_Right, CTRL): ("push", WHOLE_DAY, 0),
    (Qt.Key.Key_Up, SHIFT): ("push", 0, -STEP), (Qt.Key.Key_Down, SHIFT): ("push", 0, STEP),
    (Qt.Key.Key_Left, NO_KEY): ("step", -1), (Qt.Key.Key_Right, NO_KEY): ("step", 1),
    (Qt.Key.Key_PageUp, NO_KEY): ("turn", -1), (Qt.Key.Key_PageDown, NO_KEY): ("turn", 1),
    (Qt.Key.Key_Return, NO_KEY): ("open",), (Qt.Key.Key_Enter, NO_KEY): ("open",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the hours stand: the first one shown, the last, pixels of one, and those above them for what has none."""

    first: int
    last: int
    hour: float
    above: int

    def y(self, minutes: float) -> int:
        return self.above + round((minutes / 60 - self.first) * self.hour)

    @property
    def height(self) -> int:
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
        self.scale: Scale | None = None  # where the hours stand; None where the day is a list
        self.free = False  # whether it is a day of rest: a weekend or a public holiday
        self.now: int | None = None  # the present minute of this day; None on all other days
        self.ghost: tuple[int, int] | None = None  # where what is being dragged would begin and end
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
    return f"{minutes // 60:02}:{minutes % 60:02}"


EDGE = 6  # pixels at the lower edge of an event by which its end is dragged


@dataclass(slots=True)
class _Drag:
    """The event that is held: the list it is in, where it was taken, whether by its end, and how far it was dragged."""

    entry: WeekEntry
    at: DayList
    taken: QPoint
    by_end: bool
    under_way: bool = False
    by: int = 0
    end_by: int = 0


class WeekDrag(QObject):
    def __init__(self, lists: Sequence[DayList], parent: QObject) -> None:
        super().__init__(parent)
        self._lists = lists
        self._drag: _Drag | None = None
        self.read_only = False
        for each in lists:
            each.viewport().installEventFilter(self)
            each.viewport().setMouseTracking(True)
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        list_ = next((each for each in self._lists if watched in (each, each.viewport())), None)
        if list_ is None or list_.scale is None:
            return False
        if isinstance(event, QKeyEvent):
            escape = (
                event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape and self._drag is not None
            )
            if escape:
                self._end()
            return escape
        if not isinstance(event, QMouseEvent) or watched is list_:
            return False
        if event.type() == QEvent.Type.MouseMove:
            return self._move(list_, event)
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._take(list_, event.position().toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._drop()
        return False

    def _held(self, list_: DayList, at: QPoint) -> tuple[WeekEntry, bool] | None:
        """Return the event at a place that can be dragged, and whether this is its lower edge."""
        index = list_.indexAt(at)
        entry = list_.entries[index.row()] if index.isValid() else None
        if entry is None or entry.begins is None or entry.arrives or self.read_only:
            return None
        box = list_.box(index.row())
        return entry, at.y() > box.bottom() - min(EDGE, box.height() // 3)

    def _take(self, list_: DayList, at: QPoint) -> None:
        held = self._held(list_, at)
        self._drag = _Drag(held[0], list_, list_.viewport().mapToGlobal(at), held[1]) if held else None

    def _move(self, list_: DayList, event: QMouseEvent) -> bool:
        drag, at = self._drag, event.globalPosition().toPoint()
        if drag is None:
            held = self._held(list_, event.position().toPoint())
            shape = Qt.CursorShape.SizeVerCursor if held and held[1] else Qt.CursorShape.ArrowCursor
            list_.viewport().setCursor(shape)
            return False
        if not drag.under_way and (at - drag.taken).manhattanLength() < QApplication.startDragDistance():
            return True
        drag.under_way = True
        self._show(drag, at)
        return True

    def _show(self, drag: _Drag, at: QPoint) -> None:
        scale, begins = drag.at.scale, drag.entry.begins
        if scale is None or begins is None:
            return
        ends = drag.entry.ends or begins + LENGTH
        minutes = round((at.y() - drag.taken.y()) / scale.hour * 60 / STEP) * STEP
        over = drag.at
        if drag.by_end:
            drag.end_by = max(minutes, begins + STEP - ends)
        else:
            minutes = min(max(minutes, -begins), WHOLE_DAY - STEP - begins)
            places = ((each, each.viewport().mapFromGlobal(at).x()) for each in self._lists)
            over = next((each for each, x in places if 0 <= x < each.viewport().width()), drag.at)
            drag.by = minutes + (self._lists.index(over) - self._lists.index(drag.at)) * WHOLE_DAY
        for each in self._lists:
            shift = 0 if drag.by_end else minutes
            each.ghost = (begins + shift, ends + shift + drag.end_by) if each is over else None
            each.viewport().update()

    def _drop(self) -> bool:
        drag = self._drag
        self._end()
        if drag is None or not drag.under_way:
            return False
        if drag.by or drag.end_by:
            drag.at.moved.emit(drag.entry.id, drag.by, drag.end_by)
        return True

    def _end(self) -> None:
        self._drag = None
        for each in self._lists:
            each.ghost = None
            each.viewport().update()


MIN_DAY_PX = 122  # minimum width of a day; where there is no room for seven, they stand in several rows
GUTTER = 44  # width of the hours at the left
FIRST, LAST = 8, 19  # the hours that are shown at least
LEAST_HOUR = 30  # minimum height of an hour
MINUTE = 60_000
FRIDAY = 4


class Hours(QWidget):
    """The hours at the left of the days; seen once they have a scale."""

    scale: Scale

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(GUTTER))

    def use(self, scale: Scale) -> None:
        self.scale = scale
        self.setFixedHeight(scale.height)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        scale, painter = self.scale, QPainter(self)
        small = font_of(self.font(), Line("", small=True))
        high = QFontMetrics(small).height()
        for hour in range(scale.first, scale.last + 1):
            y = min(max(scale.y(hour * 60) - high // 2 + 1, 0), self.height() - high)
            draw_text(painter, small, QRect(0, y, self.width(), high), clock(hour * 60), quiet=True)
        painter.end()


class WeekPage(QWidget):
    """The page of the calendar.

    Signals:
        opened(str): a visit, a point of a programme or a meeting is wanted.
        moved(str, int, int): an event is moved by so many minutes, and its end by so many.
    """

    opened = Signal(str)
    moved = Signal(str, int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.day = today(desk.workspace.clock)
        self._week: Week | None = None
        self.setObjectName("page")
        self.title = label("", "page", name="week.title", parent=self)
        self._visits = QWidget(self)
        self._flow = flow(on=self._visits)
        self.visits: list[QPushButton] = []
        self.notes = label(name="week.notes", role="hint", parent=self)
        self.heads = [label(name=f"week.head.{n}", role="strong") for n in range(DAYS_OF_A_WEEK)]
        self.offs = [label(name=f"week.off.{n}", role="hint") for n in range(DAYS_OF_A_WEEK)]
        self._tops = [panel(column(head, off, STRETCH, gap=0)) for head, off in zip(self.heads, self.offs, strict=True)]
        self.lists = [self._list(n) for n in range(DAYS_OF_A_WEEK)]
        self.drag = WeekDrag(self.lists, self)
        self.drag.read_only = desk.workspace.read_only
        self._now = repeating(self, MINUTE, self._show_now)
        self._make_days()
        column(
            self._make_top(), self._visits, self.notes, self._head_row, grow(self._area),
            on=self, gap=theme.FIELDS, margins=(theme.MARGIN, theme.FIELDS, theme.GAP, theme.FIELDS),
        )  # fmt: skip
        self._arrange(1)
        ChangeListener(desk, lambda _: self.refresh() if self.isVisibleTo(self.window()) else None, self)

    def _make_days(self) -> None:
        self._room = named(QWidget(), "page")
        self._grid = grid(on=self._room, across=theme.GAP, down=theme.GAP, margins=(0, 0, theme.GAP, 0))
        self._across = 0
        self._hours = Hours(self._room)
        self._head_row = QWidget(self)
        self._head_grid = grid(on=self._head_row, across=theme.GAP, down=theme.GAP)
        self._area = scrolled(self._room, self, "week.days")
        self._area.verticalScrollBar().rangeChanged.connect(lambda *_: self._align_heads())

    def _list(self, number: int) -> DayList:
        made = DayList(number, self)
        made.asked.connect(lambda what: self._do(made, number, what))
        made.moved.connect(self._move)
        made.itemClicked.connect(lambda item: self.opened.emit(str(item.data(ID_ROLE))))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda at: self._offer(made, at))
        return made

    def _make_top(self) -> QWidget:
        now = partial(today, self._desk.workspace.clock)
        line = flow(
            self.title,
            button("week.before", f"‹ {tr('visit', 'Previous week')}", lambda: self.turn(-1)),
            button("week.now", tr("visit", "This week"), lambda: self.show_day(now())),
            button("week.after", f"{tr('visit', 'Next week')} ›", lambda: self.turn(1)),
        )
        return panel(line, self)

    # -- room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * theme.MARGIN - theme.GAP - theme.px(GUTTER)
        self._arrange(max(1, min(DAYS_OF_A_WEEK, room // (theme.px(MIN_DAY_PX) + theme.GAP))))
        self._fit_hours()

    @property
    def timed(self) -> bool:
        return self._across == DAYS_OF_A_WEEK

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        heads = self._head_grid if self.timed else self._grid
        left = 1 if self.timed else 0
        for at, (head, list_) in enumerate(zip(self._tops, self.lists, strict=True)):
            heads.addWidget(head, 0 if self.timed else 2 * (at // across), at % across + left)
            self._grid.addWidget(list_, 2 * (at // across) + 1, at % across + left, Qt.AlignmentFlag(0))
        self._grid.addWidget(self._hours, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._hours.setVisible(self.timed)
        self._head_row.setVisible(self.timed)
        self._head_grid.setColumnMinimumWidth(0, theme.px(GUTTER) + theme.GAP)
        for each in (self._grid, self._head_grid):
            for place in range(DAYS_OF_A_WEEK + 1):
                each.setColumnStretch(place, int(left <= place < across + left))
        used = 2 * -(-DAYS_OF_A_WEEK // across)
        for row in range(2 * DAYS_OF_A_WEEK + 1):
            self._grid.setRowStretch(row, int(row == 2 if self.timed else bool(row % 2) and row < used))
        self._align_heads()

    def _align_heads(self) -> None:
        """Keep the heads above their days, whether or not there is a scroll bar beside these."""
        bar = self._area.verticalScrollBar()
        self._head_grid.setContentsMargins(0, 0, theme.GAP + (bar.sizeHint().width() if bar.maximum() > 0 else 0), 0)

    def _fit_hours(self) -> None:
        """Give the hours the height there is; no less than can be read."""
        if not self.timed:
            for each in self.lists:
                each.use(None)
            return
        known = [
            (e.begins, e.ends or e.begins + LENGTH) for each in self.lists for e in each.entries if e.begins is not None
        ]
        first = min([FIRST, *(begins // 60 for begins, _ in known)])
        last = max([LAST, *(-(-min(ends, WHOLE_DAY) // 60) for _, ends in known)])
        untimed = max(sum(e.begins is None for e in each.entries) for each in self.lists)
        above = untimed * self.lists[0].line + theme.GAP
        room = self._area.height() - above - 3 * theme.GAP
        scale = Scale(first, last, max(room / (last - first), theme.px(LEAST_HOUR)), above)
        self._hours.use(scale)
        for each in self.lists:
            each.use(scale)

    def _show_now(self) -> None:
        zone = self._week.zone if self._week else None
        clock_ = self._desk.workspace.clock
        now = moment(clock_()).astimezone(ZoneInfo(zone)) if zone else local_now(clock_)
        for day, list_ in zip(self._week.dates if self._week else (), self.lists, strict=False):
            list_.now = now.hour * 60 + now.minute if day == now.date() else None
            list_.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._now.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._now.stop()

    # -- moving -----------------------------------------------------------------------------------

    def _do(self, list_: DayList, weekday: int, what: tuple[str, *tuple[int, ...]]) -> None:
        match what:
            case ("push", by, end_by):
                list_.push(by, end_by)
            case ("step", by):
                self._step(weekday, by)
            case ("turn", by):
                self.turn(by, weekday)
            case _ if list_.current_id:
                self.opened.emit(list_.current_id)

    def _move(self, id_: str, by: int, end_by: int) -> None:
        self.moved.emit(id_, by, end_by)
        for list_ in self.lists:
            if list_.choose(id_):
                list_.setFocus()
                return

    def _offer(self, list_: DayList, at: QPoint) -> None:
        index = list_.indexAt(at)
        if not index.isValid():
            return
        list_.setCurrentRow(index.row())
        entry = list_.entries[index.row()]
        menu = temporary_menu(self)
        menu.addAction(tr("form", "Open")).triggered.connect(lambda: self.opened.emit(entry.id))
        may = entry.begins is not None and not entry.arrives and not self.drag.read_only
        for said, keys, by, end_by in (
            (tr("visit", "15 minutes earlier"), "Ctrl+↑", -STEP, 0), (tr("visit", "15 minutes later"), "Ctrl+↓", STEP, 0),
            (tr("visit", "Previous day"), "Ctrl+←", -WHOLE_DAY, 0), (tr("visit", "Next day"), "Ctrl+→", WHOLE_DAY, 0),
            (tr("visit", "15 minutes shorter"), "Shift+↑", 0, -STEP), (tr("visit", "15 minutes longer"), "Shift+↓", 0, STEP),
        ):  # fmt: skip
            add_choice(menu, f"{said}\t{keys}", partial(list_.push, by, end_by)).setEnabled(may)
        menu.popup(list_.viewport().mapToGlobal(at))

    # -- what it shows ----------------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        self.day = day
        self.refresh()
        self.lists[day.weekday()].setFocus()
        announce(self, self.title.text())

    def turn(self, by: int, weekday: int | None = None) -> None:
        """Turn by so many weeks; the focus stays, on a ``weekday`` whose row nobody chose on its first."""
        self.day += timedelta(DAYS_OF_A_WEEK * by)
        self.refresh()
        if weekday is not None:
            self.lists[weekday].choose_first()
        announce(self, self.title.text())

    def refresh(self) -> None:
        week = self._week = visit_itinerary.week(self._desk, self.day)
        days = say_date(PartialDate(f"{week.dates[0]}/{week.dates[-1]}"))
        self.title.setText(dotted(days, say_zone(week.zone) if week.zone else ""))
        now = today(self._desk.workspace.clock)
        for at, day in enumerate(week.dates):
            name = say_day(PartialDate(day.isoformat()))
            weekday, date_ = say_day_in_two(day)
            now_said = tr("visit", "today") if day == now else ""
            self.heads[at].setText("\n".join((dotted(weekday, now_said), date_)))
            off = [each.say() for each in week.off[at]]
            self.offs[at].setText("\n".join(off))
            self.lists[at].free = not any(each.works for each in week.off[at]) and (day.weekday() > FRIDAY or bool(off))
            chosen = self.lists[at].currentRow()
            said = dotted(name, now_said, *off)
            self.lists[at].show_entries(week.days[at], said, _titled(week.visits[0]) if len(week.visits) == 1 else "")
            if 0 <= chosen < self.lists[at].count():
                self.lists[at].setCurrentRow(chosen)
        self.notes.say("\n".join(week.unannounced))
        self.visits = [self._visit(visit) for visit in week.visits]
        refill(self._flow, self.visits)
        self._visits.setVisible(bool(self.visits))
        self._fit_hours()
        self._show_now()

    def _visit(self, visit: Visit) -> QPushButton:
        said = dotted(cut(_titled(visit)), say_date(visit.dates)).replace("&", "&&")
        return button(f"week.visit.{visit.id}", said, lambda: self.opened.emit(visit.id), "token")

    # -- where the keys go ------------------------------------------------------------------------

    def take_focus(self) -> None:
        self.lists[self.day.weekday()].setFocus()

    def _step(self, number: int, by: int) -> None:
        """Focus the previous or the next day, beyond the end of the week in the next one."""
        to = number + by
        self.day += timedelta(by)
        if not 0 <= to < DAYS_OF_A_WEEK:
            self.refresh()
        self.lists[to % DAYS_OF_A_WEEK].setFocus()


def _titled(visit: Visit) -> str:
    return " ".join(title_of(visit, language()).split())
