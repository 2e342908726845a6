"""The Go menu: to places, to a date, to open decisions."""

from __future__ import annotations

from datetime import date

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.format import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.sections import PAGES, WEEK

ACTION = "action_item"


class GoCommands(Area):
    """One method for each line of the menu."""

    def back(self) -> None:
        """Go to the previous place."""
        self._window.step(-1)

    def forward(self) -> None:
        """Go to the place from which the user went back."""
        self._window.step(1)

    def go_to(self, section: str) -> None:
        """Show a list and focus it."""
        self._window.enter_section(section)

    def next_pane(self) -> None:
        """Move the focus to the next of sections, list and record."""
        self._window.focus_pane(1)

    def previous_pane(self) -> None:
        """Move the focus to the previous of them."""
        self._window.focus_pane(-1)

    def into_record(self) -> None:
        """Move from the list into the fields of the record shown."""
        self._window.enter_record()

    def go_to_date(self) -> None:
        """Go to the first row from a day on in a list sorted by date. For selected actions: set their due date."""
        from ucapdesk.ui.window.date_box import DateDialog

        due = self._due_of() if self._window.section not in PAGES else []
        dialog = DateDialog(today(self._desk.workspace.clock), self._window, due=bool(due))
        if dialog.exec() and dialog.date is not None:
            if due:
                self._set_due(due, dialog.date)
            else:
                self._go_from(dialog.date.bounds[0])
        dialog.deleteLater()

    def _due_of(self) -> list[str]:
        """Return the actions whose due date would be set."""
        if self._desk.workspace.read_only:
            return []
        chosen = records.several(self._desk, self._chosen())
        return [each.id for each in chosen if kind_of(each).name == ACTION and not each.is_deleted]

    def _set_due(self, ids: list[str], due: PartialDate) -> None:
        from ucapdesk.services.meetings import actions

        actions.set_due(self._desk, ids, due)
        self._tell_done(tr("window", "Due {date}", date=say_date(due, language(), weekday=True)))

    def _go_from(self, day: str) -> None:
        if self._window.section == WEEK and self._window.week is not None:
            self._window.week.show_day(date.fromisoformat(day))
            return
        from ucapdesk.ui.window.date_box import row_from

        table = self._window.list.table
        row = row_from(table, self._desk, day)
        if row is None:
            self._window.say(tr("window", "This list is not sorted by a date."))
        elif row < table.rowCount():
            self._window.open_found(table.id_at(row))
        else:
            self._window.say(tr("window", "Nothing in this list is as late as that."))

    def review(self) -> None:
        """Open the decisions about values that several people wrote at once."""
        self.exchange_work.decide()
