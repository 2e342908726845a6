"""The Edit menu: undo and redo, finding, and the fields being edited."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication

from ucapdesk.base.i18n import language, tr
from ucapdesk.services import Undone
from ucapdesk.services.records import history, records
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.window.command_table import TEXT_COMMANDS, register, window_command
from ucapdesk.ui.window.commands.availability import form_shown, writable
from ucapdesk.ui.window.commands.command_context import CommandContext

NAMED = 5
"""Maximum number of records named in a sentence."""


@window_command("edit.undo", "Undo", "Ctrl+Z", enabled=writable)
def undo(at: CommandContext) -> None:
    """Undo the last step and show it."""
    said = history.next_undo(at.desk, language()) or ""
    _show_step(at, history.undo(at.desk), tr("window", "Undone: {step}", step=said), back="edit.redo")


@window_command("edit.redo", "Redo", "Ctrl+Y Ctrl+Shift+Z", enabled=writable)
def redo(at: CommandContext) -> None:
    """Redo the last undone step and show it."""
    said = history.next_redo(at.desk, language()) or ""
    _show_step(at, history.redo(at.desk), tr("window", "Redone: {step}", step=said), back="edit.undo")


def _show_step(at: CommandContext, done: Undone, said: str, *, back: str) -> None:
    """Go to what a step changed and frame it; report it, with the command ``back``, and what was left alone as it had changed since."""
    at.window.show_one_of(done.records)
    at.window.say(said)
    written = done.label[1] if len(done.label) > 1 else {}
    if written.get("id") == at.shown:
        at.light_up(written.get("fields", ()))
    if kept := dict.fromkeys(id_ for id_, _ in done.skipped):
        titles = records.titles(at.desk, list(kept)[:NAMED], language())
        names = [" ".join(titles.get(id_, id_).split()) for id_ in list(kept)[:NAMED]]
        more = [tr("form", "… and {n} more", n=len(kept) - NAMED)] if len(kept) > NAMED else []
        listed = tr("log", ", ").join([*names, *more])
        said += "\n" + tr("window", "Kept, because it was changed since: {titles}", titles=listed)
    at.window.offer_back(said, back)


@window_command("edit.search", "Search or command", "Ctrl+K")
def focus_search(at: CommandContext, words: str = "") -> None:
    """Focus the search, for these words; before anything is typed it lists the records opened last."""
    at.window.search.begin()
    if words:
        at.window.search.setText(words)


@window_command("edit.filter", "Filter this list", "Ctrl+F")
def focus_filter(at: CommandContext) -> None:
    """Focus the filter of the list; on a page without a list the search over everything."""
    if not at.window.list.filter.isVisible():
        at.window.search.begin()
        return
    at.window.list.filter.setFocus()
    at.window.list.filter.selectAll()


window_command("edit.save", "Save now", "Ctrl+S")(lambda _: None)  # every command saves what is typed before it is run


def _edit_text(what: str, _: CommandContext) -> None:
    """Cut, copy, paste or select all in the text box that has the focus."""
    if isinstance(box := QApplication.focusWidget(), LineEdit | TextEdit):
        getattr(box, what)()


for _what, (_title, _) in TEXT_COMMANDS.items():
    register(f"edit.{_what.lower()}", _title, partial(_edit_text, _what))


window_command("edit.other_language", "Same field, other language", "Ctrl+L", enabled=form_shown)(
    lambda at: at.window.record.form.other_language()
)
window_command("edit.text_state", "Translation status…", enabled=form_shown)(
    lambda at: at.window.record.form.open_text_states()
)
window_command("view.pair", "Both languages, first, second", "Ctrl+T", enabled=form_shown)(
    lambda at: at.window.record.form.cycle_languages()
)
