"""The calendar page: a week with its visits, and side by side its days with their programme items and meetings.

Where there is room for seven days, these stand among the hours, to be dragged and stretched; else each day is a list.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.clock import local_now, moment, today
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.format.dates_in_words import say_date, say_day, say_day_in_two, say_zone
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.visits import visits_week
from ucapdesk.services.visits.visits_week import DAYS_OF_A_WEEK, WHOLE_DAY, Week
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.change_listener import ChangeListener
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grid, grow, panel, refill, scrolled
from ucapdesk.ui.toolkit.menu_choice import add_choice, passing_menu
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.row_painter import Line, draw_text, font_of
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.timers import repeating
from ucapdesk.ui.visits.keyed_list import ID_ROLE
from ucapdesk.ui.visits.week_day import LENGTH, STEP, DayList, Scale, clock
from ucapdesk.ui.visits.week_drag import WeekDrag

MIN_DAY_PX = 122
"""Minimum width of a day; where there is no room for seven, they stand in several rows."""
GUTTER = 44
"""Width of the hours at the left."""
FIRST, LAST = 8, 19
"""The hours that are shown at least."""
LEAST_HOUR = 30
"""Minimum height of an hour."""
MINUTE = 60_000
FRIDAY = 4


class Hours(QWidget):
    """The hours at the left of the days; seen once they have a scale."""

    scale: Scale

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(GUTTER))

    def use(self, scale: Scale) -> None:
        """Show the hours of a scale."""
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
        """Make the row of heads and the area below it, in which the days stand beside the hours."""
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
        """Return the line with the week and the buttons to others."""
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
        """Whether the days stand among the hours."""
        return self._across == DAYS_OF_A_WEEK

    def _arrange(self, across: int) -> None:
        """Arrange so many days in a row; all seven among the hours."""
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
        """Draw the line of the present time on the clock of the week."""
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
        """Do what a key of a day commands."""
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
        """Have an event moved; it stays the current one, also on another day."""
        self.moved.emit(id_, by, end_by)
        for list_ in self.lists:
            if list_.choose(id_):
                list_.setFocus()
                return

    def _offer(self, list_: DayList, at: QPoint) -> None:
        """Offer by menu what keys and dragging do."""
        index = list_.indexAt(at)
        if not index.isValid():
            return
        list_.setCurrentRow(index.row())
        entry = list_.entries[index.row()]
        menu = passing_menu(self)
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
        """Show the week of a day and focus its list."""
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
        """Read the week again; the selected row stays selected."""
        week = self._week = visits_week.week(self._desk, self.day)
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
        self._show_visits(week)
        self._fit_hours()
        self._show_now()

    def _show_visits(self, week: Week) -> None:
        self.visits = [self._visit(visit) for visit in week.visits]
        refill(self._flow, self.visits)
        self._visits.setVisible(bool(self.visits))

    def _visit(self, visit: Visit) -> QPushButton:
        said = dotted(cut(_titled(visit)), say_date(visit.dates)).replace("&", "&&")
        return button(f"week.visit.{visit.id}", said, lambda: self.opened.emit(visit.id), "token")

    # -- where the keys go ------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Focus the day shown."""
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
