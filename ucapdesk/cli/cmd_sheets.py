"""Commands about spreadsheets: a list out of the program, and what ``import`` does with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo
from ucapdesk.model.listing import ListView
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records
from ucapdesk.services.workspaces import workspace_service

if TYPE_CHECKING:
    from ucapdesk.services.files.sheets import SheetReport, SheetTable


@click.command()
@in_workspace
@click.argument("kind")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="A .xlsx, .csv, .vcf, .ics or .docx file to write.",
)
@click.option("--find", metavar="TEXT", default="", help="Only those that hold these words.")
@click.option("--id", "ids", metavar="ID", multiple=True, help="Only this record; may be given several times.")
@click.option("--columns", is_flag=True, help="Only the usual columns instead of all fields.")
@click.option("--private", is_flag=True, help="With private numbers (business cards).")
@click.option("--vcard4", is_flag=True, help="Business cards as vCard 4.0 instead of 3.0.")
@JSON
def export(
    *, workspace: Path, passphrase: str | None, kind: str, output: Path, find: str, ids: tuple[str, ...], columns: bool,
    private: bool, vcard4: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the records of a KIND as a spreadsheet; the same sheet can be changed and imported again.

    People also as business cards (.vcf), visits, meetings, people, actions and MoUs as a calendar (.ics), a
    meeting as its agenda or minutes (.docx).
    """
    from ucapdesk.services.files import file_formats, sheets

    records.kind_named(kind)
    suffix = output.suffix.lower()
    forms = [
        form for form in file_formats.outgoing_formats(kind) if form.suffix == suffix and bool(form.version) == vcard4
    ]
    if vcard4 and not forms:
        raise click.UsageError("--vcard4 goes with people and a .vcf file.")
    if suffix in file_formats.suffixes():
        with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
            wanted = list(ids) or lists.ids(desk, ListView(kind, find))
            written = file_formats.write(desk, kind, wanted, output, private=private, form=next(iter(forms), None))
        if as_json:
            data({"file": str(output), "kind": kind, "records": written.n, "left_out": list(written.left_out)})
        else:
            echo(file_formats.say(written, output))
        return
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        n = sheets.export(desk, ListView(kind, find), output, all_fields=not columns, ids=list(ids) or None)
    if as_json:
        data({"file": str(output), "kind": kind, "records": n})
    else:
        echo(ntr("cli", "Wrote {n} record: {file}", "Wrote {n} records: {file}", n, file=output))


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of importing one spreadsheet, as the command line prints it."""

    report: SheetReport

    def plain(self) -> dict[str, Any]:
        """Return the result as JSON."""
        return asdict(self.report)

    def tell(self) -> None:
        """Print the result as text."""
        echo(self.report.say())
        for trouble in self.report.troubles:
            said = tr("cli", "row {row}, {column}: {what}", **asdict(trouble))
            echo(f"  {said}")
        if self.report.unmapped:
            said = tr("cli", "Not imported, because no field matches: {heads}", heads=", ".join(self.report.unmapped))
            echo(f"  {said}")


def take_in(
    desk: Desk, files: Sequence[Path], kind: str | None, *, dry_run: bool, sheet: str | None = None,
    meanings: Sequence[str] = (), everything: bool = False,
) -> list[Taken]:  # fmt: skip
    """Import spreadsheets, each as one step; ``meanings`` are ``HEAD=FIELD``."""
    if not files:
        return []
    from ucapdesk.services.files.sheets import import_sheet

    found = []
    for file in files:
        table = _mapped(desk, file, kind, sheet, meanings) if sheet or meanings else None
        found.append(Taken(import_sheet(desk, file, kind=kind, table=table, twins=everything, dry_run=dry_run)))
    return found


def _mapped(desk: Desk, file: Path, kind: str | None, sheet: str | None, meanings: Sequence[str]) -> SheetTable:
    """Return how to read a file, as the options say."""
    from ucapdesk.services.files.sheets import columns_for, look_at

    table = look_at(desk, file, kind=kind, sheet=sheet)
    if sheet and table.sheet != sheet:
        raise NoSuchSheet(file=file.name, sheet=sheet, sheets=", ".join(table.sheets))
    if not table.kind:
        raise click.UsageError(tr("cli", "Say with --kind what the rows are."))
    known, columns = columns_for(table.kind), dict(table.columns)
    for meaning in meanings:
        head, equals, key = meaning.partition("=")
        place = next((at for at, each in enumerate(table.heads) if each == head.strip()), None)
        if not equals or place is None or (key and key not in known):
            heads, keys = ", ".join(filter(None, table.heads)), ", ".join(known)
            raise NoSuchColumn(said=meaning, heads=heads, keys=keys)
        columns = {at: each for at, each in columns.items() if each != key and at != place}
        columns |= {place: key} if key else {}
    return replace(table, columns=columns)


class NoSuchSheet(UserError):
    """The file has no sheet of that name."""

    sentence = "{file} has no sheet “{sheet}”. Nothing was changed; it has: {sheets}."


class NoSuchColumn(UserError):
    """A mapping names a column or a field that does not exist."""

    sentence = "“{said}” names no column and field. Nothing was changed. Heads: {heads}. Fields: {keys}."
