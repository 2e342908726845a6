"""Commands that write; each is one step that can be undone."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import takewhile
from pathlib import Path

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo
from ucapdesk.model.rules.names import offered_name
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.parse.quick_line import parse_assignments
from ucapdesk.model.values import PersonName
from ucapdesk.services import ChangeSet, Desk, Undone
from ucapdesk.services.records import bulk, records
from ucapdesk.services.records import history as steps
from ucapdesk.services.records.link_usage import must_be_unused
from ucapdesk.services.workspaces import workspace_service

ASSIGNMENTS = click.argument("assignments", nargs=-1, metavar="FIELD=VALUE…")
IDS = click.argument("ids", nargs=-1, required=True, metavar="ID…")


@contextmanager
def writing(workspace: Path, passphrase: str | None, *, quiet: bool = False) -> Iterator[Desk]:
    """Open a workspace for writing; what was done in it is printed at the end."""
    done: list[ChangeSet] = []
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        desk.subscribe(done.append)
        yield desk
        said = [steps.say(desk, step.source) for step in done]
    if not quiet:
        echo("\n".join(said) or tr("cli", "Nothing was to be changed."))


@click.command()
@in_workspace
@click.argument("kind")
@ASSIGNMENTS
@JSON
def add(workspace: Path, passphrase: str | None, kind: str, assignments: tuple[str, ...], as_json: bool) -> None:
    """Make a record of a KIND and print its id.

    For example title.zh=…, starts=2019-06, visit=<id>, sdgs=7,11, minutes.en=@file; "ucapdesk kinds" names the fields.
    """
    named = records.kind_named(kind)
    if all(each.endswith("=") for each in assignments):
        raise click.UsageError(tr("cli", "Say at least one thing of the new record, as FIELD=VALUE."))
    with writing(workspace, passphrase, quiet=True) as desk:
        changes = parse_assignments(named, assignments, new=True, local=desk.workspace.protected)
        id_ = records.add(desk, kind, changes)
        offered = offered_name(records.get(desk, id_))
    if as_json:
        data({"id": id_})
    else:
        echo(id_)
    _say_offered(workspace, id_, offered)


def _say_offered(workspace: Path, id_: str, name: PersonName | None) -> None:
    """Print to stderr the pinyin of a name known only in Chinese, and how to accept it."""
    if name is not None:
        parts = " ".join(f"name.{key}={shlex.quote(said)}" for key, said in asdict(name).items() if said)
        command = f"ucapdesk edit {shlex.quote(str(workspace))} {id_} {parts}"
        said = tr("cli", "Pinyin of the name: {name}. To take it: {command}", name=str(name), command=command)
        echo(said, err=True)


@click.command()
@in_workspace
@click.argument("words", nargs=-1, required=True, metavar="ID… FIELD=VALUE…")
def edit(workspace: Path, passphrase: str | None, words: tuple[str, ...]) -> None:
    """Change fields of the record ID, or of several of a kind in one step.

    FIELD=VALUE sets, FIELD= empties, FIELD+=VALUE and FIELD-=VALUE add to a set and take from it, FIELD=@FILE reads a file.
    """
    ids = list(dict.fromkeys(takewhile(lambda word: "=" not in word, words)))
    assignments = words[len(ids) :]
    if not ids:
        raise click.UsageError(tr("cli", "Name the record first, then what is to change."))
    with writing(workspace, passphrase) as desk:
        found = [records.get(desk, id_) for id_ in ids]
        kinds = {kind_of(record).name: kind_of(record) for record in found}
        changes = {
            name: parse_assignments(kind, assignments, local=desk.workspace.protected) for name, kind in kinds.items()
        }
        if len(found) == 1:
            records.edit(desk, ids[0], changes[kind_of(found[0]).name])
            if "name_han" in changes[kind_of(found[0]).name]:
                _say_offered(workspace, ids[0], offered_name(records.get(desk, ids[0])))
        else:
            bulk.edit_many(desk, {record.id: changes[kind_of(record).name] for record in found})


@click.command()
@in_workspace
@IDS
@click.option("--yes", is_flag=True, help="Also where other records name them.")
def trash(*, workspace: Path, passphrase: str | None, ids: tuple[str, ...], yes: bool) -> None:
    """Move records, with what belongs to them, to the Trash.

    What other records name stays, and these are told, unless --yes is said.
    """
    with writing(workspace, passphrase) as desk:
        if not yes:
            must_be_unused(desk, ids)
        records.trash(desk, *ids)


@click.command()
@in_workspace
@IDS
def untrash(workspace: Path, passphrase: str | None, ids: tuple[str, ...]) -> None:
    """Take records, with what belongs to them, out of the Trash."""
    with writing(workspace, passphrase) as desk:
        records.untrash(desk, *ids)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@JSON
def attach(workspace: Path, passphrase: str | None, id: str, files: tuple[Path, ...], as_json: bool) -> None:
    """Keep files with the record ID."""
    from ucapdesk.services.records.attached_files import attach as attach_files

    with writing(workspace, passphrase, quiet=as_json) as desk:
        made = attach_files(desk, id, files)
    if as_json:
        data({"ids": made})


@click.command()
@in_workspace
def undo(workspace: Path, passphrase: str | None) -> None:
    """Take the last step back."""
    with writing(workspace, passphrase) as desk:
        _say_skipped(steps.undo(desk))


@click.command()
@in_workspace
def redo(workspace: Path, passphrase: str | None) -> None:
    """Do again what was undone, as long as nothing else was written since."""
    with writing(workspace, passphrase) as desk:
        _say_skipped(steps.redo(desk))


def _say_skipped(done: Undone) -> None:
    n = len(done.skipped)
    if n:
        said = ntr("cli", "{n} field was changed since and is left as it is.",
                   "{n} fields were changed since and are left as they are.", n)  # fmt: skip
        echo(said, err=True)
