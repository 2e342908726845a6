"""Commands that import and export files: papers, spreadsheets, business cards, calendars, and texts for translators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import LANGUAGES, ntr, tr
from ucapdesk.cli.command import FILE, FILES, JSON, Answer, output_file, workspace_command
from ucapdesk.cli.output import Table, picked
from ucapdesk.model.codes import code_label
from ucapdesk.model.listing import ListView
from ucapdesk.services import Desk
from ucapdesk.services.files.incoming_files import say_accounted
from ucapdesk.services.records import lists, records
from ucapdesk.services.translations.translations import WORK_STATES, within, worklist

if TYPE_CHECKING:
    from ucapdesk.services.files.file_formats import FileFormat
    from ucapdesk.services.files.imports import ImportReport
    from ucapdesk.services.files.incoming_files import Plan
    from ucapdesk.services.files.sheets import SheetReport, SheetTable


def _export_form(kind: str, output: Path, *, vcard4: bool, **_: object) -> FileFormat | None:
    """Return the format of the file to write, where it is not a spreadsheet. Raises for an unknown kind."""
    from ucapdesk.services.files import file_formats

    records.kind_named(kind)
    forms = (form for form in file_formats.outgoing_formats(kind) if form.suffix == output.suffix.lower())
    form = next((form for form in forms if bool(form.version) == vcard4), None)
    if vcard4 and form is None:
        raise click.UsageError(tr("cli", "--vcard4 goes with people and a .vcf file."))
    return form


@workspace_command(check=lambda said: _export_form(**said))
@click.argument("kind")
@output_file(required=True, help="The .xlsx, .csv, .vcf, .ics or .docx file to write.")
@click.option("--find", metavar="TEXT", default="", help="Only records that contain these words.")
@click.option("--id", "ids", metavar="ID", multiple=True, help="Only this record; can be repeated.")
@click.option("--columns", is_flag=True, help="Only the usual columns instead of all fields.")
@click.option("--private", is_flag=True, help="Include private numbers (business cards).")
@click.option("--vcard4", is_flag=True, help="Business cards as vCard 4.0 instead of 3.0.")
@JSON
def export(
    desk: Desk, *, kind: str, output: Path, find: str, ids: tuple[str, ...], columns: bool, private: bool, vcard4: bool
) -> Answer:  # fmt: skip
    """Export the records of a KIND as a spreadsheet, which can be changed and imported again.

    People can also become business cards (.vcf), visits, meetings, people, actions and MoUs a calendar (.ics), and a
    meeting its agenda or minutes (.docx).
    """
    from ucapdesk.services.files import file_formats, sheets

    named = sheets.of_kind(desk, records.kind_named(kind), ids)
    plain: dict[str, object] = {"file": str(output), "kind": kind}
    known = file_formats.incoming_format(output)
    if known is None or known.way != file_formats.SHEETS:
        wanted = named or lists.ids(desk, ListView(kind, find))
        form = _export_form(kind, output, vcard4=vcard4)
        written = file_formats.write(desk, kind, wanted, output, private=private, form=form)
        plain |= {"records": written.n, "left_out": list(written.left_out)}
        return Answer(plain, file_formats.say(written, output))
    n = sheets.export(desk, ListView(kind, find), output, all_fields=not columns, ids=named or None)
    said = ntr("cli", "Wrote {n} record: {file}", "Wrote {n} records: {file}", n, file=output)
    return Answer(plain | {"records": n}, said)


def say_left_out(heads: Sequence[str]) -> Iterator[str]:
    if heads:
        said = tr("cli", "Not imported, because no field matches: {heads}", heads=", ".join(heads))
        yield f"  {said}"


def take_in(
    desk: Desk, file: Path, kind: str | None, *, dry_run: bool, sheet: str | None, meanings: Sequence[str], everything: bool
) -> Answer:  # fmt: skip
    """Import a spreadsheet as one step; ``meanings`` are ``HEAD=FIELD``."""
    from ucapdesk.services.files.sheets import import_sheet

    table = _mapped(desk, file, kind, sheet, meanings) if sheet or meanings else None
    report = import_sheet(desk, file, kind=kind, table=table, doubtful=everything, dry_run=dry_run)
    return Answer(asdict(report), _rows_read(report, dry_run=dry_run))


def _rows_read(report: SheetReport, *, dry_run: bool) -> Iterator[str]:
    yield report.say()
    kind = records.kind_named(report.kind).label()
    for each in report.changes if dry_run else ():
        fields = ", ".join(each.fields)
        what = tr("sheet", "new: {fields}", fields=fields) if each.new else fields
        yield f"  {kind}: {one_line(each.title or each.id)}: {what}"
    for trouble in report.troubles:
        said = tr("cli", "row {row}, {column}: {what}", **asdict(trouble))
        yield f"  {said}"
    yield from say_left_out(report.unmapped)


def _mapped(desk: Desk, file: Path, kind: str | None, sheet: str | None, meanings: Sequence[str]) -> SheetTable:
    from ucapdesk.services.files.sheets import columns_for, look_at

    table = look_at(desk, file, kind=kind, sheet=sheet)
    if sheet and table.sheet.name != sheet:
        raise UserError(
            "{file} has no sheet “{sheet}”. Nothing was changed; it has: {sheets}.",
            code="no-such-sheet",
            file=file.name,
            sheet=sheet,
            sheets=", ".join(table.sheets),
        )
    if not table.kind:
        raise click.UsageError(tr("cli", "Give the kind of the rows with --kind."))
    known = columns_for(table.kind, [meaning.partition("=")[2] for meaning in meanings])
    columns = dict(table.columns)
    for meaning in meanings:
        head, equals, key = meaning.partition("=")
        place = next((at for at, each in enumerate(table.heads) if each == head.strip()), None)
        if not equals or place is None or (key and key not in known):
            heads, keys = ", ".join(filter(None, table.heads)), ", ".join(known)
            raise UserError(
                "“{said}” does not name a column and a field. Nothing was changed. Columns: {heads}. Fields: {keys}.",
                code="no-such-column",
                said=meaning,
                heads=heads,
                keys=keys,
            )
        columns = {at: each for at, each in columns.items() if each != key and at != place}
        columns |= {place: key} if key else {}
    return replace(table, columns=columns)


# In which order the ways of files are taken: people before the lists that may name them, papers before lists.
ORDER = ("entries", "papers", "sheets", "packages")
MAX_LINE = 200  # Letters of a proposed value that are printed; ``--json`` has it whole


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
    from ucapdesk.services.files import file_formats, imports, sheets

    if file_formats.way_of(file) != file_formats.SHEETS:
        return imports.import_document(desk, file, dry_run=dry_run, visit=visit)
    if not visit and sheets.look_at(desk, file).sure:
        return []
    return imports.import_office_lists(desk, file, dry_run=dry_run, visit=visit)


def _answer(report: ImportReport, dry_run: bool) -> Answer:
    plain = {**asdict(report), "records": [{"kind": kind, "id": id_} for kind, id_ in report.records]}
    return Answer(plain, _import_lines(report, dry_run))


def _import_lines(report: ImportReport, dry_run: bool) -> Iterator[str]:
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


@workspace_command(writes=lambda said: said["take"] and not said["dry_run"])
@click.option("--into", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="The missing language.")
@click.option("--from", "source", type=click.Choice(LANGUAGES), help="The language to translate from.")
@click.option("--state", "states", type=click.Choice(WORK_STATES), multiple=True, help="Only these; can be repeated.")
@click.option("--id", "id_", metavar="ID", help="Only texts of a paper about this record.")
@output_file(help="A .xlsx, .csv or .xlf (XLIFF 1.2) file for a translator.")
@click.option("--take", type=FILE, metavar="FILE", help="Import such a file with its translations.")
@click.option("--all", "everything", is_flag=True, help="With --take: also texts whose source has changed since.")
@click.option("--dry-run", is_flag=True, help="With --take: only print what would be imported.")
@JSON
def translations(
    desk: Desk, *, into: str, source: str | None, states: tuple[str, ...], id_: str | None, output: Path | None,
    take: Path | None, everything: bool, dry_run: bool,
) -> Answer:  # fmt: skip
    """List texts without a translation, drafts, and texts whose source has changed; -o writes them for a translator.

    --take imports the translations. They count as reviewed unless an XLIFF file marks them as drafts.
    """
    if take is not None:
        from ucapdesk.services.translations import translation_files

        return take_plan(desk, translation_files.plan_file(desk, take), everything=everything, dry_run=dry_run)
    among = within(desk, id_) if id_ else None
    items = worklist(desk, into, source, among=among, states=states or WORK_STATES)
    if output is not None:
        from ucapdesk.services.translations import translation_files

        n = translation_files.export(items, output)
        said = ntr("cli", "Wrote {n} text: {file}", "Wrote {n} texts: {file}", n, file=output)
        return Answer({"file": str(output), "texts": n}, said)
    heads = (tr("translations", "State"), tr("translations", "Where"), tr("translations", "Record"), tr("cli", "Text"))
    rows = [(code_label("translation_states", item.state), item.where, item.title, item.text) for item in items]
    return Answer([asdict(item) | {"key": item.key} for item in items], Table(heads, rows))
