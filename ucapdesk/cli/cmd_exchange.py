"""Commands that give packages to colleagues and receive theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.base.json_text import Json
from ucapdesk.cli.options import JSON, LANG, PASSWORD, WORKSPACE, in_workspace, passphrase_in
from ucapdesk.cli.output import confirm, data, echo, table
from ucapdesk.services.exchange import conflicts as questions
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.exchange.exchange_service import APPLIED, KNOWN, Report
from ucapdesk.services.privacy import internal_fields, privacy
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service

PACKAGE_PASSWORD = click.option(
    "--package-password-file", "package_passphrase", type=click.Path(path_type=Path), metavar="FILE",
    callback=lambda _context, _option, said: passphrase_in(said) if said else None,
    help="The passphrase of the package, as the first line of a file.",
)  # fmt: skip
EARLIER_PROTECTION = click.option(
    "--earlier-protection", is_flag=True,
    help="Take the memory that a protected package of an earlier version needs; only if you know who made it.",
)  # fmt: skip


@click.command()
@in_workspace
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A .ucapx file to make, or a folder."
)
@click.option("--no-files", is_flag=True, help="Without the attachments.")
@PACKAGE_PASSWORD
@JSON
def give(
    *,
    workspace: Path,
    passphrase: str | None,
    output: Path,
    no_files: bool,
    package_passphrase: str | None,
    as_json: bool,
) -> None:
    """Write everything recorded here into a package for colleagues. With --package-password-file it is protected."""
    with workspace_service.opened(workspace, passphrase=passphrase) as desk:
        given = exchange_service.give(desk, output, files=not no_files, passphrase=package_passphrase)
        along = internal_fields.going_along(desk)
    if as_json:
        data({
            "file": str(given.file), "bundle_id": given.bundle_id, "changesets": given.changesets,
            "files": given.files, "left_out": given.left_out, "bytes": given.size,
            "internal": along.n, "readers": list(along.readers),
        })  # fmt: skip
    else:
        echo(tr("cli", "Wrote and checked {file}.", file=given.file))
        if said := along.say():
            echo(said)


@click.command()
@WORKSPACE
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--person", default="", help="Who writes here; by default as in the settings.")
@PACKAGE_PASSWORD
@EARLIER_PROTECTION
@PASSWORD
@LANG
@JSON
def join(
    *,
    workspace: Path,
    file: Path,
    person: str,
    package_passphrase: str | None,
    earlier_protection: bool,
    passphrase: str | None,
    as_json: bool,
) -> None:
    """Make a new desk of a colleague's workspace, from a complete package. --password-file protects the new one."""
    person = person or workspace_service.this_person()
    package_passphrase = _to_try(package_passphrase, earlier=earlier_protection)
    with exchange_service.join(
        workspace, file, person=person, package_passphrase=package_passphrase, passphrase=passphrase
    ) as desk:
        said = {"id": desk.workspace.id, "name": desk.workspace.name, "path": str(desk.workspace.path)}
    if as_json:
        data(said)
    else:
        echo(tr("cli", "Joined the workspace “{name}” in {path}.", name=said["name"], path=said["path"]))


@click.command()
@in_workspace
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--accept-device", is_flag=True, help="Accept a laptop nobody here knows; compare its number before.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--remove-people", is_flag=True, help="Let packages remove people's data for good; in a terminal it is asked."
)
@PACKAGE_PASSWORD
@EARLIER_PROTECTION
@JSON
@click.pass_context
def receive(
    ctx: click.Context,
    *,
    workspace: Path,
    passphrase: str | None,
    files: tuple[Path, ...],
    accept_device: bool,
    dry_run: bool,
    remove_people: bool,
    package_passphrase: str | None,
    earlier_protection: bool,
    as_json: bool,
) -> None:
    """Take in packages of colleagues, in whatever order they fit."""
    package_passphrase = _to_try(package_passphrase, earlier=earlier_protection)
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        reports = exchange_service.receive(
            desk, files, accept=accept_device, dry_run=dry_run, passphrase=package_passphrase,
            may_remove=None if remove_people else _may_remove,
        )  # fmt: skip
        if not dry_run and any(report.forgetting for report in reports):
            privacy.agree(desk)
        numbers = {each.device: each.number for each in exchange_service.strangers(desk, reports)}
    if as_json:
        data({"files": [_plain(report, numbers) for report in reports]})
    for report in reports:
        if report.why is not None:
            echo(report.why.say(), err=True)
            if isinstance(report.why, exchange_service.UnknownLaptop) and report.manifest:
                number = numbers[report.manifest.sender.device]
                echo(tr("cli", "Check number: {number}", number=number), err=True)
        elif not as_json:
            echo(f"{report.file}: {_said(report)}")
            for each in report.of_laptops():
                echo(each.say())
    if any(report.state not in (APPLIED, KNOWN) for report in reports):
        ctx.exit(1)


