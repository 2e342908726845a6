"""The command that makes a visit or a meeting again on other days."""

from __future__ import annotations

from pathlib import Path

import click

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo
from ucapdesk.model.wording.read_dates import type_date
from ucapdesk.services import again, workspaces


@click.command()
@in_workspace
@click.argument("id_", metavar="ID")
@click.argument("day", metavar="DAY")
@JSON
def copy(workspace: Path, passphrase: str | None, id_: str, day: str, as_json: bool) -> None:
    """Make the visit or meeting ID again, beginning on DAY, and print the id of the copy.

    Programme, people, agenda and checklist go along and move by the same number of days; minutes, actions, attendance
    and what was reported stay with the first one.
    """
    with workspaces.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        try:
            start = type_date(day, today(desk.workspace.clock), language())
        except ValueError:
            raise again.NoDayToMoveTo(said=day) from None
        made = again.copy_to(desk, id_, start)
    data({"id": made}) if as_json else echo(made)


COMMANDS = {"copy": copy}
