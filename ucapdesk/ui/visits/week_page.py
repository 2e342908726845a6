"""The calendar page: a week with its visits, and a list for each day with its programme items and meetings.

Plain lists, one a day: arrows walk inside a day and from day to day, Page Up and Page Down from week to week, Enter opens.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, tr
from ucapdesk.model.text.format import say_date
from ucapdesk.model.text.format.dates_in_words import say_day, say_day_in_two, say_zone
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.visits import visits_week
from ucapdesk.services.visits.visits_week import DAYS, Entry, Week
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.change_listener import ChangeListener
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.plain_text import Label, set_tool_tip
from ucapdesk.ui.visits.week_points import HOURS, TITLE, WHERE, Points

KEY = Qt.ItemDataRole.UserRole
NARROWEST = 122
"""Minimum width of a day; where there is no room for seven, they stand in several rows."""
LEAST = 132


class DayList(QListWidget):
    """The list of one day.

    Signals:
        opened(str): a point or a meeting is wanted.
        stepped(int): the keys go on to the day before, or after.
        turned(int): a week back, or on.
    """

    opened = Signal(str)
    stepped = Signal(int)
    turned = Signal(int)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"week.day.{number}")
        self.setItemDelegate(Points(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(LEAST))
        self.itemClicked.connect(lambda item: self.opened.emit(str(item.data(KEY))))

    def show_entries(self, entries: tuple[Entry, ...], name: str, known: str = "") -> None:
        """Show the entries of this day; the name of the only visit of the week, ``known``, is not repeated."""
        self.clear()
        said = tr("visit", "Nothing this day") if not entries else ""
        self.setAccessibleName(tr("log", ", ").join(filter(None, (name, said))))
        for entry in entries:
            hours = entry.hours
            item = QListWidgetItem(" ".join(filter(None, (entry.start, entry.title))))
            item.setData(KEY, entry.id)
            for role, said in (
                (HOURS, hours),
                (TITLE, entry.title),
                (WHERE, entry.where if entry.where != known else ""),
            ):
                item.setData(role, said)
            spoken = tr("log", ", ").join(filter(None, (hours, entry.title, entry.where)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            set_tool_tip(item, spoken)
            self.addItem(item)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _meant(event: QKeyEvent) -> bool:
        keys = (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        )
        return event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._meant(event):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif self.currentRow() >= 0:
            self.opened.emit(str(self.currentItem().data(KEY)))


class WeekPage(QWidget):
    """The page of the calendar.

    Signals:
        opened(str): a visit, a point of a programme or a meeting is wanted.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.day = today(desk.workspace.clock)
        self.setObjectName("page")
        self.title = Label(parent=self)
        self.title.setObjectName("week.title")
        self.title.setProperty("role", "page")
        self.title.setWordWrap(True)
        self._visits = QWidget(self)
        self._flow = FlowLayout(self._visits, theme.GAP)
        self.visits: list[QPushButton] = []
        self.heads = [self._head(n) for n in range(DAYS)]
        self.lists = [self._list(n) for n in range(DAYS)]
        self._room = QWidget()
        self._room.setObjectName("page")
        self._grid = QGridLayout(self._room)
        self._grid.setContentsMargins(0, 0, theme.GAP, 0)
        self._grid.setSpacing(theme.GAP)
        self._across = 0
        area = QScrollArea(self)
        area.setObjectName("week.days")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.FIELDS, theme.GAP, theme.FIELDS)
        column.setSpacing(theme.FIELDS)
        column.addWidget(self._make_top())
        column.addWidget(self._visits)
        column.addWidget(area, 1)
        self._arrange(1)
        ChangeListener(desk, lambda _: self.refresh() if self.isVisibleTo(self.window()) else None, self)

    def _head(self, number: int) -> QLabel:
        head = Label()
        head.setObjectName(f"week.head.{number}")
        head.setProperty("role", "strong")
        head.setWordWrap(True)
        return head

    def _list(self, number: int) -> DayList:
        made = DayList(number, self)
        made.opened.connect(self.opened)
        made.stepped.connect(lambda by: self._step(number, by))
        made.turned.connect(lambda by: self.turn(by, number))
        return made

    def _make_top(self) -> QWidget:
        """Return the line with the week and the buttons to others."""
        top = QWidget(self)
        row = FlowLayout(top, theme.GAP)
        row.addWidget(self.title)
        for name, label, do in (
            ("before", f"‹ {tr('visit', 'Week before')}", lambda: self.turn(-1)),
            ("now", tr("visit", "This week"), lambda: self.show_day(today(self._desk.workspace.clock))),
            ("after", f"{tr('visit', 'Week after')} ›", lambda: self.turn(1)),
        ):
            row.addWidget(button(f"week.{name}", label, do))
        return top

    # -- room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * theme.MARGIN - theme.GAP
        self._arrange(max(1, min(DAYS, room // (theme.px(NARROWEST) + theme.GAP))))

    def _arrange(self, across: int) -> None:
        """Arrange so many days in a row."""
        if across == self._across:
            return
        self._across = across
        for at, (head, list_) in enumerate(zip(self.heads, self.lists, strict=True)):
            self._grid.addWidget(head, 2 * (at // across), at % across)
            self._grid.addWidget(list_, 2 * (at // across) + 1, at % across)
        for column in range(DAYS):
            self._grid.setColumnStretch(column, int(column < across))
        used = 2 * -(-DAYS // across)
        for row in range(2 * DAYS):
            self._grid.setRowStretch(row, row % 2 if row < used else 0)

    # -- what it shows ----------------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        """Show the week of a day and focus its list."""
        self.day = day
        self.refresh()
        self.lists[day.weekday()].setFocus()
        announce(self, self.title.text())

    def turn(self, by: int, weekday: int | None = None) -> None:
        """Turn by so many weeks; the focus stays."""
        self.day += timedelta(DAYS * by)
        self.refresh()
        if weekday is not None:
            self._enter(weekday)
        announce(self, self.title.text())

    def refresh(self) -> None:
        """Read the week again; the selected row stays selected."""
        week = visits_week.week(self._desk, self.day)
        sunday = week.monday + timedelta(DAYS - 1)
        days = say_date(PartialDate(f"{week.monday.isoformat()}/{sunday.isoformat()}"))
        self.title.setText(dotted(days, say_zone(week.zone) if week.zone else ""))
        now = today(self._desk.workspace.clock)
        for at, day in enumerate(week.dates):
            name = say_day(PartialDate(day.isoformat()))
            weekday, date_ = say_day_in_two(day)
            now_said = tr("visit", "today") if day == now else ""
            self.heads[at].setText("\n".join((dotted(weekday, now_said), date_)))
            chosen = self.lists[at].currentRow()
            said = dotted(name, now_said)
            self.lists[at].show_entries(week.days[at], said, week.visits[0].title if len(week.visits) == 1 else "")
            if 0 <= chosen < self.lists[at].count():
                self.lists[at].setCurrentRow(chosen)
        self._show_visits(week)

    def _show_visits(self, week: Week) -> None:
        for old in self.visits:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.visits = []
        for stay in week.visits:
            said = dotted(stay.title, say_date(stay.dates)).replace("&", "&&")
            name = f"week.visit.{stay.id}"
            shown = button(name, said, lambda id_=stay.id: self.opened.emit(id_), "token")
            self._flow.addWidget(shown)
            shown.show()
            self.visits.append(shown)
        self._visits.setVisible(bool(self.visits))
        self._flow.invalidate()
        self._visits.updateGeometry()

    # -- where the keys go ------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Focus the day shown."""
        self._enter(self.day.weekday())

    def _step(self, number: int, by: int) -> None:
        """Focus the previous or the next day, beyond the end of the week in the next one."""
        to = number + by
        self.day += timedelta(by)
        if not 0 <= to < DAYS:
            self.refresh()
        self._enter(to % DAYS)

    def _enter(self, number: int) -> None:
        list_ = self.lists[number]
        if list_.currentRow() < 0 and list_.count():
            list_.setCurrentRow(0)
        list_.setFocus()
