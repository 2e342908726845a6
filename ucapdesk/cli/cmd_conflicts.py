"""Commands that decide between values of several people, and merge duplicate records or mark them as different."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import dotted, tr
from ucapdesk.cli.command import ID, JSON, Answer, workspace_command
from ucapdesk.cli.output import Table
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts as questions
from ucapdesk.services.records import duplicates as sames
from ucapdesk.services.records import records


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
    return _duplicates_found(desk) if find else Answer(text=_merge_or_part(desk, *ids, differ=differ, apart=apart))


def _merge_or_part(desk: Desk, a: str, b: str, *, differ: bool, apart: bool) -> str:
    if differ:
        sames.say_different(desk, a, b)
        return tr("cli", "Marked as not the same.")
    if apart:
        sames.undo_same(desk, a, b)
        return tr("cli", "They are two records again.")
    shown = sames.say_same(desk, a, b)
    title = records.title(desk, shown)
    return tr("cli", "Both are one record now, shown as “{title}” ({id}).", title=title, id=shown)


def _duplicates_found(desk: Desk) -> Answer:
    found = sames.find(desk)
    titles = records.titles(desk, {id_ for each in found for id_ in (each.a, each.b)})
    rows = [
        (each.a, each.b, KINDS[each.kind].label(), titles.get(each.a, ""), titles.get(each.b, ""), sames.reasons(each))
        for each in found
    ]
    heads = (tr("cli", "Kind"), tr("cli", "One"), tr("cli", "The other"), tr("cli", "Why"))
    plain = [{"kind": each.kind, "a": each.a, "b": each.b, "why": list(each.why)} for each in found]
    return Answer(plain, Table(("id", "id", *heads), rows))
