"""Commands for a workspace as a whole, and the one that opens the window."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, LANG, PASSWORD, WORKSPACE, in_workspace, passphrase_in, piped_line
from ucapdesk.cli.output import data, echo


class NobodyToAsk(UserError):
    """A passphrase is needed, and there is neither a terminal nor a line to read."""

    sentence = "There is no terminal to type a passphrase at. Nothing was made; give it with --password-file."


def _asked_for() -> str:
    """Return a new passphrase, typed twice at a terminal, or the line that a script hands over."""
    if sys.stdin.isatty():
        return str(click.prompt(tr("cli", "Passphrase"), hide_input=True, confirmation_prompt=True, err=True))
    said = piped_line().strip()
    if not said:
        raise NobodyToAsk
    return said


@click.command(name="open")
@click.argument("workspace", type=click.Path(path_type=Path), required=False)
@LANG
@click.pass_context
def open_window(ctx: click.Context, workspace: Path | None) -> None:
    """Open the window."""
    from ucapdesk.app import run

    ctx.exit(run(workspace))


@click.command()
@WORKSPACE
@click.option("--name", default="", help="What it is called; by default as the folder.")
@click.option("--person", default="", help="Who writes here; by default as in the settings.")
@click.option("--protect", is_flag=True, help="Protect it with a passphrase, from --password-file or asked for.")
@PASSWORD
@LANG
@JSON
def new(*, workspace: Path, name: str, person: str, protect: bool, passphrase: str | None, as_json: bool) -> None:
    """Make a workspace in a new or empty folder. A forgotten passphrase cannot be replaced."""
    from ucapdesk.services.workspaces import workspace_service

    if protect and passphrase is None:
        passphrase = _asked_for()
    with workspace_service.new(workspace, name=name, person=person, passphrase=passphrase) as desk:
        _made(desk.workspace.path, desk.workspace.id, desk.workspace.name, as_json=as_json)


@click.command()
@in_workspace
@click.option(
    "--new-password-file", "new_file", type=click.Path(path_type=Path), metavar="FILE",
    help="The new passphrase, as the first line of a file; else it is asked for.",
)  # fmt: skip
def passphrase(workspace: Path, passphrase: str | None, new_file: Path | None) -> None:
    """Change the passphrase of a protected workspace. Backups in its folder follow, files elsewhere keep the old one."""
    from ucapdesk.services.workspaces import workspace_service

    workspace_service.change_passphrase(workspace, passphrase, passphrase_in(new_file) if new_file else _asked_for())
    echo(tr("cli", "The passphrase was changed."))


@click.command()
@WORKSPACE
@LANG
@JSON
def sample(workspace: Path, as_json: bool) -> None:
    """Make a workspace with the Liuzhou sample."""
    from ucapdesk.services.workspaces.sample import make

    with make(workspace) as desk:
        _made(desk.workspace.path, desk.workspace.id, desk.workspace.name, as_json=as_json)


def _made(path: Path, id_: str, name: str, *, as_json: bool) -> None:
    if as_json:
        data({"id": id_, "name": name, "path": str(path)})
    else:
        echo(tr("cli", "Made the workspace “{name}” in {path}.", name=name, path=path))


@click.command()
@in_workspace
@JSON
def digest(workspace: Path, passphrase: str | None, as_json: bool) -> None:
    """A hash of everything recorded: the same on two desks exactly when they agree. --json adds one of the log."""
    from ucapdesk.services.workspaces import maintenance, workspace_service

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        said = maintenance.digest(desk, log=as_json)
    if as_json:
        data(said)
    else:
        echo(said["digest"])


@click.command()
@in_workspace
@click.option("--rebuild", is_flag=True, help="Make all that is derived from the log again, after a backup.")
@click.option("--repair", is_flag=True, help="Put right what colleagues could not receive, after a backup.")
@JSON
def check(workspace: Path, passphrase: str | None, rebuild: bool, repair: bool, as_json: bool) -> None:
    """Look through the database, the log with its chains and signatures, the files and the search index."""
    from ucapdesk.services.errors import CheckFailed
    from ucapdesk.services.exchange import repair_report as repairs
    from ucapdesk.services.workspaces import maintenance, workspace_service

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=not (rebuild or repair)) as desk:
        for message in repairs.repair(desk) if repair else ():
            echo(message.say(), err=True)
        report = maintenance.check(desk, rebuild=rebuild)
    if as_json:
        findings = [{"where": finding.where, "what": finding.what.say()} for finding in report.findings]
        plain = {"ok": report.ok, "findings": findings, **report.counts}
        data({**plain, "digest": report.digest, "log": report.log, "rebuilt": report.rebuilt})
    if not report.ok:
        raise CheckFailed(path=workspace, n=len(report.findings), first=report.findings[0].what)
    if not as_json:
        n = report.counts["records"]
        echo(ntr("cli", "All is well: {n} record.", "All is well: {n} records.", n))


@click.command()
@in_workspace
@click.option("--right", is_flag=True, help="Say that it is right, whatever was written here before.")
def clock(workspace: Path, passphrase: str | None, right: bool) -> None:
    """Say how what is saved now would be dated, and whether the computer's clock can be right."""
    from ucapdesk.services.visits import clock_doubts
    from ucapdesk.services.workspaces import workspace_service

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=False) as desk:
        if right:
            clock_doubts.confirm(desk)
        echo(tr("cli", "What is saved now is dated {time} (UTC).", time=f"{clock_doubts.now(desk):%Y-%m-%d %H:%M}"))


@click.command()
@in_workspace
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A .ucapbackup file to make.")
def backup(workspace: Path, passphrase: str | None, output: Path) -> None:
    """Write the whole workspace, attachments included, into one file."""
    from ucapdesk.services.workspaces import maintenance, workspace_service

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        maintenance.backup(desk, output)
    echo(tr("cli", "Wrote {file}.", file=output))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@in_workspace
def restore_backup(file: Path, workspace: Path, passphrase: str | None) -> None:
    """Make a workspace of a backup. FILE is a .ucapbackup, or one of WORKSPACE/backups by its name.

    What is in the place now is kept, under another name.
    """
    from ucapdesk.services.workspaces import maintenance

    aside = maintenance.restore_backup(file, workspace, passphrase=passphrase)
    echo(tr("cli", "Restored {path}.", path=workspace))
    if aside:
        echo(tr("cli", "What was there before is now {path}.", path=aside))
