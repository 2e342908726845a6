"""The View menu: language, look, and what is listed."""

from __future__ import annotations

from functools import partial

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, Message
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS, register, window_command
from ucapdesk.ui.window.commands.availability import record_shown
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.commands.go_commands import go_to
from ucapdesk.ui.window.sections import TRASH

register("view.trash", Message("action", "Show Trash"), partial(go_to, TRASH))


@window_command("view.focus", "Record in full width", enabled=record_shown)
def focus_record(at: CommandContext) -> None:
    """Give the record the whole width, or a part of it again."""
    window = at.window
    if window.focused:
        window.focus_list()
    else:
        window.show_focused(True)
        window.record.take_focus()


@window_command("view.reset", "Reset layout")
def reset_layout(at: CommandContext) -> None:
    """Reset window size, panes, and column widths and order."""
    at.window.arrangement.forget()
    at.window.showNormal()
    at.window.arrangement.place(at.window)
    at.window.dress_anew()


def _resize_text(at: CommandContext, step: int) -> None:
    """Enlarge or reduce the text."""
    sizes = settings.TEXT_SIZES
    _use(at, text_size=sizes[min(max(sizes.index(settings.load().text_size) + step, 0), len(sizes) - 1)])


def _use(at: CommandContext, **choice: object) -> None:
    """Change a setting, at once."""
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
