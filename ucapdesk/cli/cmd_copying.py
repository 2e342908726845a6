"""The command that makes a visit or a meeting again on other days."""

from __future__ import annotations

import click

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import ID, JSON
from ucapdesk.model.text.parse.read_dates import type_date
from ucapdesk.services import Desk
from ucapdesk.services.visits import copy_to_date


@workspace_command(writes=True)
@ID
@click.argument("day", metavar="DAY")
@JSON
def copy(desk: Desk, id_: str, day: str) -> Answer:
    """Copy the visit or meeting ID so that it begins on DAY, and print the id of the copy.

    Programme, people, agenda and checklist are copied and move by the same number of days; minutes, actions, attendance
    and results stay with the original.
    """
    try:
        start = type_date(day, today(desk.workspace.clock), language())
    except ValueError:
        raise copy_to_date.NoDayToMoveTo(said=day) from None
    made = copy_to_date.copy_to(desk, id_, start)
    return Answer({"id": made}, made)
