"""Commands about spreadsheets: a list out of the program, and what ``import`` does with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.base.one_line import one_line
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import JSON, output_file
from ucapdesk.model.listing import ListView
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records

if TYPE_CHECKING:
    from ucapdesk.services.files.file_formats import FileFormat
    from ucapdesk.services.files.sheets import SheetReport, SheetTable


def _form(kind: str, output: Path, *, vcard4: bool, **_: object) -> FileFormat | None:
    """Return the format of the file to write, where it is not a spreadsheet. Raises for an unknown kind."""
    from ucapdesk.services.files import file_formats

    records.kind_named(kind)
    forms = (form for form in file_formats.outgoing_formats(kind) if form.suffix == output.suffix.lower())
    form = next((form for form in forms if bool(form.version) == vcard4), None)
    if vcard4 and form is None:
        raise click.UsageError(tr("cli", "--vcard4 goes with people and a .vcf file."))
    return form


@workspace_command(check=lambda said: _form(**said))
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
        form = _form(kind, output, vcard4=vcard4)
        written = file_formats.write(desk, kind, wanted, output, private=private, form=form)
        plain |= {"records": written.n, "left_out": list(written.left_out)}
        return Answer(plain, file_formats.say(written, output))
    n = sheets.export(desk, ListView(kind, find), output, all_fields=not columns, ids=named or None)
    said = ntr("cli", "Wrote {n} record: {file}", "Wrote {n} records: {file}", n, file=output)
    return Answer(plain | {"records": n}, said)


def say_left_out(heads: Sequence[str]) -> Iterator[str]:
    """Yield a line about the columns that are no field, where there are any."""
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
    return Answer(asdict(report), _lines(report, dry_run=dry_run))


def _lines(report: SheetReport, *, dry_run: bool) -> Iterator[str]:
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
    """Return how to read a file, as the options say."""
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
