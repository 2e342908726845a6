"""Long operations that run in the background: importing papers, writing a backup, checking the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.files import imports
from ucapdesk.services.files.imports import ImportReport
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.window.jobs.job_runner import Progress

if TYPE_CHECKING:
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow


def import_papers(window: NavigableWindow, paths: Sequence[Path]) -> None:
    """Import papers and report what is odd in them; papers without known labels are assigned by hand afterwards."""

    def job(progress: Progress) -> tuple[list[ImportReport], list[Path]]:
        papers, by_hand = imports.read_papers(paths, progress.files)
        with progress.writing():
            return imports.take_in(window.desk, papers, progress=progress.files), by_hand

    title = tr("work", "Importing {file}", file=", ".join(path.name for path in paths))
    window.work.run(title, job, lambda found: _imported(window, *found))


def _imported(window: NavigableWindow, reports: list[ImportReport], by_hand: Sequence[Path]) -> None:
    from ucapdesk.ui.imports.assign_dialog import assign_by_hand
    from ucapdesk.ui.imports.import_report import ImportReportDialog

    reports = reports + assign_by_hand(window.desk, by_hand, window)
    if not reports:
        return
    ucaps = [id_ for report in reports for kind, id_ in report.records if kind == "ucap"]
    if ucaps:
        window.show_record(ucaps[0])
    dialog = ImportReportDialog(window.desk, reports, window)
    dialog.exec()
    dialog.deleteLater()
    if made := sum(report.new for report in reports):
        said = ntr("window", "Imported {n} record.", "Imported {n} records.", made)
        window.say(said)
        window.toast.say(said, tr("action", "Undo"), lambda: window.do("edit.undo"))


def save_backup(window: NavigableWindow, target: Path) -> None:
    """Write everything into one backup file."""
    window.work.run(
        tr("work", "Writing the backup {file}", file=target.name),
        lambda progress: maintenance.backup(window.desk, target, progress=progress.step),
        lambda _: window.say(tr("window", "The backup {file} was written.", file=target.name)),
    )


def check(window: NavigableWindow) -> None:
    """Check the whole workspace and report what was found."""
    window.work.run(
        tr("work", "Checking the workspace"),
        lambda progress: maintenance.check(window.desk, progress=progress.step),
        lambda report: _checked(window, report),
    )


def _checked(window: NavigableWindow, report: maintenance.CheckReport) -> None:
    if report.ok:
        window.say(ntr("cli", "All is well: {n} record.", "All is well: {n} records.", report.counts["records"]))
        return
    told = tr("work", "The workspace is not as it should be. Nothing was changed; keep a backup and show this to somebody who knows the program:")  # fmt: skip
    window.tell("\n".join([told, "", *(finding.what.say() for finding in report.findings)]))
