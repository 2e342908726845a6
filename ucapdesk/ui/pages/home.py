"""The first page: what is now, what is next, whose it is to do, what needs somebody. It shows what ``services.home`` tells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, home
from ucapdesk.services.home import Home, Need, VisitNow
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.growing import let_grow
from ucapdesk.ui.pages.home_parts import Card, Row, Tick, button, label

TWO_COLUMNS = 720
"""Where the page is at least so wide, cards stand beside each other."""
WIDEST = 1120


class HomePage(QScrollArea):
    """What is now, what is next, what is missing.

    Signals:
        opened(str): a record is to be shown.
        chosen(str): a section is to be shown.
        narrowed(ListView): a list is to be shown, narrowed.
        ticked(str): an action is done.
        wanted(str): a command of the menus is to be given.
    """

    opened = Signal(str)
    chosen = Signal(str)
    narrowed = Signal(object)
    ticked = Signal(str)
    wanted = Signal(str)

    def __init__(self, desk: Desk, recent: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        """``recent``: the records opened last."""
        super().__init__(parent)
        self.setObjectName("home")
        self.setAccessibleName(tr("section", "Home"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk, self._recent = desk, recent
        self._left, self._right = list[Card](), list[Card]()
        self._beside: list[QVBoxLayout] = []
        self._across = 0

    # -- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how things stand; the keys stay where they are."""
        focus, at = self._focused(), self.verticalScrollBar().value()
        page, inner = QWidget(), QWidget()
        page.setObjectName("page")
        inner.setMaximumWidth(theme.px(WIDEST))
        across = QHBoxLayout(page)
        across.setContentsMargins(theme.GROUPS, theme.MARGIN, theme.GROUPS, theme.GROUPS)
        across.addWidget(inner, 1)
        across.addStretch()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MARGIN)
        self._fill(home.page(self._desk, self._recent()), column)
        column.addStretch(1)
        old = self.takeWidget()
        self.setWidget(page)
        let_grow(page)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.verticalScrollBar().setValue(at)
        if focus is not None:
            (page.findChild(QWidget, focus) or self._first() or self).setFocus()

    def _focused(self) -> str | None:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.isAncestorOf(focus) else None

    def _first(self) -> QWidget | None:
        """The first thing on the page that takes the keys."""
        page = self.widget()
        found = page.findChildren(QPushButton) if page is not None else []
        return next((each for each in found if each.isEnabled()), None)

    def take_focus(self) -> None:
        """Put the keys on the first thing that can be opened."""
        first = self._first()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, now: Home, column: QVBoxLayout) -> None:
        column.addWidget(label(" · ".join(filter(None, (now.day, now.place))), "big"))
        self._left, self._right, self._across = list[Card](), list[Card](), 0
        if now.empty:
            self._left = [self._welcome()]
        else:
            self._left, self._right = [self._visit(now.visit), *self._days(now)], [self._needs(now.needs)]
            (self._right if now.days else self._left).append(self._actions(now))
            self._right += [self._opened_last(now)] if now.recent else []
        self._columns = QHBoxLayout()
        self._columns.setSpacing(theme.MARGIN)
        self._beside = [QVBoxLayout(), QVBoxLayout()]
        for each in self._beside:
            each.setSpacing(theme.MARGIN)
            self._columns.addLayout(each, 1)
        column.addLayout(self._columns)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns of cards where there is room, else one below the other."""
        across = 2 if self._right and self.viewport().width() >= theme.px(TWO_COLUMNS) else 1
        if across == self._across:
            return
        self._across = across
        for layout in self._beside:
            while layout.count():
                layout.takeAt(0)
        for card in self._left:
            self._beside[0].addWidget(card)
        for card in self._right:
            self._beside[across - 1].addWidget(card)
        for layout in self._beside:
            layout.addStretch(1)
        for at in range(2):
            self._columns.setStretch(at, int(at < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside:
            self._arrange()

    # -- cards ------------------------------------------------------------------------------------

    def _welcome(self) -> Card:
        """Nothing is there yet: where one can begin."""
        card = Card("home.welcome", tr("home", "Nothing here yet"))
        card.say(
            tr(
                "home",
                "Begin with what you have: take in a UCAP document, or plan a visit. Everything saves itself, and every "
                "step can be undone.",
            )
        )
        writes = not self._desk.workspace.read_only
        receive = button(
            "home.receive", tr("action", "Receive a file…"), lambda: self.wanted.emit("file.receive"), "main"
        )
        visit = button("home.new_visit", tr("home", "New visit"), self._new_visit)
        for each in (receive, visit):
            each.setEnabled(writes)
        look = button("home.sample", tr("first", "Open the sample"), lambda: self.wanted.emit("file.sample"), "quiet")
        card.add_buttons(receive, visit, look)
        return card

    def _new_visit(self) -> None:
        self.chosen.emit("visit")
        self.wanted.emit("record.new")

    def _visit(self, visit: VisitNow | None) -> Card:
        if visit is None:
            card = Card("home.visit", tr("home", "Next visit"))
            card.say(tr("home", "No visit is planned. A visit holds the delegation, the programme and its meetings."))
            plan = button("home.new_visit", tr("home", "New visit"), self._new_visit)
            plan.setEnabled(not self._desk.workspace.read_only)
            card.add_buttons(plan)
            return card
        title = (
            tr("home", "Visit now, {when}", when=visit.when)
            if visit.running
            else tr("home", "Next visit {when}", when=visit.when)
        )
        card = Card("home.visit", title)
        card.add(self._leading(Row("home.visit.open", visit.title, visit.dates, mark="calendar"), visit.id))
        if visit.people:
            card.say(ntr("home", "{n} person in the delegation", "{n} people in the delegation", visit.people))
        if visit.gaps:
            card.say(tr("home", "Still missing: {what}", what=tr("home", ", ").join(visit.gaps)))
        return card

    def _days(self, now: Home) -> list[Card]:
        cards = []
        for n, day in enumerate(now.days):
            card = Card(f"home.day.{n}", day.title)
            for at, point in enumerate(day.points):
                note = " · ".join(filter(None, (point.hours, point.where)))
                card.add(self._leading(Row(f"home.day.{n}.{at}", point.title, note, mark="clock"), point.id))
            cards.append(card)
        return cards

    def _needs(self, needs: tuple[Need, ...]) -> Card:
        card = Card("home.needs", tr("home", "Needs you"))
        if not needs:
            card.say(tr("home", "Nothing is late, nothing is missing."))
        for at, need in enumerate(needs):
            row = Row(
                f"home.need.{at}",
                need.sentence,
                mark="warning" if need.urgent else "info",
                level="warn" if need.urgent else "",
            )
            row.clicked.connect(lambda _=False, need=need: self._follow(need))
            card.add(row)
        return card

    def _follow(self, need: Need) -> None:
        if need.command:
            self.wanted.emit(need.command)
        elif need.id:
            self.opened.emit(need.id)
        elif need.view is not None:
            self.narrowed.emit(need.view)

    def _actions(self, now: Home) -> Card:
        card = Card("home.actions", tr("home", "My actions") if now.mine else tr("home", "Open actions"))
        if not now.actions:
            card.say(tr("home", "Nothing to do. Actions are agreed in meetings, or written with Ctrl+J."))
        for at, action in enumerate(now.actions):
            done = tr("home", "Done: {title}", title=action.title)
            tick = Tick(
                f"home.action.{at}",
                action.title,
                action.due,
                done,
                lambda id_=action.id: self.ticked.emit(id_),  # type: ignore[misc]
                late=action.overdue,
            )
            tick.box.setEnabled(not self._desk.workspace.read_only)
            self._leading(tick.row, action.id)
            card.add(tick)
        if now.all_actions > len(now.actions):
            every = tr("home", "All {n}", n=now.all_actions)
            card.add_buttons(button("home.actions.all", every, lambda: self.chosen.emit("action_item"), "quiet"))
        return card

    def _opened_last(self, now: Home) -> Card:
        card = Card("home.recent", tr("action", "Opened last"))
        for at, hit in enumerate(now.recent):
            kind = KINDS[hit.kind].label()
            title = " ".join((hit.title or kind).split())
            card.add(self._leading(Row(f"home.recent.{at}", title, kind), hit.id))
        return card

    def _leading(self, row: Row, id_: str) -> Row:
        row.clicked.connect(lambda _=False: self.opened.emit(id_))
        return row
