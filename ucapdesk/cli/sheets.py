"""Commands about spreadsheets: a list out of the program, and what ``import`` does with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data
from ucapdesk.model.listing import ListView
from ucapdesk.services import Desk, lists, records, workspaces

if TYPE_CHECKING:
    from ucapdesk.services.sheets import SheetReport


@click.command()
@in_workspace
@click.argument("kind")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="A .xlsx, .csv, .vcf or .ics file to write.",
)
@click.option("--find", metavar="TEXT", default="", help="Only those that hold these words.")
@click.option("--id", "ids", metavar="ID", multiple=True, help="Only this record; may be given several times.")
@click.option("--columns", is_flag=True, help="Only the usual columns instead of all fields.")
@click.option("--private", is_flag=True, help="With private numbers (business cards).")
@JSON
def export(
    *, workspace: Path, passphrase: str | None, kind: str, output: Path, find: str, ids: tuple[str, ...], columns: bool,
    private: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the records of a KIND as a spreadsheet; the same sheet can be changed and imported again.

    People also as business cards (.vcf), visits, meetings, people, actions and MoUs as a calendar (.ics).
    """
    from ucapdesk.services import outgoing, sheets

    records.kind_named(kind)
    if output.suffix.lower() in outgoing.suffixes():
        with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
            wanted = list(ids) or lists.ids(desk, ListView(kind, find))
            written = outgoing.write(desk, kind, wanted, output, private=private)
        if as_json:
            data({"file": str(output), "kind": kind, "records": written.n, "left_out": list(written.left_out)})
        else:
            click.echo(outgoing.say(written, output))
        return
    with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        n = sheets.export(desk, ListView(kind, find), output, all_fields=not columns, ids=list(ids) or None)
    if as_json:
        data({"file": str(output), "kind": kind, "records": n})
    else:
        click.echo(ntr("cli", "Wrote {n} record: {file}", "Wrote {n} records: {file}", n, file=output))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one spreadsheet, as the command line tells it."""

    report: SheetReport

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self.report)

    def tell(self) -> None:
        """As text."""
        click.echo(self.report.say())
        for trouble in self.report.troubles:
            said = tr("cli", "row {row}, {column}: {what}", **asdict(trouble))
            click.echo(f"  {said}")
        if self.report.unmapped:
            said = tr("cli", "Left out, since no field is called so: {heads}", heads=", ".join(self.report.unmapped))
            click.echo(f"  {said}")


def take_in(desk: Desk, files: Sequence[Path], kind: str | None, *, dry_run: bool) -> list[Taken]:
    """Take in spreadsheets, each as one step."""
    if not files:
        return []
    from ucapdesk.services.sheets import import_sheet

    return [Taken(import_sheet(desk, file, kind=kind, dry_run=dry_run)) for file in files]


COMMANDS = {"export": export}