def _to_try(passphrase: str | None, *, earlier: bool) -> str | None:
    return exchange_service.PassphraseOfEarlier(passphrase) if passphrase and earlier else passphrase


def _may_remove(people: Sequence[str], authors: Sequence[str]) -> bool:
    said = privacy.say_removal(people, authors)
    question = tr("cli", "{said} Remove and receive?", said=said)
    return bool(confirm(question))


def _plain(report: Report, numbers: Mapping[str, str]) -> dict[str, Json]:
    """Return a report as JSON, with the check number of an unknown laptop."""
    number = numbers.get(report.manifest.sender.device) if report.manifest else None
    return {**report.to_json(), **({"check_number": number} if number else {})}


def _said(report: Report) -> str:
    if report.state == KNOWN:
        return tr("cli", "everything in it is here already.")
    counted = (
        ntr("cli", "{n} new", "{n} new", report.new), ntr("cli", "{n} updated", "{n} updated", report.updated),
        ntr("cli", "{n} to the Trash", "{n} to the Trash", report.trashed),
        ntr("cli", "{n} merged by itself", "{n} merged by themselves", report.merged),
        ntr("cli", "{n} to decide", "{n} to decide", report.conflicts),
    )  # fmt: skip
    missing = ntr(
        "cli", "{n} file damaged on the way and asked for again", "{n} files damaged on the way and asked for again",
        report.missing,
    )  # fmt: skip
    removed = ntr(
        "cli", "all data of {n} person removed for good: {names}", "all data of {n} people removed for good: {names}",
        len(report.erasing), names=tr("log", ", ").join(report.erasing),
    )  # fmt: skip
    return dotted(
        *counted,
        removed if report.erasing else "",
        missing if report.missing else "",
        report.say_healed() if report.healed else "",
    )


