"""The commands that write files for other programs: spreadsheets of a list, cards, calendars and Word documents."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.files import file_formats
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.file_dialogs import ask_where
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import exportable_shown
from ucapdesk.ui.window.commands.command_context import CommandContext


@window_command("file.export", "Export list…")
def export_list(at: CommandContext) -> None:
    """Export the list as a spreadsheet."""
    from ucapdesk.ui.lists.list_export import ExportDialog

    pane = at.window.list
    chosen = pane.selected()
    dialog = ExportDialog(pane.table.rowCount(), len(chosen), at.window)
    if not dialog.ask():
        return
    all_fields, only_chosen = dialog.all_fields, dialog.only_chosen
    name = f"{pane.table.kind.plural()}.xlsx"
    if target := ask_where(at.window, tr("action", "Export list…"), name, file_formats.sheet_files()):
        export_to(at, target, all_fields=all_fields, ids=chosen if only_chosen else None)


def export_to(at: CommandContext, target: Path, *, all_fields: bool, ids: list[str] | None) -> None:
    """Export as ``export_list`` does, with all choices given."""
    from ucapdesk.services.files import sheets

    view, desk, file = at.window.list.table.view, at.desk, target.name

    def done(n: int) -> None:
        said = ntr("export", "{n} record was written to {file}.", "{n} records were written to {file}.", n, file=file)
        at.window.say(said)

    at.window.work.run(
        tr("work", "Exporting {file}", file=file),
        lambda progress: sheets.export(desk, view, target, all_fields=all_fields, ids=ids, progress=progress.step),
        done,
    )


@window_command("file.outgoing", "Export for other programs…", enabled=exportable_shown)
def save_for_others(at: CommandContext) -> None:
    """Write the shown record, or the selected rows, as a card or a calendar."""
    from ucapdesk.ui.lists.export_form_dialog import OutgoingDialog

    ids = at.chosen()
    kind = kind_of(records.get(at.desk, ids[0])).name
    ids = [record.id for record in at.desk.read.many(ids) if kind_of(record).name == kind]
    title = records.title(at.desk, ids[0])
    of = title if len(ids) == 1 else f"{records.kind_named(kind).plural()}: {len(ids)}"
    dialog = OutgoingDialog(file_formats.outgoing_formats(kind), of, at.window)
    if not dialog.ask():
        return
    form, private = dialog.form, dialog.private
    suggested = "".join(" " if each in '/\\:*?"<>|' else each for each in " ".join(title.split()))[:80].strip()
    asked, name = tr("action", "Export for other programs…"), f"{suggested or 'ucapdesk'}{form.suffix}"
    if target := ask_where(at.window, asked, name, f"UCAPDesk (*{form.suffix})"):
        written = file_formats.write(at.desk, kind, ids, target, private=private, form=form)
        at.window.say(file_formats.say(written, target))
        if written.left_out:
            at.window.toast.say(file_formats.say(written, target))
