"""The command that makes a visit or a meeting again on other days."""

from __future__ import annotations

from pathlib import Path

import click

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo
from ucapdesk.model.text.parse.read_dates import type_date
from ucapdesk.services.visits import copy_to_date
from ucapdesk.services.workspaces import workspace_service


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
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        try:
            start = type_date(day, today(desk.workspace.clock), language())
        except ValueError:
            raise copy_to_date.NoDayToMoveTo(said=day) from None
        made = copy_to_date.copy_to(desk, id_, start)
    data({"id": made}) if as_json else echo(made)
