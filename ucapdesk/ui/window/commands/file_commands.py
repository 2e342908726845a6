"""The File menu: workspaces, receiving and writing files, printing, settings.

Each received file goes the way of its format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.files import file_formats
from ucapdesk.services.files.file_formats import ENTRIES, PACKAGES, PAPERS, SHEETS, incoming_suffixes, way_of
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.dialogs import ask_folder, ask_where
from ucapdesk.ui.toolkit.widgets import ask
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.command_context import CommandContext, exportable_shown, printable_shown, writable
from ucapdesk.ui.window.sections import HOME, WEEK
from ucapdesk.ui.workspaces.workspace_opening import BACKUP

MAX_ROWS_PRINTED = 2_000


@window_command("file.print", "Preview and print…", "Ctrl+P")
def preview(at: CommandContext) -> None:
    """Preview the paper of what is shown: the record, the selected rows, or else the whole list; on a page its visit."""
    from ucapdesk.services.visits.visit_itinerary import week

    place = "" if at.shown else at.window.section
    if place == HOME and (visits := _running(at) or _running(at, 1)):
        _print_one_of(at, visits)
    elif place == WEEK and at.window.week and (stays := week(at.desk, at.window.week.day).visits):
        _print_one_of(at, [stay.id for stay in stays], "itinerary")
    elif printable_shown(at):
        print_record(at, *(at.chosen() or at.window.list.table.ids()[:MAX_ROWS_PRINTED]))
    else:
        at.window.say(
            tr(
                "window",
                "Nothing here can be printed. Open a visit, a meeting, a UCAP, an MoU or a person, then print.",
            )
        )


@window_command("record.print")
def print_record(at: CommandContext, *ids: str) -> None:
    print_paper(at, ids)


@window_command("home.print_tomorrow")
def preview_tomorrow(at: CommandContext) -> None:
    _print_one_of(at, _running(at, 1), "day_sheet", {"day": f"{today(at.desk.workspace.clock) + timedelta(1)}"})


@window_command("pack.print_again")
def print_again(at: CommandContext, pack: str) -> None:
    from ucapdesk.papers.registry import request_of

    asked = request_of(at.desk, pack)
    names = "languages layout edition page both_sides sections style".split()
    chosen = {name: getattr(asked, name) for name in names}
    print_paper(at, asked.ids, asked.document, {**chosen, **asked.options, "marking": asked.marking or ""})


@window_command("file.tomorrow", "Print tomorrow's pack…")
def print_tomorrow(at: CommandContext) -> None:
    if visits := _running(at, 1):
        _print_one_of(at, visits)
    else:
        at.window.say(tr("window", "No visit takes place tomorrow, so there is no pack to print."))


def _running(at: CommandContext, ahead: int = 0) -> list[str]:
    from ucapdesk.services.meetings import running_visits

    return [visit.id for visit in running_visits(at.desk, f"{today(at.desk.workspace.clock) + timedelta(ahead)}")]


def _print_one_of(
    at: CommandContext, visits: Sequence[str], document: str | None = None, chosen: Mapping[str, object] | None = None
) -> None:
    from ucapdesk.ui.fields.links import pick_one

    visit = next(iter(visits), "")
    if len(visits) > 1:
        names = at.desk.read.titles(visits, language())
        visit = pick_one(KINDS["visit"].label(), {id_: names[id_] for id_ in visits}, at.window, visit)
    if visit:
        print_paper(at, [visit], document, chosen)


def print_paper(
    at: CommandContext, ids: Sequence[str], document: str | None = None, chosen: Mapping[str, object] | None = None
) -> None:
    """Preview a paper, by default the usual one of these records, with some choices made; go to a gap if the user chooses one."""
    from ucapdesk.ui.papers.paper_dialog import PaperDialog

    at.window.record.save_now()
    dialog = PaperDialog(at.desk, ids, at.window, document)
    if chosen:
        dialog.choice.choose(chosen)
        dialog.build()
    dialog.ask()
    if dialog.leads_to is not None:
        id_, field = dialog.leads_to
        shown = at.window.record
        at.window.show_record(shown.place_of(id_))
        if not shown.focus_cell(id_, field):  # its row has no room for it
            at.window.show_record(id_)
            shown.focus_field(field)


window_command("record.print_paper")(lambda at, document: print_paper(at, [at.shown], document))


@window_command("file.export", "Export list…")
def export_list(at: CommandContext) -> None:
    from ucapdesk.ui.lists.list_dialogs import ExportDialog

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
    from ucapdesk.ui.lists.list_dialogs import OutgoingDialog

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


@window_command("file.receive", "Import…", "Ctrl+O", enabled=writable)
def receive(at: CommandContext, dropped: Sequence[Path] = ()) -> None:
    if not dropped:
        endings = " ".join(f"*{ending} *{ending.upper()}" for ending in (*incoming_suffixes(), BACKUP))
        forms = f"{tr('window', 'Files that can be received')} ({endings})"
        names, _ = QFileDialog.getOpenFileNames(at.window, tr("action", "Import…"), "", forms)
        dropped = [Path(name) for name in names]
    receive_files(at, dropped)


def receive_files(at: CommandContext, paths: Sequence[Path]) -> None:
    """Hand all files of a way to its function; an unknown one to that of papers, which explains the error. A backup opens on its own."""
    if backups := [path for path in paths if path.suffix.lower() == BACKUP]:
        at.window.open_other(backups[0])
        return
    for way, files in grouped((way_of(path), path) for path in paths).items():
        RECEIVERS[way](at, files)


def receive_packages(at: CommandContext, paths: list[Path]) -> None:
    at.exchange_work.receive(paths)


def receive_papers(at: CommandContext, paths: list[Path]) -> None:
    from ucapdesk.ui.imports import paper_imports

    paper_imports.import_papers(at.window, paths, at.shown_with_people)


def receive_sheets(at: CommandContext, paths: list[Path]) -> None:
    from ucapdesk.ui.imports.list_imports import import_sheets

    import_sheets(at, paths)


def receive_entries(at: CommandContext, paths: list[Path]) -> None:
    from ucapdesk.ui.imports.list_imports import import_entries

    import_entries(at, paths)


RECEIVERS = {PAPERS: receive_papers, SHEETS: receive_sheets, ENTRIES: receive_entries, PACKAGES: receive_packages}


@window_command("file.copied", "New from clipboard…", enabled=writable)
def take_copied(at: CommandContext) -> None:
    from ucapdesk.services.people.pasted_people import plan_copied
    from ucapdesk.ui.imports.list_imports import offer_plan

    plan = plan_copied(at.desk, QApplication.clipboard().text())
    if plan is None:
        raise UserError(
            "The clipboard holds no people, programme or minutes: no rows of a table, no business card, no signature with an "
            "e-mail address, no days with their hours, no decisions or actions. "
            "Nothing was changed; copy one of them first.",
            code="no-card-copied",
        )
    offer_plan(at, plan)


window_command("file.new", "New workspace…")(lambda at: at.window.open_other(None))
window_command("file.sample", "Open sample")(lambda at: at.window.sample_wanted.emit())
window_command("file.close", "Close window", "Ctrl+W")(lambda at: at.window.close())
window_command("file.quit", "Quit", "Ctrl+Q")(lambda at: at.window.close())


@window_command("file.open", "Open workspace…")
def open_workspace(at: CommandContext) -> None:
    if folder := ask_folder(at.window, tr("action", "Open workspace…")):
        at.window.open_other(folder)


@window_command("sample.throw_away")
def throw_sample_away(at: CommandContext) -> None:
    said = tr(
        "window",
        "The sample and everything you tried in it are removed from this computer. Your own workspaces stay "
        "as they are. The sample can be created again at any time.",
    )
    if ask(at.window, "throw_away", said, [tr("window", "Remove"), tr("window", "Keep it")]) == 0:
        at.window.thrown_away.emit()


@window_command("file.backup", "Save a backup…")
def save_backup(at: CommandContext) -> None:
    from ucapdesk.services.workspaces import maintenance

    window, workspace = at.window, at.desk.workspace
    suggested = f"{workspace.path.name if workspace.protected else workspace.name}.ucapbackup"
    if target := ask_where(window, tr("action", "Save a backup…"), suggested, "UCAPDesk (*.ucapbackup)"):
        window.work.run(
            tr("work", "Writing the backup {file}", file=target.name),
            lambda progress: maintenance.backup(at.desk, target, progress=progress.step),
            lambda _: window.say(tr("window", "The backup {file} was written.", file=target.name)),
        )


@window_command("file.check", "Check the workspace")
def check(at: CommandContext) -> None:
    from ucapdesk.services.workspaces import maintenance

    def checked(report: maintenance.CheckReport) -> None:
        if report.ok:
            at.window.say(maintenance.say_well(report))
            return
        found = tr(
            "work",
            "Problems were found in the workspace. Nothing was changed; keep a backup and show "
            "this to somebody who knows the program:",
        )
        at.window.tell("\n".join([found, "", *(finding.what.say() for finding in report.findings)]))

    at.window.work.run(
        tr("work", "Checking the workspace"),
        lambda progress: maintenance.check(at.desk, progress=progress.step),
        checked,
    )


@window_command("file.settings", "Settings…", "Ctrl+,")
def show_settings(at: CommandContext) -> None:
    from ucapdesk.ui.settings.settings_dialog import SettingsDialog

    SettingsDialog(at.desk, at.window).ask()


@window_command("file.house_style", "House style of papers…")
def show_house_style(at: CommandContext) -> None:
    from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog

    HouseStyleDialog(at.desk, at.window).ask()
