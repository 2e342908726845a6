"""The Go menu: to places, to a date, to open decisions, to missing translations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.ui.window.command_table import SECTION_KEYS, register, window_command
from ucapdesk.ui.window.commands.availability import form_shown, record_shown
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.sections import EXCHANGE, HOME, PAGES, WEEK


def go_to(place: str, at: CommandContext) -> None:
    """Show a list or a page and focus it."""
    at.window.enter_section(place)


for _digit, _kind in SECTION_KEYS.items():
    register(f"go.{_kind}", Message("kind", KINDS[_kind].cls.plural), partial(go_to, _kind), f"Ctrl+{_digit}")
register("go.home", Message("section", "Home"), partial(go_to, HOME), "Ctrl+1")
register("go.exchange", Message("section", "Exchange"), partial(go_to, EXCHANGE), "Ctrl+9")
register("file.give", Message("action", "Send changes…"), partial(go_to, EXCHANGE))
register("go.week", Message("action", "Week"), partial(go_to, WEEK))


window_command("go.back", "Back", "Alt+Left", enabled=lambda at: at.window.can_step(-1))(lambda at: at.window.step(-1))
window_command("go.forward", "Forward", "Alt+Right", enabled=lambda at: at.window.can_step(1))(
    lambda at: at.window.step(1)
)
window_command("go.next_pane", "Next pane", "F6")(lambda at: at.window.focus_pane(1))
window_command("go.previous_pane", "Previous pane", "Shift+F6")(lambda at: at.window.focus_pane(-1))


window_command("edit.record", "Go to record", "F2", enabled=form_shown)(lambda at: at.window.enter_record())
window_command("go.review", "Conflicts", "Ctrl+R")(lambda at: at.exchange_work.decide())


@window_command("go.date", "Go to date…", "Ctrl+G")
def go_to_date(at: CommandContext) -> None:
    """Go to the first row from a day on in a list sorted by date. For selected actions: set their due date."""
    from ucapdesk.ui.window.date_box import DateDialog

    due = at.chosen_actions() if at.window.section not in PAGES and at.writable else []
    dialog = DateDialog(today(at.desk.workspace.clock), at.window, due=bool(due))
    if dialog.ask() and dialog.date is not None:
        if due:
            _set_due(at, due, dialog.date)
        else:
            _go_from(at, dialog.date.bounds[0])


def _set_due(at: CommandContext, ids: list[str], due: PartialDate) -> None:
    from ucapdesk.services.meetings import actions

    actions.set_due(at.desk, ids, due)
    at.window.say_done(tr("window", "Due {date}", date=say_date(due, language(), weekday=True)))


def _go_from(at: CommandContext, day: str) -> None:
    if at.window.section == WEEK and at.window.week is not None:
        at.window.week.show_day(date.fromisoformat(day))
        return
    from ucapdesk.ui.window.date_box import row_from

    table = at.window.list.table
    row = row_from(table, at.desk, day)
    if row is None:
        at.window.say(tr("window", "This list is not sorted by a date."))
    elif row < table.rowCount():
        at.window.open_found(table.id_at(row))
    else:
        at.window.say(tr("window", "No record in this list is that late."))


@window_command("home.translate_day")
def translate_day(at: CommandContext, day: str) -> None:
    """Translate the texts of the events on a day that exist in one language only."""
    from ucapdesk.services.home import home_now

    _translate(at, texts=home_now.lacking_on(at.desk, date.fromisoformat(day)))


def _translate(at: CommandContext, about: str = "", texts: Sequence[tuple[str, str, str]] | None = None) -> None:
    """Translate every text that lacks a translation, those of a paper ``about`` a record, or these."""
    from ucapdesk.ui.translations.worklist_dialog import WorklistDialog

    window = at.window
    dialog = WorklistDialog(at.desk, texts, window, about=about)
    dialog.ask()
    if dialog.look_at:
        window.show_record(window.record.place_of(dialog.look_at))


window_command("go.translations", "Texts to translate…")(_translate)
window_command("record.translate", "Translate this record…", enabled=record_shown)(lambda at: _translate(at, at.shown))
