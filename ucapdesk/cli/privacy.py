"""The command about people's data: who is kept how long, and all that is held of one of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, table
from ucapdesk.services import workspaces


@click.command()
@in_workspace
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--due", is_flag=True, help="Only people whose time is over, or soon.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With ID: a .json, .xlsx or .csv file to hand over.",
)
@JSON
def privacy(
    *, workspace: Path, passphrase: str | None, id_: str | None, due: bool, output: Path | None, as_json: bool
) -> None:
    """List who is kept how long; with the ID of a person, everything that is held of that person.

    Nothing is removed by it; "ucapdesk erase" removes a person for good.
    """
    from ucapdesk.services import personal_data

    if output is not None and id_ is None:
        raise click.UsageError(tr("cli", "Name the person whose data is to be written."))
    with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        if id_ is None:
            kept = personal_data.retention(desk, due_only=due)
        elif output is not None:
            n = personal_data.write(desk, id_, output)
        else:
            found = personal_data.everything(desk, id_)
    if id_ is None:
        rows = [
            (personal_data.say_state(each), each.name, each.until, each.last, each.consent, each.id) for each in kept
        ]
        data([each.plain() for each in kept]) if as_json else table(personal_data.retention_heads(), rows)
    elif output is not None:
        said = ntr("cli", "Wrote {n} line: {file}", "Wrote {n} lines: {file}", n, file=output)
        data({"file": str(output), "lines": n}) if as_json else click.echo(said)
    else:
        lines = [(each.part, each.record, each.field, each.value) for each in found]
        data([asdict(each) for each in found]) if as_json else table(personal_data.heads(), lines)


COMMANDS = {"privacy": privacy}
