"""The command for personal data: retention of everybody, and all data of one person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo, table
from ucapdesk.services.workspaces import workspace_service

if TYPE_CHECKING:
    from ucapdesk.services.privacy.personal_data import Kept


@click.command()
@in_workspace
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--due", is_flag=True, help="Only people whose time is over, or soon.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With ID: a .json, .xlsx or .csv file to hand over; without: the list as .xlsx or .csv.",
)
@JSON
def privacy(
    *, workspace: Path, passphrase: str | None, id_: str | None, due: bool, output: Path | None, as_json: bool
) -> None:
    """List who is kept how long; with the ID of a person, everything that is held of that person.

    Nothing is removed by it; "ucapdesk erase" removes a person for good.
    """
    from ucapdesk.services.privacy import personal_data

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        if id_ is None:
            kept = personal_data.retention(desk, due_only=due)
            n = personal_data.write_retention(kept, output) if output is not None else 0
        elif output is not None:
            n = personal_data.write(desk, id_, output)
        else:
            found = personal_data.everything(desk, id_)
    if output is not None:
        said = ntr("cli", "Wrote {n} line: {file}", "Wrote {n} lines: {file}", n, file=output)
        data({"file": str(output), "lines": n}) if as_json else echo(said)
    elif id_ is None:
        _tell_kept(kept, due=due, as_json=as_json)
    else:
        lines = [(each.part, each.record, each.field, each.value) for each in found]
        data([asdict(each) for each in found]) if as_json else table(personal_data.heads(), lines)


def _tell_kept(kept: list[Kept], *, due: bool, as_json: bool) -> None:
    """Print the retention list; a sentence where it is empty."""
    from ucapdesk.services.privacy import personal_data

    rows = [(personal_data.say_state(each), each.name, each.until, each.last, each.consent, each.id) for each in kept]
    if as_json:
        data([each.plain() for each in kept])
    elif rows:
        table(personal_data.retention_heads(), rows)
    else:
        echo(personal_data.say_over(kept) if due else tr("cli", "There is nobody on record."))
