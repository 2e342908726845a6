"""The command that merges duplicate records, or marks them as different."""

from __future__ import annotations

from pathlib import Path

import click

from ucapdesk.base.i18n import tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo, table
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.records import duplicates as sames
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service


@click.command()
@in_workspace
@click.argument("ids", nargs=-1, metavar="[A B]")
@click.option("--not", "differ", is_flag=True, help="They are not the same, and are not to be offered again.")
@click.option("--apart", is_flag=True, help="Take back that they are the same, and say nothing about them.")
@click.option("--find", is_flag=True, help="List the records that may be the same, and why.")
@JSON
def same(
    *, workspace: Path, passphrase: str | None, ids: tuple[str, ...], differ: bool, apart: bool, find: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Say that the records A and B are the same; both stay as they are and are read as one from then on."""
    if find == bool(ids) or len(ids) not in (0, 2) or (differ and apart):
        raise click.UsageError("Name two records, or ask with --find.")
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=find) as desk:
        if find:
            _list(desk, as_json=as_json)
        else:
            _say(desk, *ids, differ=differ, apart=apart)


def _say(desk: Desk, a: str, b: str, *, differ: bool, apart: bool) -> None:
    if differ:
        sames.say_different(desk, a, b)
        echo(tr("cli", "Said that they are not the same."))
    elif apart:
        sames.separate(desk, a, b)
        echo(tr("cli", "They are two records again."))
    else:
        shown = sames.say_same(desk, a, b)
        title = records.titles(desk, [shown]).get(shown, "")
        echo(tr("cli", "They are one now, shown as “{title}” ({id}).", title=title, id=shown))


def _list(desk: Desk, *, as_json: bool) -> None:
    found = sames.find(desk)
    titles = records.titles(desk, {id_ for each in found for id_ in (each.a, each.b)})
    if as_json:
        data([{"kind": each.kind, "a": each.a, "b": each.b, "why": list(each.why)} for each in found])
        return
    rows = [
        (each.a, each.b, KINDS[each.kind].label(), titles.get(each.a, ""), titles.get(each.b, ""), sames.reasons(each))
        for each in found
    ]
    heads = (tr("cli", "Kind"), tr("cli", "One"), tr("cli", "The other"), tr("cli", "Why"))
    table(("id", "id", *heads), rows)
