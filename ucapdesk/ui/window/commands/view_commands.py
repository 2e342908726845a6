"""The View and Go menus: language, look and what is listed; to places, to a date, to open decisions, to missing translations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import LANGUAGE_NAMES, Message, language, tr
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import PartialDate
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS, SECTION_KEYS, register, window_command
from ucapdesk.ui.window.commands.command_context import CommandContext, form_shown, record_shown
from ucapdesk.ui.window.sections import EXCHANGE, HOME, PAGES, TRASH, WEEK


def go_to(place: str, at: CommandContext) -> None:
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
    from ucapdesk.ui.window.help_dialogs import DateDialog

    due = at.chosen_actions() if at.window.section not in PAGES and at.writable else []
    dialog = DateDialog(today(at.desk.workspace.clock), at.window, due=bool(due))
    if dialog.ask() and dialog.date is not None:
        if due:
            _set_due(at, due, dialog.date)
        else:
            _go_from(at, dialog.date.bounds[0])


def _set_due(at: CommandContext, ids: list[str], due: PartialDate) -> None:
    from ucapdesk.services import meetings

    meetings.set_due_of_actions(at.desk, ids, due)
    at.window.say_done(tr("window", "Due {date}", date=say_date(due, language(), weekday=True)))


def _go_from(at: CommandContext, day: str) -> None:
    if at.window.section == WEEK and at.window.week is not None:
        at.window.week.show_day(date.fromisoformat(day))
        return
    from ucapdesk.ui.window.help_dialogs import row_from

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
    from ucapdesk.services import home

    _translate(at, texts=home.lacking_on(at.desk, date.fromisoformat(day)))


def _translate(at: CommandContext, about: str = "", texts: Sequence[tuple[str, str, str]] | None = None) -> None:
    from ucapdesk.ui.translation_dialogs import WorklistDialog

    window = at.window
    dialog = WorklistDialog(at.desk, texts, window, about=about)
    dialog.ask()
    if dialog.look_at:
        window.show_record(window.record.place_of(dialog.look_at))


window_command("go.translations", "Texts to translate…")(_translate)
window_command("record.translate", "Translate this record…", enabled=record_shown)(lambda at: _translate(at, at.shown))


register("view.trash", Message("action", "Show Trash"), partial(go_to, TRASH))


@window_command("view.focus", "Record in full width", enabled=record_shown)
def focus_record(at: CommandContext) -> None:
    window = at.window
    if window.focused:
        window.focus_list()
    else:
        window.show_focused(True)
        window.record.take_focus()


@window_command("view.reset", "Reset layout")
def reset_layout(at: CommandContext) -> None:
    at.window.arrangement.forget()
    at.window.showNormal()
    at.window.arrangement.place(at.window)
    at.window.dress_anew()


def _resize_text(at: CommandContext, step: int) -> None:
    sizes = settings.TEXT_SIZES
    _use(at, text_size=sizes[min(max(sizes.index(settings.load().text_size) + step, 0), len(sizes) - 1)])


def _use(at: CommandContext, **choice: object) -> None:
    settings.save(settings.load().with_(**choice))
    at.window.dress_anew()


window_command("view.light", "Light")(partial(_use, theme="light"))
window_command("view.dark", "Dark")(partial(_use, theme="dark"))
window_command("view.system", "Match system")(partial(_use, theme="system"))
window_command("view.normal", "Default text size", "Ctrl+0")(partial(_use, text_size=100))
window_command("view.larger", "Larger text", "Ctrl++ Ctrl+=")(partial(_resize_text, step=1))
window_command("view.smaller", "Smaller text", "Ctrl+-")(partial(_resize_text, step=-1))
for _lang, _name in LANGUAGE_COMMANDS.items():
    _to = partial(_use, interface_language=_lang)
    register(_name, Message(context="language", text=LANGUAGE_NAMES[_lang]), _to)
