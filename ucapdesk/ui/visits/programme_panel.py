"""The programme of a visit: its days, the items of the selected day with an input line, and the form of one item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Visit
from ucapdesk.model.text.parse.itinerary_pieces import LinePiece
from ucapdesk.model.values import PartialDate
from ucapdesk.services.meetings import meetings
from ucapdesk.services.records import records
from ucapdesk.services.visits import itinerary_entry, visit_itinerary, visits_week
from ucapdesk.services.visits.visit_itinerary import DayProgramme
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.layout_builder import column, grid, grow, row
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.visits import visit_words
from ucapdesk.ui.visits.day_rows import DayRows
from ucapdesk.ui.visits.delay_dialog import DelayBar
from ucapdesk.ui.visits.programme_menus import Buttons, DayPanel
from ucapdesk.ui.visits.quick_entry import QuickEntry
from ucapdesk.ui.visits.visit_days import Days

THREE_PARTS_FROM, TWO_PARTS_FROM = 900, 640
"""Panel widths from which on days, items and form stand side by side, or items and form with the days above them."""
QUARTER = 15
DAYS_BY = {"day before": -1, "day after": 1}
"""Commands that lead to another day."""


class ProgrammePanel(DayPanel):
    """The panel of the itinerary tab."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        name, hint = tr("visit", "Add an item in one line"), tr("visit", "0930 1030 meet the mayor @ city hall")
        entry = QuickEntry("itinerary.entry", name, hint, self._read, parent)
        set_tool_tip(entry.line, tr("visit", "Hours, kind, title; @ place, + person, group A, fixed. Enter adds."))
        rows = DayRows(parent)
        entry.line.take_rows = lambda text: any(sign in text.strip() for sign in "\t\n") and view.take_rows(text)
        super().__init__(view, "itinerary.item", rows, entry, parent)
        self.whole: DayProgramme | None = None
        self.date = ""
        self._find = itinerary_entry.finder(self.desk)
        self.setObjectName("itinerary")
        self.days = Days(self)
        self.days.chosen.connect(self._day_chosen)
        rows.read_only = view.read_only
        rows.dropped.connect(self._dropped)
        rows.dropped_outside.connect(self._dropped_outside)
        self.delay = DelayBar(self)
        self.buttons = Buttons(self, self)
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

    # -- room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self._arrange(2 if width >= theme.px(THREE_PARTS_FROM) else 1 if width >= theme.px(TWO_PARTS_FROM) else 0)

    def _arrange(self, how: int) -> None:
        """Arrange the parts side by side, the days above the two others, or all of them stacked."""
        if how == self._arranged:
            return
        self._arranged = how
        days, middle, form = (
            ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
            ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)),
            ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
        )[how]
        for widget, place in ((self.buttons.days, days), (self._middle, middle), (self.form, form)):
            self._grid.addWidget(widget, *place)
        for at in range(3):
            self._grid.setColumnStretch(at, int(at == middle[1]))
            self._grid.setRowStretch(at, int(at in {middle[0], form[0]}))
        self.buttons.lay_days(beside=how == 2)
        self.put_form(beside=how > 0, below=260)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, visit: Visit) -> None:
        """Read the programme again; the selected day and row stay, also a row whose day is changed in its form."""
        self.whole = visit_itinerary.programme(self.desk, visit.id)
        self._find = itinerary_entry.finder(self.desk)
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
        """Return the day shown last, else today, else the first."""
        kept = self.view.arrangement.of("visit", "day")
        last = kept[1] if isinstance(kept, list) and len(kept) == 2 and kept[0] == self.view.id else ""
        now = today(self.desk.workspace.clock).isoformat()
        return next((date for date in (last, now) if date and date in dates), next(filter(None, dates), dates[0]))

    def _show_day(self) -> None:
        if self.whole is None:
            return
        day = self.day
        title = day.record.title.said(language()) if day.record and day.record.title else ""
        self.heading.setText(dotted(visit_words.day_name(self.date), title))
        self.off.say(self.whole.countries.say_dates(PartialDate(self.date) if self.date else None))
        self.clocks.setText(visit_words.clocks_of(self.whole, self.date))
        self.rows.show_day(day, self.whole)
        self.buttons.refresh()
        self.show_chosen()

    def _day_chosen(self, date: str) -> None:
        if date != self.date:
            self.view.save_now()
            self.show_date(date)
            self.view.arrangement.keep("visit", "day", [self.view.id, self.date])

    def show_date(self, date: str) -> None:
        """Show another day."""
        self.date = date
        self.delay.put_away()
        self.days.mark(date)
        self._show_day()
        self.rows.choose_first()

    @property
    def parts(self) -> Sequence[ItineraryItem]:
        return self.day.points

    def enable(self) -> None:
        self.buttons.enable()

    def name_of(self, id_: str) -> str:
        item = self.day.point(id_)
        when = self.whole.times.get(id_) if self.whole else None
        said = (visit_words.title(item), visit_words.hours(when)[0]) if item else ()
        return " ".join(" ".join(filter(None, said)).split())

    def speak(self, id_: str) -> None:
        item = self.day.point(id_)
        if item is not None and self.whole:
            announce(self.rows, visit_words.spoken(item, self.day, self.whole))

    # -- what a person does -----------------------------------------------------------------------

    def do(self, what: str) -> None:
        if what in DAYS_BY:
            self.days.step(DAYS_BY[what])
        elif what == "delay" and self.current and not self.view.read_only:
            self.delay.open()
        elif what == "meeting" and self.current and not self.view.read_only:
            self._log_meeting()
        else:
            super().do(what)

    def deeds_of(self, id_: str) -> dict[str, Callable[[], object]]:
        desk, date, at = self.desk, self.date, self.rows.ids.index(id_)
        item = self.day.point(id_)
        fixed = item is not None and bool(item.fixed)
        return {
            "up": lambda: visit_itinerary.reorder(desk, id_, max(at - 1, 0), date),
            "down": lambda: visit_itinerary.reorder(desk, id_, at + 1, date),
            "earlier": lambda: visits_week.move(desk, id_, -QUARTER),
            "later": lambda: visits_week.move(desk, id_, QUARTER),
            "split": lambda: visit_itinerary.split(desk, id_),
            "fixed": lambda: records.edit(desk, id_, {"fixed": not fixed}),
        }

    def _log_meeting(self) -> None:
        """Open the meeting of this item, creating it where there is none; this page is then gone."""
        now = local_now(self.desk.workspace.clock)
        meeting = self.view.made(lambda: meetings.from_item(self.desk, self.current, now))
        if meeting is not None:
            self.view.opened.emit(meeting)

    # -- one line ---------------------------------------------------------------------------------

    def _read(self, typed: str, rejected: frozenset[tuple[str, str]]) -> list[LinePiece]:
        return list(itinerary_entry.read_line(self.desk, typed, self._find, rejected, self._days).pieces)

    @property
    def _days(self) -> list[str]:
        whole = self.whole
        return visit_itinerary.typed_days([day.date for day in whole.days if day.date], whole.visit) if whole else []

    def add(self, typed: str) -> None:
        said = itinerary_entry.read_line(self.desk, typed, self._find, self.entry.rejected, self._days)
        if said.day and said.day != self.date:
            self.show_date(said.day)
        self.add_with(lambda: itinerary_entry.add(self.desk, self.view.id or "", self.date, said))

    # -- dragging ---------------------------------------------------------------------------------

    def _dropped(self, id_: str, to: int) -> None:
        if self.rows.ids.index(id_) != to:
            self.attempt(lambda: visit_itinerary.reorder(self.desk, id_, to, self.date), id_)

    def _dropped_outside(self, id_: str, at: QPoint) -> None:
        """Move an item that was dropped on a day to that day."""
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
