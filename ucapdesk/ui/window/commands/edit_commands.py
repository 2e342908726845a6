"""The Edit menu: undo and redo, finding, the fields being edited; and the columns, views and changes of a whole list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication

from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.services import Undone
from ucapdesk.services.records import history, lists, records
from ucapdesk.services.records.lists import Bulk
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.window.background_jobs import Progress
from ucapdesk.ui.window.command_table import TEXT_COMMANDS, register, window_command
from ucapdesk.ui.window.commands.command_context import CommandContext, form_shown, writable

NAMED = 5


@window_command("edit.undo", "Undo", "Ctrl+Z", enabled=writable)
def undo(at: CommandContext) -> None:
    said = history.next_undo(at.desk, language()) or ""
    _show_step(at, history.undo(at.desk), tr("window", "Undone: {step}", step=said), back="edit.redo")


@window_command("edit.redo", "Redo", "Ctrl+Y Ctrl+Shift+Z", enabled=writable)
def redo(at: CommandContext) -> None:
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
    at.window.offer_undo(said, back)


@window_command("edit.search", "Search or command", "Ctrl+K")
def focus_search(at: CommandContext, words: str = "") -> None:
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


IN_BACKGROUND_FROM = 200


@window_command("view.columns", "Columns…")
def choose_columns(at: CommandContext) -> None:
    from ucapdesk.ui.lists.list_dialogs import ColumnsDialog

    pane = at.window.list
    dialog = ColumnsDialog(pane.table.kind, [column.name for column in pane.table.columns[1:]], at.window)
    dialog.changed.connect(pane.set_columns)
    dialog.ask()


@window_command("view.save", "Save this view…")
def save_view(at: CommandContext) -> None:
    from ucapdesk.ui.lists.filter_chips import Prompt

    view = at.window.list.table.view
    dialog = Prompt(
        tr("view", "Name of the view"),
        tr("view", "Save"),
        lambda name: lists.keep_view(at.desk, name, view),
        text=lists.suggested_view_name(at.desk, view),
        parent=at.window,
    )
    dialog.setWindowTitle(tr("view", "Save this view"))
    if dialog.ask():
        at.window.show_views()
        at.window.say(tr("view", "The view was saved. It stands under the sections."))


@window_command("view.rename")
def rename_view(at: CommandContext, name: str) -> None:
    from ucapdesk.ui.lists.filter_chips import Prompt

    title, rename = tr("view", "New name of the view"), partial(lists.rename_view, at.desk, name)
    Prompt(title, tr("view", "Rename"), rename, text=name, parent=at.window).ask()
    at.window.show_views()


@window_command("view.delete")
def delete_view(at: CommandContext, name: str) -> None:
    gone = lists.delete_view(at.desk, name)
    at.window.show_views()
    if gone is not None:
        said = tr("view", "The view “{name}” was deleted.", name=name)
        at.window.toast.say(said, tr("action", "Undo"), partial(_bring_back, at, gone))


def _bring_back(at: CommandContext, gone: lists.SavedView) -> None:
    lists.keep_view(at.desk, gone.name, gone.view, replace=True)
    at.window.show_views()


@window_command("edit.change_many", "Edit selected…", enabled=writable)
def change_many(at: CommandContext) -> None:
    pane = at.window.list
    ids = pane.selected() or list(filter(None, (at.shown,)))
    if not ids:
        at.window.say(tr("bulk", "Select the records first: Ctrl or Shift and a click, or Ctrl+A."))
        return
    from ucapdesk.ui.lists.list_dialogs import BulkDialog

    dialog = BulkDialog(at.desk, pane.table.kind, ids, at.window)
    if dialog.ask() and dialog.bulk is not None:
        _change(at, ids, dialog.bulk)


def _change(at: CommandContext, ids: list[str], wanted: Bulk) -> None:
    from ucapdesk.services.records import lists

    def done(n: int) -> None:
        at.window.say_done(ntr("bulk", "{n} record was changed.", "{n} records were changed.", n))

    if len(ids) < IN_BACKGROUND_FROM:
        done(lists.change(at.desk, ids, wanted))
        return

    def job(progress: Progress) -> int:
        return lists.change(at.desk, ids, wanted, progress=progress.step)

    at.window.work.write(tr("work", "Changing records"), job, done)
