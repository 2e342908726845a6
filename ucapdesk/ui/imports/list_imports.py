"""The import of spreadsheets, cards and calendars: previewed, then written as one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog

from ucapdesk.base.i18n import tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.files import incoming_files, sheets
from ucapdesk.services.files.file_formats import plan_of
from ucapdesk.services.files.imports import OfficeList, read_office_lists
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.files.sheets import SheetReport, SheetTable
from ucapdesk.ui.imports.paper_imports import ImportedRecords, import_plans, offer_lists
from ucapdesk.ui.imports.sheet_dialogs import BACK_TO_COLUMNS, SheetMapping, SheetPreview
from ucapdesk.ui.window.background_jobs import Progress
from ucapdesk.ui.window.commands.command_context import CommandContext

# -- spreadsheets


def import_sheets(at: CommandContext, paths: list[Path]) -> None:
    for path in paths:
        at.window.work.run(
            tr("work", "Reading {file}", file=path.name),
            partial(_look, at, path, at.shown_with_people),
            partial(_looked_at, at, path),
        )


def _look(at: CommandContext, path: Path, owner: str | None, _: Progress) -> tuple[SheetTable, list[OfficeList]]:
    table = sheets.look_at(at.desk, path)
    return table, [] if table.sure and not owner else read_office_lists(at.desk, path, owner, new_visit=True)


def _looked_at(at: CommandContext, path: Path, seen: tuple[SheetTable, list[OfficeList]]) -> None:
    table, lists = seen
    if lists:
        offer_lists(at.window, lists)
    else:
        (_try if table.sure else _map)(at, path, table)


def _map(at: CommandContext, path: Path, table: SheetTable) -> None:

    def look(kind: str, sheet: str) -> SheetTable:
        return sheets.look_at(at.desk, path, kind=kind or None, sheet=sheet or None)

    dialog = SheetMapping(table, look, at.window)
    if dialog.ask():
        _try(at, path, dialog.table)


def _try(at: CommandContext, path: Path, table: SheetTable) -> None:
    def dry_run(progress: Progress) -> SheetReport:
        return sheets.import_sheet(at.desk, path, table=table, dry_run=True, progress=progress.step)

    at.window.work.run(tr("work", "Reading {file}", file=path.name), dry_run, partial(_offer, at, path, table))


def _offer(at: CommandContext, path: Path, table: SheetTable, report: SheetReport) -> None:
    dialog = SheetPreview(report, at.window)
    answer, rows = dialog.exec(), dialog.wanted
    dialog.deleteLater()
    if answer == BACK_TO_COLUMNS:
        _map(at, path, table)
    elif answer == QDialog.DialogCode.Accepted:
        at.window.work.write(
            tr("work", "Importing {file}", file=path.name),
            lambda progress: sheets.import_sheet(at.desk, path, table=table, rows=rows, progress=progress.step),
            partial(_taken, at, ImportedRecords(at.window, report.kind)),
        )


def _taken(at: CommandContext, imported: ImportedRecords, report: SheetReport) -> None:
    at.window.show_section(report.kind)
    imported.tell(report.say())


# -- cards and calendars


def import_entries(at: CommandContext, paths: list[Path]) -> None:
    visit = at.shown if at.record is not None and kind_of(at.record).name == "visit" else None
    for path in paths:

        def plan(_: Progress, path: Path = path) -> Plan:
            return plan_of(at.desk, path, visit)

        at.window.work.run(tr("work", "Reading {file}", file=path.name), plan, partial(offer_plan, at))


def offer_plan(at: CommandContext, plan: Plan) -> None:
    from ucapdesk.ui.imports.import_page import ImportPage

    dialog = ImportPage(plan, at.window)
    if dialog.ask() and (chosen := dialog.chosen):
        import_plans(at.window, [(plan, chosen)], partial(incoming_files.say_taken, plan))
