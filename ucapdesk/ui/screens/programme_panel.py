"""The programme of a visit: its days, the items of the selected day with an input line, and the form of one item.

A bar delays the rest of a day: by how much, with a preview of the effect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QMenu, QWidget

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import Message, dotted, language, tr
from ucapdesk.model.dates.hours import type_minutes
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Visit
from ucapdesk.model.text.typed_lines import LinePiece, Understood
from ucapdesk.model.values import PartialDate
from ucapdesk.services import line_entry, meetings
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay, delay_day, preview_delay, say_delay
from ucapdesk.ui.fields.token_field import EntryLine
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.screens import programme_items
from ucapdesk.ui.screens.part_panel import PartPanel, QuickEntry
from ucapdesk.ui.screens.programme_items import DayRows, Days
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import column, flow, grid, grow, panel, row
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    add_choice,
    announce,
    button,
    filled_on_open,
    label,
    named,
    set_tool_tip,
    set_up,
    temporary_menu,
)
from ucapdesk.ui.window.help_dialogs import DateDialog


class DelayBar(QFrame):
    """One line, a sentence below it, Move and Cancel; it stands in place of the panel's line and buttons.

    Signals:
        closed(): it gives way to them.
    """

    closed = Signal()

    def __init__(self, day: PartPanel) -> None:
        super().__init__(day)
        self._day = day
        self.minutes: int | None = None
        named(self, "itinerary.delay.bar", role="card")
        by = tr("visit", "Move this and all later items of the day by")
        self.line = named(EntryLine(self, self._key), "itinerary.delay.line", by)
        self.line.setPlaceholderText(tr("visit", "1:30 or 45"))
        self.line.setMaximumWidth(theme.px(160))
        self.line.prefer_latin()
        self.line.edited.connect(self._typed)
        self.said = label("", "second", name="itinerary.delay.said", parent=self)
        move = button("itinerary.delay.move", tr("visit", "Move"), self._move, "main")
        foot = panel(flow(move, button("itinerary.delay.cancel", tr("visit", "Cancel"), self._leave)), self)
        column(
            row(grow(label(by, parent=self), 2), grow(self.line), gap=theme.GAP),
            self.said,
            foot,
            on=self,
            gap=theme.GAP,
            margins=(theme.FIELDS, theme.GAP),
        )
        self._fitting = single_shot(self, 0, lambda: day.view.page.ensureWidgetVisible(self))
        self.hide()

    def open(self, date: str) -> None:
        self._date = date
        self.line.clear()
        self._typed()
        self.show()
        self.line.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()
        self._day.rows.setFocus()

    def _typed(self) -> None:
        self.minutes, day = None, self._day
        text, said = self.line.text().strip(), ""
        if text and not self.line.composing:
            try:
                self.minutes = type_minutes(text)
                delay = preview_delay(day.desk, day.current, self.minutes, self._date) if day.current else None
                nothing = tr("visit", "Nothing moves: no time, or a fixed time.")
                said = say_delay(delay, day.name_of) if delay and delay.moved else nothing
            except ValueError:
                said = tr("visit", "Not a length of time yet: 45 for minutes, 1:30 or 130 for hours and minutes.")
        self.said.say(said)
        self.line.setAccessibleDescription(said)
        self._fitting.start()

    def _move(self) -> None:
        day, minutes, id_ = self._day, self.minutes, self._day.current
        if not minutes:
            self.line.setFocus()
        elif day.attempt(lambda: delay_day(day.desk, id_, minutes, self._date), id_):
            self._leave()

    def _key(self, event: QKeyEvent) -> bool:
        key = None if event.modifiers() else event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._move()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True


# Panel widths from which on days, items and form stand side by side, or items and form with the days above them.
THREE_PARTS_FROM, TWO_PARTS_FROM = 900, 640
QUARTER = 15
DAYS_BY = {"day before": -1, "day after": 1}  # commands that lead to another day
# The commands for one item, with their keys in the list; every key and every drag has one.
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


class ProgrammePanel(PartPanel):
    rows: DayRows

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        entry = QuickEntry(
            "itinerary.entry",
            tr("visit", "Add an item in one line"),
            tr("visit", "0930 1030 meet the mayor @ city hall"),
            self._read,
            parent,
        )
        set_tool_tip(entry.line, tr("visit", "Hours, kind, title; @ place, + person, group A, fixed. Enter adds."))
        rows = DayRows(parent)
        entry.line.take_rows = lambda text: any(sign in text.strip() for sign in "\t\n") and view.take_rows(text)
        super().__init__(view, "itinerary.item", rows, entry, parent)
        self.whole: DayProgramme | None = None
        self.date = ""
        self._find = line_entry.record_finder(self.desk)
        self.setObjectName("itinerary")
        self.days = Days(self)
        self.days.chosen.connect(self._day_chosen)
        rows.read_only = view.read_only
        rows.dropped.connect(self._dropped)
        rows.dropped_outside.connect(self._dropped_outside)
        self.delay = DelayBar(self)
        self.delay.closed.connect(self._show_entry)
        self.buttons = self._make_buttons()
        new_day = ElidedButton(tr("visit", "Add day…"), self)
        set_up(new_day, "itinerary.new_day", lambda: self._ask_day(self.add_day)).setHidden(view.read_only)
        self._days_side = QWidget(self)  # the list of days, and the button that adds one
        self._days_column = column(self.days, new_day, on=self._days_side, gap=theme.GAP, margins=0)
        self._middle = self._make_middle()
        self._grid = grid(on=self, across=theme.FIELDS, down=theme.FIELDS, margins=0)
        self._arranged = -1
        self._arrange(0)

    def _make_middle(self) -> QWidget:
        middle = QWidget(self)
        self.heading = label("", "group", parent=middle)
        self.clocks = label("", "caption", name="itinerary.clocks", parent=middle)
        self.clocks.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.off = label(name="itinerary.off", role="hint", parent=middle)
        head = row(grow(self.heading, 3), grow(self.clocks, 2), gap=theme.GAP)
        column(
            head, self.off, grow(self.rows), self.delay, self.entry, self.buttons, on=middle, gap=theme.GAP, margins=0
        )
        return middle

    def _make_buttons(self) -> QWidget:
        self._delay = button(
            "itinerary.delay",
            tr("visit", "Delay…"),
            partial(self.do, "delay"),
            tip=tr("visit", "This item and all later ones of the day"),
        )
        self._item = button("itinerary.item_menu", tr("visit", "Item"))
        self._item.setMenu(filled_on_open(QMenu(self._item), self._fill_menu))
        self._copy = button("itinerary.copy_day", tr("visit", "Duplicate day…"))
        self._copy.setMenu(filled_on_open(QMenu(self._copy), lambda menu: self._offer_days(menu, self.copy_to)))
        self._about = button("itinerary.day", tr("visit", "Day details…"), self._open_day)
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.customContextMenuRequested.connect(self._context)
        made = panel(flow(self._delay, self._item, self._copy, self._about), self)
        made.setVisible(not self.view.read_only)
        return made

    # -- room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self._arrange(2 if width >= theme.px(THREE_PARTS_FROM) else 1 if width >= theme.px(TWO_PARTS_FROM) else 0)

    def _arrange(self, how: int) -> None:
        if how == self._arranged:
            return
        self._arranged = how
        days, middle, form = (
            ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
            ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)),
            ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
        )[how]
        for widget, place in ((self._days_side, days), (self._middle, middle), (self.form, form)):
            self._grid.addWidget(widget, *place)
        for at in range(3):
            self._grid.setColumnStretch(at, int(at == middle[1]))
            self._grid.setRowStretch(at, int(at in {middle[0], form[0]}))
        ways = QBoxLayout.Direction
        self._days_column.setDirection(ways.TopToBottom if how == 2 else ways.LeftToRight)
        self.days.fit(beside=how == 2)
        self.put_form(beside=how > 0, below=260)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, visit: Visit) -> None:
        """Read the programme again; the selected day and row stay, also a row whose day is changed in its form."""
        self.whole = visit_itinerary.programme(self.desk, visit.id)
        self._find = line_entry.record_finder(self.desk)
        dates = [day.date for day in self.whole.days] or [""]
        focus = QApplication.focusWidget()
        written = focus is not None and self.form.isAncestorOf(focus) and not self.day.point(self.form.id)
        moved = self.whole.day_of(self.form.id) if written else None
        if moved is not None:
            self.date = moved.date
        elif self.date not in dates:
            self.date = self._first_day(dates)
        self.days.show_days([self.whole.day(date) for date in dates], self.date)
        self._show_day()

    def _first_day(self, dates: list[str]) -> str:
        kept = self.view.arrangement.of("visit", "day")
        last = kept[1] if isinstance(kept, list) and len(kept) == 2 and kept[0] == self.view.id else ""
        now = today(self.desk.workspace.clock).isoformat()
        return next((date for date in (last, now) if date and date in dates), next(filter(None, dates), dates[0]))

    @property
    def day(self) -> ProgrammeDay:
        return self.whole.day(self.date) if self.whole else ProgrammeDay(self.date)

    def _show_day(self) -> None:
        if self.whole is None:
            return
        day = self.day
        title = day.record.title.said(language()) if day.record and day.record.title else ""
        self.heading.setText(dotted(programme_items.day_name(self.date), title))
        self.off.say(self.whole.countries.say_dates(PartialDate(self.date) if self.date else None))
        self.clocks.setText(programme_items.clocks_of(self.whole, self.date))
        self.rows.show_day(day, self.whole)
        self._copy.setEnabled(bool(day.items) and bool(self.date))
        self._about.setEnabled(bool(self.date))
        self.show_chosen()

    def _day_chosen(self, date: str) -> None:
        if date != self.date:
            self.view.save_now()
            self.show_date(date)
            self.view.arrangement.keep("visit", "day", [self.view.id, self.date])

    def show_date(self, date: str) -> None:
        self.date = date
        self.delay.hide()
        self._show_entry()
        self.days.mark(date)
        self._show_day()
        self.rows.choose_first()

    @property
    def parts(self) -> Sequence[ItineraryItem]:
        return self.day.points

    def enable(self) -> None:
        for each in (self._delay, self._item):
            each.setEnabled(bool(self.current))

    def name_of(self, id_: str) -> str:
        item = self.day.point(id_)
        when = self.whole.times.get(id_) if self.whole else None
        said = (programme_items.item_title(item), programme_items.item_hours(when)[0]) if item else ()
        return " ".join(" ".join(filter(None, said)).split())

    def speak(self, id_: str) -> None:
        item = self.day.point(id_)
        if item is not None and self.whole:
            announce(self.rows, programme_items.item_aloud(item, self.day, self.whole))

    # -- what a person does -----------------------------------------------------------------------

    def do(self, what: str) -> None:
        if what in DAYS_BY:
            self.days.step(DAYS_BY[what])
        elif what == "delay" and self.current and not self.view.read_only:
            for each in (self.entry, self.buttons):
                each.hide()
            self.delay.open(self.date)
        elif what == "meeting" and self.current and not self.view.read_only:
            self._log_meeting()
        else:
            super().do(what)

    def actions_of(self, id_: str) -> dict[str, Callable[[], object]]:
        desk, date, at = self.desk, self.date, self.rows.ids.index(id_)
        item = self.day.point(id_)
        fixed = item is not None and bool(item.fixed)
        return {
            "up": lambda: visit_itinerary.reorder(desk, id_, max(at - 1, 0), date),
            "down": lambda: visit_itinerary.reorder(desk, id_, at + 1, date),
            "earlier": lambda: visit_itinerary.move_entry(desk, id_, -QUARTER),
            "later": lambda: visit_itinerary.move_entry(desk, id_, QUARTER),
            "split": lambda: visit_itinerary.split(desk, id_),
            "fixed": lambda: records.edit(desk, id_, {"fixed": not fixed}),
        }

    def _log_meeting(self) -> None:
        now = local_now(self.desk.workspace.clock)
        meeting = self.view.made(lambda: meetings.from_item(self.desk, self.current, now))
        if meeting is not None:
            self.view.opened.emit(meeting)

    def _show_entry(self) -> None:
        for each in (self.entry, self.buttons):
            each.setVisible(not self.view.read_only)

    def _fill_menu(self, menu: QMenu) -> None:
        item = self.day.point(self.current)
        for what, said, key in COMMANDS if item else ():
            fixed = bool(item and item.fixed) if what == "fixed" else None
            shown = f"{said.say()}\t{key}" if key else said.say()
            add_choice(menu, shown, partial(self.do, what), checked=fixed, name=f"itinerary.do.{what}")
            if what == "later":
                inside = menu.addMenu(tr("visit", "To another day"))
                self._offer_days(inside, lambda date: self.to_day(self.current, date))

    def _context(self, at: QPoint) -> None:
        if self.rows.itemAt(at) is not None and self.current and self.buttons.isVisible():
            menu = temporary_menu(self)
            self._fill_menu(menu)
            menu.popup(self.rows.viewport().mapToGlobal(at))

    # -- days -------------------------------------------------------------------------------------

    def _offer_days(self, menu: QMenu, do: Callable[[str], object]) -> None:
        for day in self.whole.days if self.whole else ():
            if day.date and day.date != self.date:
                add_choice(
                    menu, programme_items.day_name(day.date), partial(do, day.date), name=f"itinerary.to.{day.date}"
                )
        add_choice(menu, tr("visit", "Add day…"), partial(self._ask_day, do))

    def to_day(self, id_: str, date: str) -> None:
        if self.attempt(lambda: visit_itinerary.move_to_day(self.desk, id_, date)):
            self.show_date(date)
            self.rows.choose(id_)

    def copy_to(self, date: str) -> None:
        visit, here = self.view.id or "", self.date
        if self.attempt(lambda: visit_itinerary.copy_day(self.desk, visit, here, date)):
            self.show_date(date)
            self.rows.setFocus()

    def _ask_day(self, do: Callable[[str], object]) -> None:
        dialog = DateDialog(today(self.desk.workspace.clock), self.window())
        if dialog.ask() and dialog.date is not None and dialog.date.precision == "day":
            do(dialog.date.bounds[0])

    def add_day(self, date: str) -> None:
        if self.attempt(lambda: visit_itinerary.day_record(self.desk, self.view.id or "", date)):
            self.show_date(date)
            self.entry.line.setFocus()

    def _open_day(self) -> None:
        view = self.view
        day = view.made(lambda: visit_itinerary.day_record(view.desk, view.id or "", self.date))
        if day is not None:
            view.opened.emit(day)
            view.focus_field("title" if getattr(view.record, "place", None) else "place")  # its clock hangs on the city

    # -- one line ---------------------------------------------------------------------------------

    def _read(self, typed: str, rejected: frozenset[tuple[str, str]]) -> Sequence[LinePiece]:
        return self._understand(typed, rejected).pieces

    def _understand(self, typed: str, rejected: Collection[tuple[str, str]]) -> Understood:
        whole = self.whole
        days = visit_itinerary.typed_days([day.date for day in whole.days if day.date], whole.visit) if whole else []
        return line_entry.read_itinerary_line(self.desk, typed, self._find, rejected, days)

    def add(self, typed: str) -> None:
        said = self._understand(typed, self.entry.rejected)
        if said.day and said.day != self.date:
            self.show_date(said.day)
        self.add_with(lambda: line_entry.add_itinerary_line(self.desk, self.view.id or "", self.date, said))

    # -- dragging ---------------------------------------------------------------------------------

    def _dropped(self, id_: str, to: int) -> None:
        if self.rows.ids.index(id_) != to:
            self.attempt(lambda: visit_itinerary.reorder(self.desk, id_, to, self.date), id_)

    def _dropped_outside(self, id_: str, at: QPoint) -> None:
        date = self.days.date_at(at)
        if date and date != self.date:
            self.to_day(id_, date)

    # -- being pointed at -------------------------------------------------------------------------

    def row_of(self, id_: str) -> QWidget | None:
        """Show the day of an item first."""
        day = self.day if self.day.point(id_) else self.whole.day_of(id_) if self.whole else None
        if day is None:
            return None
        if day.date != self.date:
            self.show_date(day.date)
        return super().row_of(id_)
