"""The buttons below the items of a day, and the menu of one item: every key and every drag has a command here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, tr
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button, set_up
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.layout_builder import column, flow
from ucapdesk.ui.toolkit.menu_choice import add_choice, filled, passing_menu
from ucapdesk.ui.visits import visit_words
from ucapdesk.ui.visits.day_rows import DayRows
from ucapdesk.ui.visits.part_panel import PartPanel
from ucapdesk.ui.visits.visit_days import Days
from ucapdesk.ui.window.date_box import DateDialog

COMMANDS = (
    ("open", Message("form", "Open"), "Enter"),
    ("up", Message("form", "Move up"), "Alt+↑"),
    ("down", Message("form", "Move down"), "Alt+↓"),
    ("earlier", Message("visit", "15 minutes earlier"), "Ctrl+↑"),
    ("later", Message("visit", "15 minutes later"), "Ctrl+↓"),
    ("fixed", Message("visit", "Fixed time"), ""),
    ("split", Message("visit", "Split into groups A and B"), ""),
    ("meeting", Message("visit", "Log meeting"), ""),
    ("trash", Message("action", "Move to Trash"), "Del"),
)
"""The commands for one item, with their keys in the list."""


class DayPanel(PartPanel):
    """The panel of a programme as its buttons use it: one day of it is shown, and ``show_date`` shows another."""

    rows: DayRows
    whole: DayProgramme | None
    date: str
    days: Days
    buttons: Buttons
    show_date: Callable[[str], None]

    @property
    def day(self) -> ProgrammeDay:
        """The day shown."""
        return self.whole.day(self.date) if self.whole else ProgrammeDay(self.date)

    def to_day(self, id_: str, date: str) -> None:
        """Move an item to another day and show it there."""
        if self.attempt(lambda: visit_itinerary.move_to_day(self.desk, id_, date)):
            self.show_date(date)
            self.rows.choose(id_)


class Buttons(QWidget):
    """The buttons: delay, copy the day, further item commands, and notes about the day."""

    def __init__(self, panel: DayPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel = panel
        tip = tr("visit", "This item and all later ones of the day")
        self.delay = button("itinerary.delay", tr("visit", "Delay…"), lambda: panel.do("delay"), tip=tip, parent=self)
        self.copy = button("itinerary.copy_day", tr("visit", "Duplicate day…"), parent=self)
        self.item = button("itinerary.item_menu", tr("visit", "Item"), parent=self)
        self.about = button("itinerary.day", tr("visit", "Day details…"), self._about, parent=self)
        new_day = ElidedButton(tr("visit", "Add day…"), parent)
        self.new_day = set_up(new_day, "itinerary.new_day", lambda: self._ask_day(self.add_day))
        self.new_day.setVisible(not panel.view.read_only)
        self.days = QWidget(parent)
        """The list of days, and the button that adds one."""
        self._days = column(panel.days, self.new_day, on=self.days, gap=theme.GAP, margins=0)
        self.copy.setMenu(filled(QMenu(self.copy), lambda menu: self._offer_days(menu, self.copy_to)))
        self.item.setMenu(filled(QMenu(self.item), self._fill_menu))
        flow(self.delay, self.item, self.copy, self.about, on=self)
        panel.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.rows.customContextMenuRequested.connect(self._context)
        self.setVisible(not panel.view.read_only)

    def lay_days(self, *, beside: bool) -> None:
        """Let the days stand below each other at the left of the items, or side by side above them."""
        ways = QBoxLayout.Direction
        self._days.setDirection(ways.TopToBottom if beside else ways.LeftToRight)
        self._panel.days.fit(beside=beside)

    def refresh(self) -> None:
        """Show another day."""
        self.copy.setEnabled(bool(self._panel.day.items) and bool(self._panel.date))
        self.about.setEnabled(bool(self._panel.date))
        self.enable()

    def enable(self) -> None:
        """Enable the buttons that need a selected item."""
        chosen = bool(self._panel.current)
        self.delay.setEnabled(chosen)
        self.item.setEnabled(chosen)

    # -- one point --------------------------------------------------------------------------------

    def _fill_menu(self, menu: QMenu) -> None:
        """Fill a menu with the commands for the selected item."""
        panel = self._panel
        item = panel.day.point(panel.current)
        for what, label, key in COMMANDS if item else ():
            said = f"{label.say()}\t{key}" if key else label.say()
            fixed = bool(item and item.fixed) if what == "fixed" else None
            add_choice(menu, said, partial(panel.do, what), checked=fixed, name=f"itinerary.do.{what}")
            if what == "later":
                inside = menu.addMenu(tr("visit", "To another day"))
                self._offer_days(inside, lambda date: panel.to_day(panel.current, date))

    def _context(self, at: QPoint) -> None:
        if self._panel.rows.itemAt(at) is not None and self._panel.current and self.isVisible():
            menu = passing_menu(self)
            self._fill_menu(menu)
            menu.popup(self._panel.rows.viewport().mapToGlobal(at))

    # -- days -------------------------------------------------------------------------------------

    def _offer_days(self, menu: QMenu, do: Callable[[str], object]) -> None:
        days = [day.date for day in self._panel.whole.days if day.date] if self._panel.whole else []
        for date in days:
            if date != self._panel.date:
                add_choice(menu, visit_words.day_name(date), partial(do, date), name=f"itinerary.to.{date}")
        add_choice(menu, tr("visit", "Add day…"), partial(self._ask_day, do))

    def copy_to(self, date: str) -> None:
        """Copy the items of the day to another one and show it."""
        panel = self._panel
        visit, here = panel.view.id or "", panel.date
        if panel.attempt(lambda: visit_itinerary.copy_day(panel.desk, visit, here, date)):
            panel.show_date(date)
            panel.rows.setFocus()

    def _ask_day(self, do: Callable[[str], object]) -> None:
        dialog = DateDialog(today(self._panel.desk.workspace.clock), self.window())
        if dialog.ask() and dialog.date is not None and dialog.date.precision == "day":
            do(dialog.date.bounds[0])

    def add_day(self, date: str) -> None:
        """Add an empty day."""
        panel = self._panel
        if panel.attempt(lambda: visit_itinerary.day_record(panel.desk, panel.view.id or "", date)):
            panel.show_date(date)
            panel.entry.line.setFocus()

    def _about(self) -> None:
        view, date = self._panel.view, self._panel.date
        day = view.made(lambda: visit_itinerary.day_record(view.desk, view.id or "", date))
        if day is not None:
            view.opened.emit(day)
            view.focus_field("title" if getattr(view.record, "place", None) else "place")  # its clock hangs on the city
