"""The Home page: current and next events, the month, the user's actions, and what needs attention, as ``services.home.home`` tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import starmap

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition, ListView
from ucapdesk.services import Desk, agreements, home
from ucapdesk.services.home import Clock, Day, Happening, Home, Month, MonthDay, Need, VisitNow
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.cards import CardCheckBox, CardPage, CardRow, PageCard, button_row, card_button, sentence
from ucapdesk.ui.toolkit.layouts import Part, grow, panel, row, top
from ucapdesk.ui.toolkit.signals import ChangeListener, repeating
from ucapdesk.ui.toolkit.widgets import label, named, set_tool_tip, tool
from ucapdesk.ui.window.background_jobs import BackgroundQuery

WEEK_ROW_PX = 30
EVENT_MARK = "•"  # The mark after the number of a day with events, so that the colour of a visit is not the only sign


class MonthTable(QTableWidget):
    """The weeks. Arrows go from day to day, Enter or a click opens one.

    Signals:
        opened(MonthDay): a day was pressed.
    """

    opened = Signal(object)

    def __init__(self, month: Month) -> None:
        super().__init__(len(month.weeks), 7)
        named(self, "home.month.days", month.title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(WEEK_ROW_PX))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(1)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.setHorizontalHeaderLabels(month.weekdays)
        self._days = month.weeks
        for line, week in enumerate(month.weeks):
            for column, day in enumerate(week):
                self.setItem(line, column, _cell(day))
                if day.today:
                    self.setCurrentCell(line, column)
        self.cellClicked.connect(self._open)
        around = head.sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(self.rowCount() * theme.px(WEEK_ROW_PX) + around)
        self.setMinimumWidth(theme.px(120))

    def _open(self, row: int, column: int) -> None:
        self.opened.emit(self._days[row][column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)


def _cell(day: MonthDay) -> QTableWidgetItem:
    item = QTableWidgetItem(f"{day.day.day} {EVENT_MARK}" if day.count or day.visits else f"{day.day.day}")
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    set_tool_tip(item, day.said)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, day.said)
    tokens = theme.tokens()
    if day.off or not day.inside:
        item.setForeground(QColor(tokens.text2 if not day.inside else tokens.level("warn")[0]))
    if day.visits:
        item.setBackground(QColor(tokens.tint))
    if day.today:
        font = QFont()
        font.setBold(True)
        font.setUnderline(True)
        item.setFont(font)
    return item


class MonthCard(PageCard):
    """The month, with buttons to the previous and the next.

    Signals:
        turned(int): the month before, or the one after, is wanted.
    """

    turned = Signal(int)

    def __init__(self, month: Month) -> None:
        title = label(month.title, "group", wrap=False)
        back = tool("home.month.back", "chevron_left", tr("home", "Previous month"), lambda: self.turned.emit(-1))
        on = tool("home.month.on", "chevron_right", tr("home", "Next month"), lambda: self.turned.emit(1))
        self.days = MonthTable(month)
        head = panel(row(grow(title), back, on), margins=(theme.GAP, 0, theme.GAP, 4))
        super().__init__("home.month", month.title, head, self.days, head=False)


MINUTE_MS = 60_000


class HomePage(CardPage):
    """The page of current and next events, open work and gaps.

    Signals:
        opened(str): a record is to be shown.
        chosen(str): a section is to be shown.
        narrowed(ListView): a filtered list is to be shown.
    """

    opened = Signal(str)
    chosen = Signal(str)
    narrowed = Signal(object)

    def __init__(
        self, desk: Desk, recent: Callable[[], list[str]], do: Callable[..., object], parent: QWidget | None = None
    ) -> None:
        """``recent``: the records opened last; ``do`` runs a command of the menus, with what it is given."""
        super().__init__("home", tr("section", "Home"), parent)
        self._desk, self._recent, self._do = desk, recent, do
        self._behind = BackgroundQuery(self)
        self._now: Home | None = None
        self._near: list[CardRow] = []
        self._month: date | None = None  # A day of the month shown; None for the current month
        self._clock = repeating(self, MINUTE_MS, self.tick)
        self._clock.start()
        # a page that is not looked at is read when it is shown
        ChangeListener(desk, lambda _: self.refresh() if self.isVisibleTo(self.window()) else None, self)

    # -- counting ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the current state: at once where counting is quick, else as soon as it is counted."""
        desk, lang, of = self._desk, language(), self._month
        recent, waits = self._recent(), home.exchange_counts(desk)
        self._behind.ask(lambda: home.page(desk, recent, lang, waits=waits, with_month=True, month_of=of), self._show)

    def tick(self) -> None:
        """Update the clock and the time until the next event; nothing else moves, and the focus stays."""
        if self.isVisible() and not self.counting:
            desk, lang = self._desk, language()
            self._behind.ask(lambda: home.by_the_clock(desk, lang), self._show_hour, patience=0)

    def _show_hour(self, clock: Clock) -> None:
        """Update the hour; rebuild the page where another event is on, or the day changed."""
        if self._now is None or (clock.day, _ids(clock)) != (self._now.day, _ids(self._now)):
            self.refresh()
            return
        self._heading.setText(clock.heading)
        for shown, each in zip(self._near, clock.now, strict=False):  # the page may wait for a button that is held down
            shown.say(each.title, dotted(each.heading, each.note))

    @property
    def counting(self) -> bool:
        return self._behind.busy

    def take_focus(self) -> None:
        if self._now is None:
            self.setFocus()  # and gives the keys on once it is counted
        super().take_focus()

    def _show(self, now: Home) -> None:
        self._now = now
        super().refresh()

    def cards(self) -> tuple[str, list[PageCard], list[PageCard]]:
        now = self._now
        assert now is not None  # it is shown once it is counted
        if now.empty:
            return now.heading, [self._welcome()], []
        days = (self._day(f"home.day.{n}", day) for n, day in enumerate(now.days))
        left = [self._visit(now.visit, now.beside), *self._happenings(now.now), *days]
        right = [self._needs(now.needs)]
        (right if now.days else left).append(self._actions(now))
        right += [self._opened_last(now)] if now.recent else []
        return now.heading, left, [*right, *([self._month_card(now.month)] if now.month else [])]

    # -- cards ------------------------------------------------------------------------------------

    def _welcome(self) -> PageCard:
        begin = tr(
            "home",
            "Start with what you have: import a UCAP document, or plan a visit. Everything is saved automatically, "
            "and every step can be undone.",
        )
        receive, sample = partial(self._do, "file.receive"), partial(self._do, "file.sample")
        writes = not self._desk.workspace.read_only
        ways = button_row(
            card_button("home.receive", tr("action", "Import…"), receive, "main", enabled=writes),
            self._visit_button(),
            card_button("home.sample", tr("first", "Open sample"), sample, "quiet"),
        )
        return PageCard("home.welcome", tr("home", "Nothing here yet"), begin, ways)

    def _visit_button(self) -> QPushButton:
        writes = not self._desk.workspace.read_only
        return card_button("home.new_visit", tr("home", "New visit"), self._new_visit, enabled=writes)

    def _new_visit(self) -> None:
        self.chosen.emit("visit")
        self._do("record.new")

    def _visit(self, visit: VisitNow | None, beside: Sequence[VisitNow]) -> PageCard:
        if visit is None:
            none = tr("home", "No visit is planned. A visit holds the delegation, the programme and its meetings.")
            return PageCard("home.visit", tr("home", "Next visit"), none, button_row(self._visit_button()))
        ahead, now = tr("home", "Next visit {when}", when=visit.when), tr("home", "Visit now, {when}", when=visit.when)
        n, gaps = visit.people, tr("home", ", ").join(visit.gaps)
        others = [(each.id, each.title, dotted(each.dates, each.when)) for each in beside]
        return PageCard(
            "home.visit",
            now if visit.running else ahead,
            CardRow("home.visit.open", visit.title, visit.dates, self._opens(visit.id), mark="calendar"),
            ntr("home", "{n} person in the delegation", "{n} people in the delegation", n) if n else "",
            tr("home", "Still missing: {what}", what=gaps) if gaps else "",
            _to_prepare(visit) if visit.to_do else None,
            *self._rows("home.visit.beside", others, "calendar"),
        )

    def _happenings(self, near: tuple[Happening, ...]) -> list[PageCard]:
        said = [(each.id, each.title, dotted(each.heading, each.note)) for each in near]
        self._near = self._rows("home.now", said, "clock")
        log = None
        if any(each.to_log for each in near):
            do, writes = partial(self._do, "record.meeting"), not self._desk.workspace.read_only
            log = button_row(
                card_button("home.log", tr("home", "Log this meeting"), do, "main", tip="Ctrl+M", enabled=writes)
            )
        return [PageCard("home.now", tr("home", "Now and next"), *self._near, log)] if near else []

    def _month_card(self, month: Month) -> MonthCard:
        card = MonthCard(month)
        card.turned.connect(lambda by: self._turn(month.first, by))
        card.days.opened.connect(self._open_day)
        return card

    def _turn(self, first: date, by: int) -> None:
        self._month = (first + timedelta(31) if by > 0 else first - timedelta(1)).replace(day=1)
        self.refresh()

    def _open_day(self, day: MonthDay) -> None:
        if day.visits and not day.count:
            self.opened.emit(day.visits[0])
        elif day.count:
            self.narrowed.emit(ListView("meeting", conditions=(Condition("when", (f"{day.day}",)),)))

    def _day(self, name: str, day: Day) -> PageCard:
        rows = [(each.id, each.title, dotted(each.hours, each.where)) for each in day.points]
        n = len(day.lacking)
        lacking = ntr("home", "{n} text in one language only", "{n} texts in one language only", n) if n else ""
        before = button_row(*self._before_it(day)) if day.tomorrow else None
        return PageCard(name, dotted(day.title, day.counted), *self._rows(name, rows, "clock"), lacking, before)

    def _rows(self, name: str, said: Sequence[tuple[str, str, str]], mark: str = "") -> list[CardRow]:
        lines = enumerate(said)
        return [CardRow(f"{name}.{at}", title, note, self._opens(id_), mark=mark) for at, (id_, title, note) in lines]

    def _before_it(self, day: Day) -> Iterator[QPushButton]:
        if day.travelled:
            show, tip = partial(self._do, "home.print_tomorrow"), tr("home", "Day sheet")
            yield card_button("home.tomorrow.print", tr("home", "Print pack…"), partial(self._do, "file.tomorrow"))
            yield card_button("home.tomorrow.preview", tr("home", "Preview"), show, tip=tip)
        if day.lacking:
            done = tr("home", "Complete translations")
            yield card_button("home.tomorrow.translate", done, partial(self._do, "home.translate_day", day.date))

    def _needs(self, needs: tuple[Need, ...]) -> PageCard:
        nothing = "" if needs else tr("home", "Nothing is late, nothing is missing.")
        return PageCard("home.needs", tr("home", "Needs attention"), nothing, *starmap(self._need, enumerate(needs)))

    def _need(self, at: int, need: Need) -> Part:
        mark, level = ("warning", "warn") if need.urgent else ("info", "")
        do = partial(self._follow, need)
        shown = CardRow(f"home.need.{at}", need.sentence, need.whose, do, mark=mark, level=level)
        return row(grow(shown), top(self._later(at, need)), gap=theme.GAP) if need.later else shown

    def _later(self, at: int, need: Need) -> QPushButton:
        return card_button(
            f"home.need.{at}.later",
            tr("home", "Later"),
            lambda: self._put_off(need.id),
            "quiet",
            said=f"{tr('home', 'Later')}: {need.sentence}",
            tip=tr("home", "Remind again when it is nearer"),
        )

    def _put_off(self, id_: str) -> None:
        agreements.put_off(self._desk, id_)
        self.refresh()

    def _follow(self, need: Need) -> None:
        if need.command:
            self._do(need.command)
        elif need.id:
            self.opened.emit(need.id)
        elif need.view is not None:
            self.narrowed.emit(need.view)

    def _actions(self, now: Home) -> PageCard:
        ticks = [
            CardCheckBox(
                f"home.action.{at}",
                each.title,
                each.note,
                partial(self._do, "home.tick", each.id),
                do=self._opens(each.id),
                late=each.overdue,
                read_only=self._desk.workspace.read_only,
            )
            for at, each in enumerate(now.actions)
        ]
        more = None
        if now.all_actions > len(now.actions):
            every = tr("home", "All {n}", n=now.all_actions)
            more = button_row(card_button("home.actions.all", every, lambda: self.chosen.emit("action_item"), "quiet"))
        title = tr("home", "My actions") if now.mine else tr("home", "Open actions")
        none = "" if ticks else tr("home", "Nothing to do. Actions are agreed in meetings, or written with Ctrl+J.")
        return PageCard("home.actions", title, none, *ticks, more)

    def _opened_last(self, now: Home) -> PageCard:
        kind = {hit.kind: KINDS[hit.kind].label() for hit in now.recent}
        said = [(hit.id, " ".join((hit.title or kind[hit.kind]).split()), kind[hit.kind]) for hit in now.recent]
        return PageCard("home.recent", tr("action", "Recent"), *self._rows("home.recent", said))

    def _opens(self, id_: str) -> Callable[[], None]:
        return partial(self.opened.emit, id_)


def _ids(clock: Clock) -> list[tuple[str, bool]]:
    return [(each.id, each.to_log) for each in clock.now]


def _to_prepare(visit: VisitNow) -> QLabel:
    said = ntr("home", "{n} thing to prepare", "{n} things to prepare", visit.to_do)
    if visit.late:
        late = ntr("home", "{n} of them late", "{n} of them late", visit.late)
        said = tr("home", "{to_prepare}, {late}", to_prepare=said, late=late)
    return sentence(said, "warning" if visit.late else "second")