@click.command()
@in_workspace
@JSON
def conflicts(workspace: Path, passphrase: str | None, as_json: bool) -> None:
    """Fields that several people changed without knowing of each other, with all their values."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        found = questions.conflicts(desk)
    if as_json:
        data([conflict.to_json() for conflict in found])
        return
    rows = [
        (
            conflict.id,
            conflict.field,
            str(number),
            dotted(said.said, conflict.told if said.shown else ""),
            said.person,
            f"{said.time:%Y-%m-%d %H:%M}",
        )
        for conflict in found
        for number, said in enumerate(conflict.candidates, 1)
    ]
    table(("id", tr("cli", "Field"), "N", tr("cli", "Value"), tr("cli", "Person"), tr("cli", "Time")), rows)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@click.argument("field", metavar="FIELD")
@click.option("--candidate", type=click.IntRange(1), metavar="N", help="The value of that number in “conflicts”.")
@click.option("--value", metavar="V", help="Another value.")
@click.option("--all", "keep_all", is_flag=True, help="Of several files keep all.")
def decide(
    *,
    workspace: Path,
    passphrase: str | None,
    id: str,
    field: str,
    candidate: int | None,
    value: str | None,
    keep_all: bool,
) -> None:
    """Choose a value for a FIELD of the record ID that several people changed; a cell such as minutes.en, or trash."""
    if (candidate is not None) + (value is not None) + keep_all != 1:
        raise click.UsageError("Give one of --candidate, --value and --all.")
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        conflict = questions.conflict(desk, id, field)
        if candidate is not None:
            questions.choose(desk, conflict, candidate)
        elif keep_all:
            questions.keep_all(desk, conflict)
        else:
            questions.choose_other(desk, conflict, value or "")
    echo(tr("cli", "Decided. The other values stay in the history."))


@click.command()
@in_workspace
@click.option("--retire", metavar="ID", help="Say to everybody that a laptop is no longer in use.")
@click.option("--block", metavar="ID", help="Refuse packages given by a laptop.")
@click.option("--accept", metavar="ID", help="Take in packages of a laptop that was blocked.")
@JSON
def devices(
    *, workspace: Path, passphrase: str | None, retire: str | None, block: str | None, accept: str | None, as_json: bool
) -> None:
    """The laptops of a workspace, with the numbers to compare by telephone."""
    writes = any((retire, block, accept))
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False if writes else None) as desk:
        for done, device in (
            (exchange_service.devices.retire, retire), (exchange_service.devices.block, block), (exchange_service.devices.accept, accept)
        ):  # fmt: skip
            if device:
                done(desk, device)
        found = exchange_service.devices.listed(desk)
        numbers = exchange_service.devices.check_numbers(desk, found)
    if as_json:
        data([
            {
                "id": each.id, "person": each.person, "label": each.label, "trust": each.trust, "seq": each.seq,
                "has": each.has, "check_number": numbers.get(each.id, ""), "twice": each.twice,
            }
            for each in found
        ])  # fmt: skip
        return
    twice = tr("cli", "copied")
    rows = [
        (
            each.id,
            each.person,
            each.label,
            dotted(each.trust, twice if each.twice else ""),
            str(each.seq),
            numbers.get(each.id, ""),
        )
        for each in found
    ]
    heads = (tr("cli", "Person"), tr("cli", "Laptop"), tr("cli", "State"), tr("cli", "Changes"), tr("cli", "Number"))
    table(("id", *heads), rows)


@click.command()
@in_workspace
@click.option("--discard", metavar="ID", help="Let a package go; the beginning of its id will do.")
@JSON
def waiting(workspace: Path, passphrase: str | None, discard: str | None, as_json: bool) -> None:
    """The packages that wait: for a laptop to be accepted, for earlier changes, or for a newer UCAPDesk."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=not discard) as desk:
        gone = exchange_service.waiting_packages.discard(desk, discard) if discard else None
        found = exchange_service.waiting_packages.listed(desk)
    if as_json:
        data([
            {
                "id": each.sha256, "file": each.file, "person": each.person, "label": each.label, "bytes": each.size,
                "since": f"{each.since:%Y-%m-%d %H:%M}", "code": each.code, "why": each.why,
            }
            for each in found
        ])  # fmt: skip
        return
    if gone:
        echo(tr("cli", "Discarded {file}.", file=gone.file))
    rows = [
        (each.sha256[:12], each.person, each.label, str(each.size), f"{each.since:%Y-%m-%d %H:%M}", each.why)
        for each in found
    ]
    heads = (tr("cli", "Person"), tr("cli", "Laptop"), tr("cli", "Bytes"), tr("cli", "Time"), tr("cli", "Why"))
    table(("id", *heads), rows)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@click.option("--confirm", required=True, metavar="NAME", help="The person's name, typed.")
def erase(workspace: Path, passphrase: str | None, id: str, confirm: str) -> None:
    """Remove the data of the person ID for good, here and with the next package everywhere. It cannot be undone."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        names = privacy.all_names(desk, id)
        left = privacy.erase(desk, id, confirm)
        titles = records.titles(desk, left)
        authors = privacy.stays_as_author(desk, names)
    echo(
        tr(
            "cli",
            "Removed, from the safety copies of this workspace too. Sticks, mails and backups elsewhere still hold the data.",
        )
    )
    for each in authors:
        echo(
            tr(
                "cli",
                "{name} is still named for what was written here, until more than half of all laptops have agreed; each is asked.",
                name=each,
            )
        )
    for each in left:
        echo(tr("cli", "The name still stands in “{title}” ({id}).", title=titles.get(each, ""), id=each))
