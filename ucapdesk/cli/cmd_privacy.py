"""Commands for personal data: retention of everybody, all data of one person, and their removal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.command import ID, JSON, Answer, output_file, workspace_command
from ucapdesk.cli.output import Table
from ucapdesk.model.record import Record
from ucapdesk.services import Desk


@workspace_command()
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--due", is_flag=True, help="Only people whose retention period has ended or ends soon.")
@output_file(help="With ID: a .json, .xlsx or .csv file to hand over; without ID: the list as .xlsx or .csv.")
@JSON
def privacy(desk: Desk, *, id_: str | None, due: bool, output: Path | None) -> Answer:
    """List how long people are kept; with the ID of a person, everything held about that person.

    This removes nothing; "ucapdesk erase" removes a person for good.
    """
    from ucapdesk.services.people import personal_data

    if id_ is None:
        return _retention(desk, output, due=due)
    if output is not None:
        return _written(personal_data.write(desk, id_, output), output)
    found = personal_data.everything(desk, id_)
    return Answer([each._asdict() for each in found], Table(personal_data.heads(), found))


def _written(n: int, output: Path) -> Answer:
    said = ntr("cli", "Wrote {n} line: {file}", "Wrote {n} lines: {file}", n, file=output)
    return Answer({"file": str(output), "lines": n}, said)


def _retention(desk: Desk, output: Path | None, *, due: bool) -> Answer:
    from ucapdesk.services.people import personal_data

    kept = personal_data.retention(desk, due_only=due)
    if output is not None:
        return _written(personal_data.write_retention(kept, output), output)
    plain = [each._asdict() for each in kept]
    if not kept:
        return Answer(plain, personal_data.say_over(kept) if due else tr("cli", "No people on record."))
    return Answer(plain, Table(personal_data.retention_heads(), personal_data.rows(kept)))


@workspace_command(writes=True)
@ID
@click.option("--confirm", required=True, metavar="NAME", help="The person's name, typed.")
def erase(desk: Desk, *, id_: str, confirm: str) -> Answer:
    """Remove the data of the person ID for good, here and, with the next package, everywhere. This cannot be undone."""
    from ucapdesk.services.exchange import exchange_service
    from ucapdesk.services.people import privacy as personal
    from ucapdesk.services.records import records

    names, emptied = personal.all_names(desk, id_), personal.kept_in_history(desk, id_)
    emptied_in = dict.fromkeys(str(getattr(each, "owner", "")) for each in desk.read.many(emptied))
    waited = [each.name for each in exchange_service.waiting_packages.listed(desk)]
    left = personal.erase(desk, id_, confirm)
    titles = records.titles(desk, [*left, *emptied_in])
    removed = tr(
        "cli",
        "Removed, also from the safety copies of this workspace. Files kept here (printed packs, imported lists, "
        "attachments of others) were not searched and may still hold the data; USB sticks, e-mails and backups "
        "elsewhere do.",
    )
    authors = (
        tr(
            "cli",
            "{name} is still named as author here until more than half of all laptops agree; each is asked.",
            name=each,
        )
        for each in personal.stays_as_author(desk, names)
    )
    history = (
        tr(
            "cli",
            "What “{title}” ({id}) said of this person as a participant or contact is emptied, but stays in the history: "
            "it was not linked to them when it was first written, or an earlier version wrote it.",
            title=titles.get(each, ""),
            id=each,
        )
        for each in emptied_in
    )
    earlier = _held_before(desk, personal.held_before(desk, names, {*left, *emptied}))
    naming = (_still_named(each, titles.get(each.id, "")) for each in desk.read.many(left))
    dropped = (exchange_service.say_dropped(waited),) if waited else ()
    return Answer(text=(removed, *authors, *dropped, *history, *naming, *earlier))


def _held_before(desk: Desk, ids: list[str]) -> Iterator[str]:
    from ucapdesk.services.records import records

    for id_, title in records.titles(desk, ids).items():
        yield tr(
            "cli", "An earlier value of “{title}” ({id}) holds the name and stays in the history.", title=title, id=id_
        )


def _still_named(record: Record, title: str) -> str:
    if record.is_deleted:
        return tr("cli", "The name still occurs in “{title}” ({id}), which is in the Trash.", title=title, id=record.id)
    return tr("cli", "The name still occurs in “{title}” ({id}).", title=title, id=record.id)
