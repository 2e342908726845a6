"""The commands that receive files of any type: each file goes the way of its format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.services.files.file_formats import ENTRIES, PACKAGES, PAPERS, SHEETS, incoming_suffixes, way_of
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import writable
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.workspace_opening import BACKUP


@window_command("file.receive", "Import…", "Ctrl+O", enabled=writable)
def receive(at: CommandContext, dropped: Sequence[Path] = ()) -> None:
    """Import files of any type: those dropped on the window, else those the user chooses."""
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
    """Show packages of colleagues, and apply those the user accepts."""
    at.exchange_work.receive(paths)


def receive_papers(at: CommandContext, paths: list[Path]) -> None:
    """Import papers: UCAPs at a glance, and programmes, minutes and lists in documents. Text without known labels is assigned by hand."""
    from ucapdesk.ui.window.jobs import background_tasks

    background_tasks.import_papers(at.window, paths, at.shown_with_people)


def receive_sheets(at: CommandContext, paths: list[Path]) -> None:
    """Import spreadsheets one after the other; the changes of each are previewed first."""
    from ucapdesk.ui.window.commands.receiving import import_sheets

    import_sheets(at, paths)


def receive_entries(at: CommandContext, paths: list[Path]) -> None:
    """Import cards and calendars, one after the other: the entries of each are previewed first."""
    from ucapdesk.ui.window.commands.receiving import import_entries

    import_entries(at, paths)


RECEIVERS = {PAPERS: receive_papers, SHEETS: receive_sheets, ENTRIES: receive_entries, PACKAGES: receive_packages}
"""Way of a format → the function that receives such files."""


@window_command("file.copied", "New from clipboard…", enabled=writable)
def take_copied(at: CommandContext) -> None:
    """Import a business card, or a mail signature, from the clipboard: previewed as a file would be."""
    from ucapdesk.services.people.pasted_people import plan_copied
    from ucapdesk.ui.window.commands.receiving import offer_plan

    plan = plan_copied(at.desk, QApplication.clipboard().text())
    if plan is None:
        raise UserError(
            "The clipboard holds no people, programme or minutes: no rows of a table, no business card, no signature with an "
            "e-mail address, no days with their hours, no decisions or actions. "
            "Nothing was changed; copy one of them first.",
            code="no-card-copied",
        )
    offer_plan(at, plan)
