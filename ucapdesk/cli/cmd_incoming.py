"""The command that imports files of any type: papers, spreadsheets, business cards, calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.cli.cmd_sheets import Taken, say_left_out, take_in
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import FILE, JSON
from ucapdesk.services import Desk

if TYPE_CHECKING:
    from ucapdesk.services.files.imports import ImportReport
    from ucapdesk.services.files.incoming_files import Plan


@workspace_command("import", writes=lambda said: not said["dry_run"])
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only tell what would be made.")
@click.option("--kind", metavar="KIND", help="What the rows of a spreadsheet are, where it does not say so itself.")
@click.option("--sheet", metavar="NAME", help="The sheet of a spreadsheet to read.")
@click.option(
    "--map", "meanings", metavar="HEAD=FIELD", multiple=True,
    help="What a column of a spreadsheet means, as in Titel=title.de; nothing after = leaves it out.",
)  # fmt: skip
@click.option(
    "--visit", metavar="ID", help="The visit whose programme a calendar becomes; by default the one of its days."
)
@click.option(
    "--all", "everything", is_flag=True, help="Also what may be on record already, because it is called the same."
)
@JSON
def import_(
    desk: Desk, *, files: tuple[Path, ...], dry_run: bool, kind: str | None, sheet: str | None,
    meanings: tuple[str, ...], visit: str | None, everything: bool,
) -> Answer:  # fmt: skip
    """Take in UCAPs at a glance, lists (.xlsx, .csv), business cards (.vcf) and calendars (.ics).

    Taken in again, a paper changes nothing, and what differs from it is listed. A row of a list with the id of a record
    changes that record, one without makes a new one, unless something is called the same; empty cells say nothing.
    People on record are only filled in.
    """
    from ucapdesk.services.files import file_formats

    lists = [file for file in files if file_formats.way_of(file) == file_formats.SHEETS]
    entries = [file for file in files if file_formats.way_of(file) == file_formats.ENTRIES]
    papers = [file for file in files if file not in lists and file not in entries]
    plans = [file_formats.plan_of(desk, file, visit) for file in entries]
    reports, refused = _each_paper(desk, papers, dry_run=dry_run)
    if not kind and not meanings and not sheet:
        office = {file: report for file in lists if (report := _office_list(desk, file, dry_run=dry_run))}
        reports += office.values()
        lists = [file for file in lists if file not in office]
    sheets = take_in(desk, lists, kind, dry_run=dry_run, sheet=sheet, meanings=meanings, everything=everything)
    taken = [take_plan(desk, plan, everything=everything, dry_run=dry_run) for plan in plans]
    told: list[Taken | TakenLines] = [*sheets, *taken]
    refusals = [{"file": file, "refused": sentence} for file, sentence in refused]
    lines = [
        *(line for each in told for line in each.lines()),
        *(line for report in reports for line in _lines(report)),
        *(sentence for _, sentence in refused),
    ]
    return Answer(
        [*(_plain(report) for report in reports), *refusals, *(each.plain() for each in told)], lines,
        failure=click.exceptions.Exit(1) if refused else None,
    )  # fmt: skip


# -- cards and calendars --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenLines:
    """The result of importing one file entry by entry, as the command line prints it."""

    plan: Plan
    numbers: tuple[int, ...]
    tried: bool = False

    def plain(self) -> dict[str, Any]:
        """Return the result as JSON."""
        lines = [
            {"number": line.number, "title": line.title, "what": line.what, "taken": line.number in self.numbers}
            for line in self.plan.lines
        ]
        return {"file": self.plan.file, "kind": self.plan.kind, "taken": len(self.numbers), "lines": lines,
                "left_out": list(self.plan.left_out)}  # fmt: skip

    def lines(self) -> Iterator[str]:
        """Yield the result as text."""
        from ucapdesk.services.files.incoming_files import say_taken

        yield say_taken(self.plan, len(self.numbers), tried=self.tried)
        for line in self.plan.lines:
            mark = "+" if line.number in self.numbers else "–"
            yield f"  {mark} {line.title}: {line.what}"
        yield from say_left_out(self.plan.left_out)


def take_plan(desk: Desk, plan: Plan, *, everything: bool, dry_run: bool) -> TakenLines:
    """Take in the lines of a plan that are ticked, or all that are possible."""
    from ucapdesk.services.files import incoming_files

    numbers = [line.number for line in plan.lines if line.possible] if everything else plan.ticked
    if not dry_run:
        incoming_files.take(desk, plan, numbers)
    return TakenLines(plan, tuple(numbers), dry_run)


# -- papers ---------------------------------------------------------------------------------------


def _office_list(desk: Desk, file: Path, *, dry_run: bool) -> ImportReport | None:
    from ucapdesk.services.files.imports import import_office_list

    return import_office_list(desk, file, dry_run=dry_run)


def _each_paper(desk: Desk, papers: list[Path], *, dry_run: bool) -> tuple[list[ImportReport], list[tuple[str, str]]]:
    """Take in papers, each for itself; return their reports, and names and sentences of those that were refused."""
    from ucapdesk.services.files.imports import import_files

    if len(papers) < 2:
        return (import_files(desk, papers, dry_run=dry_run) if papers else []), []
    reports, refused = [], []
    for paper in papers:
        try:
            reports += import_files(desk, [paper], dry_run=dry_run)
        except UserError as error:
            refused.append((paper.name, error.say()))
    return reports, refused


def _lines(report: ImportReport) -> Iterator[str]:
    yield report.say()
    for odd in report.oddities:
        yield f"  {odd['row'] or '–'}: {odd['what']} {odd['done']}"
    for each in report.differs:
        said = tr("cli", "{kind} {id}, {field}: here {here}, in the paper {file}", **asdict(each))
        yield f"  {said}"
    for text in report.not_placed:
        yield f"  {tr('cli', 'Not placed in any field: {text}', text=text)}"
    if report.words:
        yield f"  {tr('cli', '{n} words, each in a field, an oddity or a label.', n=report.words)}"


def _plain(report: ImportReport) -> dict[str, object]:
    plain = asdict(report)
    plain["records"] = [{"kind": kind, "id": id_} for kind, id_ in plain["records"]]
    return dict(plain)
