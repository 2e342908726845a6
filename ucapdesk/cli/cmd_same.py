"""The command that merges duplicate records, or marks them as different."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ucapdesk.base.i18n import tr
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import JSON
from ucapdesk.cli.output import Table
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.records import duplicates as sames
from ucapdesk.services.records import records


def _two_or_find(said: Mapping[str, Any]) -> None:
    ids = said["ids"]
    if said["find"] == bool(ids) or len(ids) not in (0, 2) or (said["differ"] and said["apart"]):
        raise click.UsageError(tr("cli", "Name two records, or ask with --find."))


@workspace_command(writes=lambda said: not said["find"], check=_two_or_find)
@click.argument("ids", nargs=-1, metavar="[A B]")
@click.option("--not", "differ", is_flag=True, help="They are different; do not suggest them again.")
@click.option("--apart", is_flag=True, help="Undo the merge, without saying that they are different.")
@click.option("--find", is_flag=True, help="List possible duplicates, and why.")
@JSON
def same(desk: Desk, *, ids: tuple[str, ...], differ: bool, apart: bool, find: bool) -> Answer:
    """Merge the records A and B: both stay as they are and are read as one from then on."""
    return _found(desk) if find else Answer(text=_said(desk, *ids, differ=differ, apart=apart))


def _said(desk: Desk, a: str, b: str, *, differ: bool, apart: bool) -> str:
    if differ:
        sames.say_different(desk, a, b)
        return tr("cli", "Marked as not the same.")
    if apart:
        sames.undo_same(desk, a, b)
        return tr("cli", "They are two records again.")
    shown = sames.say_same(desk, a, b)
    title = records.title(desk, shown)
    return tr("cli", "Both are one record now, shown as “{title}” ({id}).", title=title, id=shown)


def _found(desk: Desk) -> Answer:
    found = sames.find(desk)
    titles = records.titles(desk, {id_ for each in found for id_ in (each.a, each.b)})
    rows = [
        (each.a, each.b, KINDS[each.kind].label(), titles.get(each.a, ""), titles.get(each.b, ""), sames.reasons(each))
        for each in found
    ]
    heads = (tr("cli", "Kind"), tr("cli", "One"), tr("cli", "The other"), tr("cli", "Why"))
    plain = [{"kind": each.kind, "a": each.a, "b": each.b, "why": list(each.why)} for each in found]
    return Answer(plain, Table(("id", "id", *heads), rows))
