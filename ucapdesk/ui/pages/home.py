"""The first page: what is now, what is next, whose it is to do, what needs somebody. It shows what ``services.home`` tells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, home
from ucapdesk.services.home import Home, Need, VisitNow
from ucapdesk.ui.pages.card_page import CardPage
from ucapdesk.ui.pages.home_parts import Card, Row, Tick, button


class HomePage(CardPage):
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
        super().__init__("home", tr("section", "Home"), parent)
        self._desk, self._recent = desk, recent

    def cards(self) -> tuple[str, list[Card], list[Card]]:
        now = home.page(self._desk, self._recent())
        heading = " · ".join(filter(None, (now.day, now.place)))
        if now.empty:
            return heading, [self._welcome()], []
        left, right = [self._visit(now.visit), *self._days(now)], [self._needs(now.needs)]
        (right if now.days else left).append(self._actions(now))
        return heading, left, right + ([self._opened_last(now)] if now.recent else [])

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
