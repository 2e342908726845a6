"""The command line: the same services as the window, for scripts, checks and machines without a screen.

Each command stands in a module of its sort and is imported when it is called, so that a list does not wait for what
only printing needs. What a user did wrong ends with one sentence on stderr and exit code 1; wrong usage with 2.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from ucapdesk import __version__
from ucapdesk.base import i18n, logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.telling import tell_to
from ucapdesk.cli.options import LANG
from ucapdesk.cli.output import echo

COMMANDS = {
    "new": ("workspaces", "Make a workspace."),
    "sample": ("workspaces", "Make a workspace with the Liuzhou sample."),
    "passphrase": ("workspaces", "Change the passphrase of a workspace."),
    "import": ("incoming", "Take in papers, lists, cards (.vcf), calendars (.ics)."),
    "kinds": ("reading", "The kinds of record and their fields."),
    "list": ("reading", "The records of a kind."),
    "show": ("reading", "One record with what belongs to it."),
    "add": ("writing", "Make a record."),
    "edit": ("writing", "Change fields of a record."),
    "trash": ("writing", "Move records to the Trash."),
    "untrash": ("writing", "Take records out of the Trash."),
    "attach": ("writing", "Keep files with a record."),
    "today": ("work", "What is on, and what needs somebody."),
    "log": ("work", "Log the meeting that just ended, or begins now."),
    "itinerary": ("itinerary", "The programme of a visit, or lines added to it."),
    "delay": ("itinerary", "Put off the rest of a day."),
    "sign": ("work", "Mark an MoU as signed."),
    "reopen": ("work", "Take an MoU back to the state it had before."),
    "search": ("reading", "Find records by words in either script."),
    "history": ("reading", "Every value that the fields of a record ever had."),
    "copy": ("copying", "A visit or a meeting again, on other days."),
    "templates": ("templates", "Agendas, programmes, checklists to begin with."),
    "undo": ("writing", "Take the last step back."),
    "redo": ("writing", "Do again what was undone."),
    "documents": ("papers", "The papers that can be printed, and for which kinds."),
    "gaps": ("papers", "What lacks before a record is printed."),
    "brief": ("papers", "Print a record as PDF."),
    "packs": ("papers", "The printed packs of a record."),
    "give": ("exchange", "Write a package for colleagues."),
    "join": ("exchange", "Make a desk of a colleague's workspace."),
    "receive": ("exchange", "Take in packages of colleagues."),
    "conflicts": ("exchange", "Fields that several people changed."),
    "decide": ("exchange", "Choose a value for one of them."),
    "devices": ("exchange", "The laptops of a workspace."),
    "waiting": ("exchange", "The packages that wait, and letting one go."),
    "same": ("same", "Say that two records are one, or find such."),
    "erase": ("privacy", "Remove the data of a person for good."),
    "privacy": ("privacy", "Who is kept how long; all data of one person."),
    "export": ("sheets", "Write a list, cards (.vcf) or a calendar (.ics)."),
    "translations": ("translations", "Texts that lack a translation: listed, sent out, taken in."),
    "digest": ("workspaces", "One hash of all records."),
    "check": ("workspaces", "Look through the database, the log and the files."),
    "clock": ("workspaces", "Whether the computer's clock can be right."),
    "backup": ("workspaces", "Write the whole workspace into one file."),
    "restore-backup": ("workspaces", "Make a workspace of a backup."),
}
"""Command → the module it is in, and what ``--help`` says of it."""
WINDOW = "open"
"""The command nobody types: without one the window is opened."""
ERROR_BOX = 0x10
"""For ``MessageBoxW``: with the sign of an error."""

log = logging.getLogger("ucapdesk")


class Commands(click.Group):
    """Finds commands when they are called; without one it opens the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS[cmd_name][0] if cmd_name in COMMANDS else "workspaces" if cmd_name == WINDOW else None
        if module is None:
            return None
        declared = vars(importlib.import_module(f"ucapdesk.cli.cmd_{module}")).values()
        return next(each for each in declared if isinstance(each, click.Command) and each.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if len(args) == 1 and args[0] not in COMMANDS:  # a workspace to open
            args = [WINDOW, *args]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        silent = tell_to(lambda message: echo(message.say(), err=True))
        try:
            return super().invoke(ctx)
        except UserError as error:
            echo(error.say(), err=True)
            ctx.exit(1)
        finally:
            silent()


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@LANG
@click.pass_context
def cli(ctx: click.Context) -> None:
    """UCAPs, visits, meetings and MoUs in two languages, on your own computer.

    Without a command, UCAPDesk [WORKSPACE] opens the window. Everything else names a command and a workspace, which is a
    folder. "ucapdesk COMMAND --help" says more about each.
    """
    if ctx.invoked_subcommand is None:
        command = ctx.command
        assert isinstance(command, click.Group)
        window = command.get_command(ctx, WINDOW)
        assert window is not None
        ctx.invoke(window, workspace=None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with the arguments of the command line."""
    gc.set_threshold(50_000, 20, 100)  # what is imported is no garbage, and most commands make little
    atexit.register(gc.freeze)  # the exit would look through everything once more
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where there is no console, or something else stands in for it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    log.addHandler(logging.NullHandler())  # log messages go to the log file only
    logs.start()
    i18n.use_language(os.environ.get("UCAPDESK_LANG") or settings.load().interface_language)
    try:
        cli(list(arguments) if arguments is not None else None, prog_name="ucapdesk", windows_expand_args=False)
    except Exception:
        log.critical("unexpected", exc_info=True)
        said = i18n.tr("cli", "Something went wrong in UCAPDesk itself; what was saved before is safe. Details: {file}",
                       file=logs.log_file())  # fmt: skip
        _say(said)
        sys.exit(1)


def _say(said: str) -> None:
    """Say something on stderr; in a box where Windows started the program without a terminal."""
    windows = getattr(ctypes, "windll", None)
    if sys.stderr is None and windows is not None:
        windows.user32.MessageBoxW(None, said, "UCAPDesk", ERROR_BOX)
    else:
        echo(said, err=True)
