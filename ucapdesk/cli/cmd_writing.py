"""Commands that write; each is one step that can be undone."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

import click

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.cli.command import ASSIGNMENTS, FILES, ID, IDS, JSON, Answer, typed_workspace, workspace_command
from ucapdesk.cli.output import Remark
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.text.person_names import offered_name
from ucapdesk.services import Desk, Undone
from ucapdesk.services.records import history as steps
from ucapdesk.services.records import lists, records
from ucapdesk.services.records.attached_files import files_taken_in
from ucapdesk.services.records.related import must_be_unused
from ucapdesk.services.visits import templates


def _something(said: Mapping[str, Any]) -> None:
    records.kind_named(said["kind"])
    if all(each.endswith("=") for each in said["assignments"]):
        raise click.UsageError(tr("cli", "Give at least one field of the new record, as FIELD=VALUE."))


@workspace_command(writes=True, check=_something)
@click.argument("kind")
@ASSIGNMENTS
@JSON
def add(desk: Desk, *, kind: str, assignments: tuple[str, ...]) -> Answer:
    """Create a record of a KIND and print its id.

    For example title.zh=…, dates=2019-06, visit=<id>, sdgs=7,11, notes.en=@file, logo=@file; "ucapdesk kinds" lists the fields.
    """
    named = records.kind_named(kind)
    taken = files_taken_in(desk, named.name, assignments)
    changes = parse_assignments(named, taken, new=True, local=desk.workspace.protected)
    id_ = records.add(desk, kind, changes)
    offered = list(_offered(desk, id_))
    return Answer({"id": id_}, (id_, *offered), offered)


def _offered(desk: Desk, id_: str) -> Iterator[Remark]:
    """Yield the pinyin of a name known only in Chinese, and how to accept it."""
    name = offered_name(records.get(desk, id_))
    if name is not None:
        parts = " ".join(f"name.{key}={shlex.quote(said)}" for key, said in asdict(name).items() if said)
        command = f"ucapdesk edit {shlex.quote(str(typed_workspace()))} {id_} {parts}"
        yield Remark(tr("cli", "Pinyin of the name: {name}. To take it: {command}", name=str(name), command=command))


def _ids(words: tuple[str, ...]) -> list[str]:
    ids = list(dict.fromkeys(takewhile(lambda word: "=" not in word, words)))
    if not ids:
        raise click.UsageError(tr("cli", "Name the record first, then what is to change."))
    return ids


@workspace_command(writes=True, tells_steps=True, check=lambda said: _ids(**said))
@click.argument("words", nargs=-1, required=True, metavar="ID… FIELD=VALUE…")
def edit(desk: Desk, *, words: tuple[str, ...]) -> Answer:
    """Change fields of the record ID, or of several records of a kind in one step.

    FIELD=VALUE sets a field, FIELD= clears it, FIELD+=VALUE and FIELD-=VALUE add to and remove from a set, FIELD=@FILE reads a file.
    """
    ids = _ids(words)
    assignments = tuple(dropwhile(lambda word: "=" not in word, words))
    found = [records.get(desk, id_) for id_ in ids]
    kinds = {kind_of(record).name: kind_of(record) for record in found}
    changes = {
        name: parse_assignments(kind, files_taken_in(desk, name, assignments), local=desk.workspace.protected)
        for name, kind in kinds.items()
    }
    if len(found) > 1:
        lists.edit_many(desk, {record.id: changes[kind_of(record).name] for record in found})
        return Answer()
    of_one = changes[kind_of(found[0]).name]
    records.edit(desk, ids[0], of_one)
    return Answer(text=_offered(desk, ids[0]) if "name_han" in of_one else ())


@workspace_command(writes=True, tells_steps=True)
@IDS
@click.option("--yes", is_flag=True, help="Also records that others link to.")
def trash(desk: Desk, *, ids: tuple[str, ...], yes: bool) -> Answer:
    """Move records and their parts to the Trash.

    A record that others link to stays, and the command lists them, unless you give --yes.
    """
    if not yes:
        must_be_unused(desk, ids)
    records.trash(desk, *ids)
    return Answer()


@workspace_command(writes=True, tells_steps=True)
@IDS
def untrash(desk: Desk, *, ids: tuple[str, ...]) -> Answer:
    """Restore records and their parts from the Trash."""
    records.untrash(desk, *ids)
    return Answer()


@workspace_command(writes=True, tells_steps=True)
@ID
@FILES
@JSON
def attach(desk: Desk, *, id_: str, files: tuple[Path, ...]) -> Answer:
    """Attach files to the record ID."""
    from ucapdesk.services.records.attached_files import attach as attach_files

    return Answer({"ids": attach_files(desk, id_, files)})


@workspace_command(writes=True)
def undo(desk: Desk) -> Answer:
    """Undo the last step."""
    return _told(desk, "undo", steps.undo(desk))


@workspace_command(writes=True)
def redo(desk: Desk) -> Answer:
    """Redo what was undone, as long as nothing else was written since."""
    return _told(desk, "redo", steps.redo(desk))


def _told(desk: Desk, what: str, done: Undone) -> Answer:
    n = len(done.skipped)
    left = ntr("cli", "{n} field was changed since and is left as it is.",
               "{n} fields were changed since and are left as they are.", n)  # fmt: skip
    said = steps.say(desk, [what, {"of": done.label}])
    return Answer(text=(said, Remark(left)) if n else said)


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
        raise templates.NO_FIRST_DAY_GIVEN(said=day) from None
    made = templates.copy_to(desk, id_, start)
    return Answer({"id": made}, made)
