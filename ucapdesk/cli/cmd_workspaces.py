"""Commands for a workspace as a whole, and the one that opens the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.cli.command import (
    FILE,
    JSON,
    LANG,
    PASSWORD,
    WORKSPACE,
    Answer,
    command,
    decoded,
    in_workspace,
    output_file,
    passphrase_in,
    passphrase_of_file,
    typed_workspace,
    workspace_command,
)
from ucapdesk.cli.help_text import speak_as_before
from ucapdesk.cli.output import echo

if TYPE_CHECKING:
    from ucapdesk.services import Desk


def _asked_for() -> str:
    """Return a new passphrase, typed twice at a terminal, or the line that a script hands over."""
    if sys.stdin.isatty():
        return str(click.prompt(tr("cli", "Passphrase"), hide_input=True, confirmation_prompt=True, err=True))
    said = decoded(sys.stdin.buffer.readline()).strip()
    if not said:
        raise UserError(
            "There is no terminal to type a passphrase in. Nothing was created; give it with --password-file.",
            code="nobody-to-ask",
        )
    return said


@click.command(name="open")
@click.argument("workspace", type=FILE, required=False)
@LANG
@click.pass_context
def open_window(ctx: click.Context, workspace: Path | None) -> None:
    """Open the window."""
    from ucapdesk.app import run

    speak_as_before()
    ctx.exit(run(workspace))


@command()
@WORKSPACE
@click.option("--name", default="", help="The name; by default that of the folder.")
@click.option("--person", default="", help="Your name; by default that of the settings.")
@click.option("--protect", is_flag=True, help="Protect it with a passphrase, from --password-file or typed.")
@PASSWORD
@LANG
@JSON
def new(*, workspace: Path, name: str, person: str, protect: bool, passphrase: str | None) -> Answer:
    """Create a workspace in a new or empty folder. A forgotten passphrase cannot be replaced."""
    from ucapdesk.services.workspaces import workspace_service

    if protect and passphrase is None:
        passphrase = _asked_for()
    with workspace_service.new(workspace, name=name, person=person, passphrase=passphrase) as desk:
        return _made(desk)


@command()
@in_workspace
@click.option(
    "--new-password-file", "new_file", type=FILE, metavar="FILE",
    help="The new passphrase, as the first line of a file; otherwise you type it.",
)  # fmt: skip
def passphrase(workspace: Path, passphrase: str | None, new_file: Path | None) -> Answer:
    """Change the passphrase of a protected workspace. Backups in its folder get the new one, files elsewhere keep the old one."""
    from ucapdesk.services.workspaces import workspace_service

    workspace_service.change_passphrase(workspace, passphrase, passphrase_in(new_file) if new_file else _asked_for())
    return Answer(text=tr("cli", "The passphrase was changed."))


@command()
@WORKSPACE
@LANG
@JSON
def sample(workspace: Path) -> Answer:
    """Create a workspace with the Liuzhou sample."""
    from ucapdesk.services.workspaces.sample import make

    with make(workspace) as desk:
        return _made(desk)


def _made(desk: Desk) -> Answer:
    made = desk.workspace
    said = tr("cli", "Made the workspace “{name}” in {path}.", name=made.name, path=made.path)
    return Answer({"id": made.id, "name": made.name, "path": str(made.path)}, said)


@workspace_command()
@JSON
def digest(desk: Desk) -> Answer:
    """Print a hash of all records: two workspaces have the same hash exactly when they agree. --json adds one of the log."""
    from ucapdesk.services.workspaces import maintenance

    return Answer(lambda: maintenance.digest(desk, log=True), lambda: maintenance.digest(desk, log=False)["digest"])


@workspace_command(writes=lambda said: said["rebuild"] or said["repair"])
@click.option("--rebuild", is_flag=True, help="Rebuild everything derived from the log, after a backup.")
@click.option("--repair", is_flag=True, help="Set damaged attachments aside, and finish what was cut off.")
@JSON
def check(desk: Desk, *, rebuild: bool, repair: bool) -> Answer:
    """Check the database, the log with its chains and signatures, the files and the search index."""
    from ucapdesk.services.workspaces import maintenance

    for message in maintenance.repair(desk) if repair else ():
        echo(message.say(), err=True)
    report = maintenance.check(desk, rebuild=rebuild)
    findings = [{"where": finding.where, "what": finding.what.say()} for finding in report.findings]
    plain = {"ok": report.ok, "findings": findings, **report.counts}
    plain |= {"digest": report.digest, "log": report.log, "rebuilt": report.rebuilt}
    if not report.ok:
        failed = UserError(
            "The check of {path} found {n} problems, the first: {first}. Nothing was changed; "
            "restore a backup, or try “ucapdesk check --rebuild” where only what is derived differs.",
            code="check-failed",
            path=typed_workspace(),
            n=len(findings),
            first=report.findings[0].what,
        )
        return Answer(plain, failure=failed)
    return Answer(plain, maintenance.say_well(report))


@workspace_command(writes=True)
@click.option("--right", is_flag=True, help="Confirm that the clock is right, whatever was written here before.")
def clock(desk: Desk, *, right: bool) -> Answer:
    """Show the date and time that a change would get now, and whether the computer's clock can be right."""
    from ucapdesk.services.workspaces import workspace_service

    if right:
        workspace_service.confirm_clock(desk)
    now = f"{moment(desk.workspace.clock()):%Y-%m-%d %H:%M}"
    return Answer(text=tr("cli", "What is saved now is dated {time} (UTC).", time=now))


@workspace_command()
@output_file(required=True, help="The .ucapbackup file to write.")
def backup(desk: Desk, *, output: Path) -> Answer:
    """Write the whole workspace, attachments included, into one file."""
    from ucapdesk.services.workspaces import maintenance

    maintenance.backup(desk, output)
    return Answer(text=tr("cli", "Wrote {file}.", file=output))


@command()
@click.argument("file", type=FILE)
@in_workspace
@click.option(
    "--new-password-file", "protect", type=FILE, metavar="FILE", callback=passphrase_of_file,
    help="The passphrase of the restored workspace from now on, as the first line of a file.",
)  # fmt: skip
def restore_backup(file: Path, workspace: Path, passphrase: str | None, protect: str | None) -> Answer:
    """Restore a workspace from a backup. FILE is a .ucapbackup, or the name of one in WORKSPACE/backups.

    An existing workspace there is kept under another name.
    """
    from ucapdesk.services import Desk
    from ucapdesk.services.workspaces import maintenance

    was = maintenance.before(workspace, passphrase)
    aside = maintenance.restore_backup(file, workspace, passphrase=passphrase, protect=protect)
    said = [tr("cli", "Restored {path}.", path=workspace)]
    if aside:
        said.append(tr("cli", "The earlier contents are now in {path}.", path=aside))
    if was.steps:
        with Desk.open(workspace, passphrase=protect or passphrase, read_only=True) as desk:
            gone = maintenance.steps_gone(desk, was) if file.suffix == ".db" else []
            said += [told.say() for told in (*gone, *maintenance.people_back(desk, was.removed))]
    return Answer(text=said)
