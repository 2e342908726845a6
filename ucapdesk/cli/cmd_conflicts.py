"""Commands about fields that several people changed without knowing of each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import dotted, tr
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import ID, JSON
from ucapdesk.cli.output import Table
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts as questions


@workspace_command()
@JSON
def conflicts(desk: Desk) -> Answer:
    """List fields that several people changed without knowing of each other, with all their values."""
    found = questions.conflicts(desk)
    rows = [
        (
            conflict.id, conflict.field, str(number), dotted(said.said, conflict.told if said.shown else ""),
            said.person, f"{local_time(said.time):%Y-%m-%d %H:%M}",
        )
        for conflict in found
        for number, said in enumerate(conflict.candidates, 1)
    ]  # fmt: skip
    heads = ("id", tr("cli", "Field"), "N", tr("cli", "Value"), tr("cli", "Person"), tr("cli", "Time"))
    return Answer([conflict.to_json() for conflict in found], Table(heads, rows))


def _one_value(said: Mapping[str, Any]) -> None:
    if (said["candidate"] is not None) + (said["value"] is not None) + said["keep_all"] != 1:
        raise click.UsageError(tr("cli", "Give one of --candidate, --value and --all."))


@workspace_command(writes=True, check=_one_value)
@ID
@click.argument("field", metavar="FIELD")
@click.option("--candidate", type=click.IntRange(1), metavar="N", help="The number of the value in “conflicts”.")
@click.option("--value", metavar="V", help="Another value.")
@click.option("--all", "keep_all", is_flag=True, help="Keep all of several files.")
def decide(
    desk: Desk, *, id_: str, field: str, candidate: int | None, value: str | None, keep_all: bool
) -> Answer:  # fmt: skip
    """Choose a value for a FIELD of the record ID that several people changed; a cell such as notes.en, or trash."""
    conflict = questions.conflict(desk, id_, field)
    if candidate is not None:
        questions.choose(desk, conflict, candidate)
    elif keep_all:
        questions.keep_all(desk, conflict)
    else:
        questions.choose_other(desk, conflict, value or "")
    return Answer(text=tr("cli", "Decided. The other values stay in the history."))
