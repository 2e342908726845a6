"""Commands that give packages to colleagues and receive theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ucapdesk.base.clock import local_time
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.base.json_text import Json
from ucapdesk.cli.command import (
    FILE,
    FILES,
    JSON,
    LANG,
    PASSWORD,
    WORKSPACE,
    Answer,
    command,
    output_file,
    passphrase_of_file,
    workspace_command,
)
from ucapdesk.cli.output import Remark, Table, confirm, picked
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.exchange.exchange_service import APPLIED, KNOWN, Report

PACKAGE_PASSWORD = click.option(
    "--package-password-file", "package_passphrase", type=FILE, metavar="FILE", callback=passphrase_of_file,
    help="The passphrase of the package, as the first line of a file.",
)  # fmt: skip


@workspace_command(writes=None)
@output_file(required=True, help="The .ucapx file to write, or a folder.")
@click.option("--no-files", is_flag=True, help="Without the attachments.")
@PACKAGE_PASSWORD
@JSON
def give(desk: Desk, *, output: Path, no_files: bool, package_passphrase: str | None) -> Answer:
    """Write everything recorded here into a package for colleagues. With --package-password-file it is protected."""
    from ucapdesk.services.exchange import exchange_service

    if click.get_current_context().params["passphrase"] and not (package_passphrase or desk.workspace.protected):
        raise UserError(
            "“{name}” has no passphrase, so --password-file would protect nothing. Nothing was written; "
            "--package-password-file protects the package.",
            code="package-stays-open",
            name=desk.workspace.name,
        )
    given = exchange_service.give(desk, output, files=not no_files, passphrase=package_passphrase)
    along = exchange_service.internal_going_along(desk)
    counted = {**picked(given, "bundle_id changesets files left_out"), "bytes": given.size, "internal": along.n}
    plain = {"file": str(given.file), **counted, "readers": list(along.readers)}
    return Answer(plain, filter(None, (tr("cli", "Wrote and checked {file}.", file=given.file), along.say())))


@command()
@WORKSPACE
@click.argument("file", type=FILE)
@click.option("--person", default="", help="Your name; by default that of the settings.")
@PACKAGE_PASSWORD
@PASSWORD
@LANG
@JSON
def join(*, workspace: Path, file: Path, person: str, package_passphrase: str | None, passphrase: str | None) -> Answer:
    """Create a workspace from a complete package of a colleague. --password-file protects the new workspace."""
    from ucapdesk.services.workspaces import maintenance, workspace_service

    person = person or workspace_service.this_person()
    with exchange_service.join(
        workspace, file, person=person, package_passphrase=_to_try(package_passphrase), passphrase=passphrase
    ) as desk:
        said = {"id": desk.workspace.id, "name": desk.workspace.name, "path": str(desk.workspace.path)}
        not_here = maintenance.say_not_here(desk)
    joined = tr("cli", "Joined the workspace “{name}” in {path}.", name=said["name"], path=said["path"])
    return Answer(said, tuple(filter(None, (joined, not_here))))


@workspace_command(writes=True)
@FILES
@click.option("--accept-device", is_flag=True, help="Accept a laptop that is not known here; compare its number first.")
@click.option("--dry-run", is_flag=True, help="Only print what would happen.")
@click.option(
    "--remove-people", is_flag=True, help="Let packages remove people's data for good; in a terminal you are asked."
)
@PACKAGE_PASSWORD
@JSON
def receive(
    desk: Desk, *, files: tuple[Path, ...], accept_device: bool, dry_run: bool, remove_people: bool,
    package_passphrase: str | None,
) -> Answer:  # fmt: skip
    """Import packages from colleagues, in any order."""
    reports = exchange_service.receive(
        desk, files, accept=accept_device, dry_run=dry_run,
        passphrase=_to_try(package_passphrase),
        may_remove=None if remove_people else _may_remove,
    )  # fmt: skip
    if not dry_run and any(report.forgetting for report in reports):
        from ucapdesk.services.people import privacy

        privacy.agree(desk)
    numbers = {each.device: each.number for each in exchange_service.strangers(desk, reports)}
    said = [line for report in reports for line in _lines(report, numbers)]
    return Answer(
        {"files": [_plain(report, numbers) for report in reports]}, said,
        remarks=[line for line in said if isinstance(line, Remark)],
        failure=None if all(report.state in (APPLIED, KNOWN) for report in reports) else click.exceptions.Exit(1),
    )  # fmt: skip


def _to_try(passphrase: str | None) -> exchange_service.PackagePassphrase | None:
    return exchange_service.PackagePassphrase(passphrase) if passphrase else None


def _may_remove(people: Sequence[str], authors: Sequence[str]) -> bool:
    from ucapdesk.services.people import privacy

    question = tr("cli", "{said} Remove and receive?", said=privacy.say_removal(people, authors))
    return bool(confirm(question))


def _plain(report: Report, numbers: Mapping[str, str]) -> dict[str, Json]:
    number = numbers.get(report.manifest.sender.device) if report.manifest else None
    more: dict[str, Json] = {"removed": [*report.erasing], "missing": report.missing, "healed": report.healed}
    more["said"] = [*_told(report)] if report.why is None else []
    return {**report.to_json(), **more, **({"check_number": number} if number else {})}


def _lines(report: Report, numbers: Mapping[str, str]) -> Iterator[str | Remark]:
    """Yield a report in words; why a package was not received goes to stderr."""
    if report.why is None:
        yield f"{report.file}: {_said(report)}"
        yield from _told(report)
        return
    yield Remark(report.why.say())
    if report.code in exchange_service.OF_NEW_LAPTOPS and report.manifest:
        yield Remark(tr("cli", "Check number: {number}", number=numbers[report.manifest.sender.device]))


def _told(report: Report) -> Iterator[str]:
    yield from (each.say() for each in report.of_laptops())
    yield from report.say_of_giver()
    yield from report.say_consequences()


def _said(report: Report) -> str:
    if report.state == KNOWN:
        return tr("cli", "everything in it is here already.")
    counted = (
        ntr("cli", "{n} new", "{n} new", report.new), ntr("cli", "{n} updated", "{n} updated", report.updated),
        ntr("cli", "{n} to the Trash", "{n} to the Trash", report.trashed),
        ntr("cli", "{n} merged automatically", "{n} merged automatically", report.merged),
        ntr("cli", "{n} to decide", "{n} to decide", report.conflicts),
    )  # fmt: skip
    missing = ntr(
        "cli", "{n} file damaged in transit and requested again", "{n} files damaged in transit and "
                                                                  "requested again",
        report.missing,
    )  # fmt: skip
    removed = ntr(
        "cli", "all data of {n} person removed for good: {names}", "all data of {n} people removed for good: {names}",
        len(report.erasing), names=tr("log", ", ").join(report.erasing),
    )  # fmt: skip
    return dotted(
        *counted,
        report.say_separated() if report.separated else "",
        removed if report.erasing else "",
        missing if report.missing else "",
        report.say_healed() if report.healed else "",
    )


@workspace_command(writes=lambda said: any(said[each] is not None for each in ("retire", "block", "accept")) or None)
@click.option("--retire", metavar="ID", help="Tell everybody that a laptop is no longer in use.")
@click.option("--block", metavar="ID", help="Refuse packages from a laptop.")
@click.option("--accept", metavar="ID", help="Accept packages from a blocked laptop again.")
@JSON
def devices(desk: Desk, *, retire: str | None, block: str | None, accept: str | None) -> Answer:
    """List the laptops of a workspace, with the numbers to compare by telephone.

    The beginning of an ID is enough.
    """
    laptops = exchange_service.devices
    for done, device in ((laptops.retire, retire), (laptops.block, block), (laptops.accept, accept)):
        if device is not None:
            done(desk, device)
    found = laptops.listed(desk)
    numbers = laptops.check_numbers(desk, found)
    twice = tr("cli", "copied")
    plain = [
        {**picked(each, "id person label trust seq has"), "check_number": numbers.get(each.id, ""), "twice": each.twice}
        for each in found
    ]
    rows = [
        (each.id, each.person, each.label, dotted(each.trust, twice if each.twice else ""), str(each.seq), numbers.get(each.id, ""))
        for each in found
    ]  # fmt: skip
    heads = (tr("cli", "Person"), tr("cli", "Laptop"), tr("cli", "State"), tr("cli", "Changes"), tr("cli", "Number"))
    return Answer(plain, Table(("id", *heads), rows))


@workspace_command(writes=lambda said: said["discard"] is not None)
@click.option("--discard", metavar="ID", help="Drop a package; the beginning of its id is enough.")
@JSON
def waiting(desk: Desk, *, discard: str | None) -> Answer:
    """List the packages that wait: for a laptop to be accepted, for earlier changes, or for a newer UCAPDesk."""
    gone = exchange_service.waiting_packages.discard(desk, discard) if discard is not None else None
    listed = exchange_service.waiting_packages.listed(desk)
    found = [(each, f"{local_time(each.since):%Y-%m-%d %H:%M}") for each in listed]
    plain = [
        {"id": each.sha256, **picked(each, "file person label"), "bytes": each.size, "since": since}
        | picked(each, "code why")
        for each, since in found
    ]
    rows = [(each.sha256[:12], each.person, each.label, str(each.size), since, each.why) for each, since in found]
    heads = (tr("cli", "Person"), tr("cli", "Laptop"), tr("cli", "Bytes"), tr("cli", "Time"), tr("cli", "Why"))
    said = [tr("cli", "Discarded {file}.", file=gone.file)] if gone else []
    return Answer(plain, (*said, Table(("id", *heads), rows)))
