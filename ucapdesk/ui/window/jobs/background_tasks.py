"""The import of papers and lists, which are read in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.files import proposals
from ucapdesk.services.files.imports import batches
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.files.proposals import ReadFiles
from ucapdesk.ui.window.jobs.imported_records import show_imported, take_in
from ucapdesk.ui.window.jobs.job_runner import Progress
from ucapdesk.ui.window.navigation.navigator import NavigableWindow


def import_papers(window: NavigableWindow, paths: Sequence[Path], visit: str | None = None) -> None:
    """Import papers and lists: their proposals are looked at first; what has no known labels is assigned by hand afterwards."""

    def job(progress: Progress) -> ReadFiles:
        return proposals.read_files(window.desk, paths, visit, partial(progress.step, unit="file"))

    title = tr("work", "Reading {file}", file=", ".join(path.name for path in paths))
    window.work.run(title, job, lambda found: _look_at(window, found))


def _look_at(window: NavigableWindow, found: ReadFiles) -> None:
    """Show the proposals, step after step; then what is assigned by hand, and what was refused."""
    if found.refused:
        window.tell("\n".join(sentence for _, sentence in found.refused))
    waiting: list[Callable[[], list[Plan]]] = [
        *(partial(proposals.plan_papers, window.desk, papers) for papers in batches(found.papers)),
        *(partial(_plan_list, window, each) for each in found.lists),
    ]
    _next(window, waiting, found.by_hand)


def offer_lists(window: NavigableWindow, lists: Sequence[proposals.OfficeList]) -> None:
    """Show the proposals of lists one after the other: the second knows the people that the first brought."""
    _next(window, [partial(_plan_list, window, each) for each in lists], ())


def _plan_list(window: NavigableWindow, found: proposals.OfficeList) -> list[Plan]:
    return [proposals.plan_list(window.desk, found)]


def _next(window: NavigableWindow, waiting: list[Callable[[], list[Plan]]], by_hand: Sequence[Path]) -> None:
    if not waiting:
        _by_hand(window, by_hand)
        return
    plan, *others = waiting
    window.work.run(
        tr("work", "Reading {file}", file="…"),
        lambda _: plan(),
        lambda plans: _offer(window, plans, lambda: _next(window, others, by_hand)),
    )


def _offer(window: NavigableWindow, plans: list[Plan], then: Callable[[], None]) -> None:
    """Show the proposals of one step, import what is taken, and go on."""
    from ucapdesk.ui.imports.import_page import ImportPage

    page = ImportPage(plans, window)
    chosen = [(each.plan, each.chosen) for each in page.proposals] if page.ask() else []
    if any(numbers for _, numbers in chosen):
        take_in(window, chosen, _imported, then)
        return
    if not any(line.possible for each in plans for line in each.lines):
        show_imported(window, plans)  # all of it is on record
    then()


def _by_hand(window: NavigableWindow, paths: Sequence[Path]) -> None:
    from ucapdesk.ui.imports.assign_dialog import assign_by_hand
    from ucapdesk.ui.imports.import_report import ImportReportDialog

    reports = assign_by_hand(window.desk, paths, window)
    if not reports:
        return
    ucaps = [id_ for report in reports for kind, id_ in report.records if kind == "ucap"]
    if ucaps:
        window.show_record(ucaps[0])
    ImportReportDialog(window.desk, reports, window).ask()
    if made := sum(report.new for report in reports):
        window.say_done(_imported(made), steps=len(reports))


def _imported(n: int) -> str:
    return ntr("window", "Imported {n} record.", "Imported {n} records.", n)
