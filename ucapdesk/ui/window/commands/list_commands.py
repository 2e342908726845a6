"""The commands for a whole list: columns, views, changing many records, spreadsheets."""

from __future__ import annotations

from functools import partial

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.records import views
from ucapdesk.services.records.bulk import Bulk
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import writable
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.jobs.job_runner import Progress

IN_BACKGROUND_FROM = 200
"""Number of records from which on a change runs in the background."""


@window_command("view.columns", "Columns…")
def choose_columns(at: CommandContext) -> None:
    """Choose the columns of the list."""
    from ucapdesk.ui.lists.columns_dialog import ColumnsDialog

    pane = at.window.list
    dialog = ColumnsDialog(pane.table.kind, [column.name for column in pane.table.columns[1:]], at.window)
    dialog.changed.connect(pane.set_columns)
    dialog.ask()


@window_command("view.save", "Save this view…")
def save_view(at: CommandContext) -> None:
    """Save the list with its filter, order and columns under a name."""
    from ucapdesk.ui.lists.list_prompt import Prompt

    view = at.window.list.table.view
    dialog = Prompt(
        tr("view", "Name of the view"),
        tr("view", "Save"),
        lambda name: views.keep(at.desk, name, view),
        text=views.suggested_name(at.desk, view),
        parent=at.window,
    )
    dialog.setWindowTitle(tr("view", "Save this view"))
    if dialog.ask():
        at.window.show_views()
        at.window.say(tr("view", "The view was saved. It stands under the sections."))


@window_command("view.rename")
def rename_view(at: CommandContext, name: str) -> None:
    """Ask for another name of a saved view."""
    from ucapdesk.ui.lists.list_prompt import Prompt

    title, rename = tr("view", "New name of the view"), partial(views.rename, at.desk, name)
    Prompt(title, tr("view", "Rename"), rename, text=name, parent=at.window).ask()
    at.window.show_views()


@window_command("view.delete")
def delete_view(at: CommandContext, name: str) -> None:
    """Delete a saved view; a button brings it back."""
    gone = views.delete(at.desk, name)
    at.window.show_views()
    if gone is not None:
        said = tr("view", "The view “{name}” was deleted.", name=name)
        at.window.toast.say(said, tr("action", "Undo"), partial(_bring_back, at, gone))


def _bring_back(at: CommandContext, gone: views.SavedView) -> None:
    views.keep(at.desk, gone.name, gone.view, replace=True)
    at.window.show_views()


@window_command("edit.change_many", "Edit selected…", enabled=writable)
def change_many(at: CommandContext) -> None:
    """Change one field of the selected records."""
    pane = at.window.list
    ids = pane.selected() or list(filter(None, (at.shown,)))
    if not ids:
        at.window.say(tr("bulk", "Select the records first: Ctrl or Shift and a click, or Ctrl+A."))
        return
    from ucapdesk.ui.lists.bulk_dialog import BulkDialog

    dialog = BulkDialog(at.desk, pane.table.kind, ids, at.window)
    if dialog.ask() and dialog.bulk is not None:
        _change(at, ids, dialog.bulk)


def _change(at: CommandContext, ids: list[str], wanted: Bulk) -> None:
    from ucapdesk.services.records import bulk

    def done(n: int) -> None:
        at.window.say_done(ntr("bulk", "{n} record was changed.", "{n} records were changed.", n))

    if len(ids) < IN_BACKGROUND_FROM:
        done(bulk.change(at.desk, ids, wanted))
        return

    def job(progress: Progress) -> int:
        return bulk.change(at.desk, ids, wanted, progress=progress.step)

    at.window.work.write(tr("work", "Changing records"), job, done)
