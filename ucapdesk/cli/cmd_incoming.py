"""The command that imports files of any type: papers, spreadsheets, business cards, calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.one_line import one_line
from ucapdesk.cli.cmd_sheets import say_left_out, take_in
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import FILES, JSON
from ucapdesk.cli.output import picked
from ucapdesk.services import Desk
from ucapdesk.services.files.accounted_words import say_accounted

if TYPE_CHECKING:
    from ucapdesk.services.files.imports import ImportReport
    from ucapdesk.services.files.incoming_files import Plan

ORDER = ("entries", "papers", "sheets", "packages")
"""In which order the ways of files are taken: people before the lists that may name them, papers before lists."""
MAX_LINE = 200
"""Letters of a proposed value that are printed; ``--json`` has it whole."""


@workspace_command("import", writes=lambda said: not said["dry_run"])
@FILES
@click.option("--dry-run", is_flag=True, help="Only print what would be created.")
@click.option("--kind", metavar="KIND", help="The kind of record of the rows, where the spreadsheet does not name it.")
@click.option("--sheet", metavar="NAME", help="The sheet to read.")
@click.option(
    "--map", "meanings", metavar="HEAD=FIELD", multiple=True,
    help="The field of a column, as in Titel=title.de; nothing after = leaves the column out.",
)  # fmt: skip
@click.option(
    "--visit", metavar="ID",
    help="The visit for cards, a list of people, a calendar or an itinerary; of what has days, by default the visit on them.",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True,
    help="Also import what has the name of a record that exists, or was changed here too.",
)  # fmt: skip
@JSON
def import_(
    desk: Desk, *, files: tuple[Path, ...], dry_run: bool, kind: str | None, sheet: str | None,
    meanings: tuple[str, ...], visit: str | None, everything: bool,
) -> Answer:  # fmt: skip
    """Import UCAP papers, lists (.xlsx, .csv), business cards (.vcf) and calendars (.ics).

    A paper imported again changes nothing; differences are listed. A row of a list with the id of a record changes that
    record; a row without one makes a new record unless one of that name exists. Empty cells change nothing. Of people on
    record only empty fields are filled in.
    """
    from ucapdesk.services.files import file_formats

    told: list[Answer] = []
    refused: list[tuple[str, str]] = []
    as_rows = bool(kind or meanings or sheet)
    for file in sorted(files, key=lambda file: ORDER.index(file_formats.way_of(file))):
        try:
            way = file_formats.way_of(file)
            if way == file_formats.ENTRIES:
                plan = file_formats.plan_of(desk, file, visit)
                told.append(take_plan(desk, plan, everything=everything, dry_run=dry_run))
            elif not (as_rows and way == file_formats.SHEETS) and (reports := _reports(desk, file, visit, dry_run)):
                told += [_answer(report, dry_run) for report in reports]
            else:
                told.append(
                    take_in(desk, file, kind, dry_run=dry_run, sheet=sheet, meanings=meanings, everything=everything)
                )
        except UserError as error:
            if len(files) == 1:
                raise
            refused.append((file.name, error.say()))
    return Answer(
        [*(each.json for each in told), *({"file": file, "refused": said} for file, said in refused)],
        [*(line for each in told for line in each.printed(as_json=False)), *(sentence for _, sentence in refused)],
        failure=click.exceptions.Exit(1) if refused else None,
    )


# -- cards and calendars --------------------------------------------------------------------------


def take_plan(desk: Desk, plan: Plan, *, everything: bool, dry_run: bool) -> Answer:
    """Take in the lines of a plan that are ticked, or all that are possible."""
    from ucapdesk.services.files import incoming_files

    numbers = [line.number for line in plan.lines if line.possible] if everything else plan.ticked
    if not dry_run:
        incoming_files.take(desk, plan, numbers)
    lines = [{**picked(line, "number title what"), "taken": line.number in numbers} for line in plan.lines]
    plain = {**picked(plan, "file kind"), "taken": len(numbers), "lines": lines, "left_out": list(plan.left_out)}
    said = incoming_files.say_taken(plan, len(numbers), tried=dry_run)
    marked = (f"  {'+' if line.number in numbers else '–'} {line.title}: {line.what}" for line in plan.lines)
    return Answer(plain, (said, *marked, *say_left_out(plan.left_out)))


# -- papers and lists -------------------------------------------------------------------------------


def _reports(desk: Desk, file: Path, visit: str | None, dry_run: bool) -> list[ImportReport]:
    """Return the reports of a document, or of the lists in a spreadsheet: none where its columns are all fields of records."""
    from ucapdesk.services.files import file_formats, office_lists, sheets

    if file_formats.way_of(file) != file_formats.SHEETS:
        return office_lists.import_document(desk, file, dry_run=dry_run, visit=visit)
    if not visit and sheets.look_at(desk, file).sure:
        return []
    return office_lists.import_office_lists(desk, file, dry_run=dry_run, visit=visit)


def _answer(report: ImportReport, dry_run: bool) -> Answer:
    plain = {**asdict(report), "records": [{"kind": kind, "id": id_} for kind, id_ in report.records]}
    return Answer(plain, _lines(report, dry_run))


def _lines(report: ImportReport, dry_run: bool) -> Iterator[str]:
    yield report.say()
    for line in report.proposed:
        if not line.under:
            yield f"  {one_line(line.title, MAX_LINE)}: {line.what}"
        elif dry_run or line.what:
            said = f"{line.title.rstrip('.。')} – {line.what}" if line.what else line.title
            yield f"      {one_line(said, MAX_LINE)}"
    for odd in report.oddities:
        yield f"  {one_line(odd['row'], MAX_LINE) or '–'}: {odd['what']} {odd['done']}"
    for text in report.not_placed:
        yield f"  {tr('cli', 'Not placed in any field: {text}', text=text)}"
    if report.accounted:
        yield f"  {say_accounted(report.accounted)}"
