"""The command line: the same services as the window, for scripts, checks and machines without a screen.

Each command stands in a module of its sort and is imported when it is called, so that a list does not wait for what
only printing needs. What a user did wrong ends with one sentence on stderr and exit code 1; wrong usage with 2.

A script gets an ``Answer``: data for ``--json``, a text, an exit code.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from gettext import gettext
from itertools import pairwise
from typing import Any

import click

from ucapdesk import __version__
from ucapdesk.base import i18n, logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.reporting import tell_to
from ucapdesk.cli.command import LANG, UnreadableLine
from ucapdesk.cli.help_text import TranslatedHelp, speak, translated
from ucapdesk.cli.output import echo

# Command → the module it is in, and what ``--help`` says of it.
COMMANDS = {
    "new": ("workspaces", "Create a workspace."),
    "sample": ("workspaces", "Create a workspace with the Liuzhou sample."),
    "passphrase": ("workspaces", "Change the passphrase of a workspace."),
    "import": ("files", "Import papers, lists, cards (.vcf) and calendars (.ics)."),
    "kinds": ("reading", "List the kinds of record and their fields."),
    "list": ("reading", "List the records of a kind."),
    "show": ("reading", "Show a record with its parts."),
    "add": ("writing", "Create a record."),
    "edit": ("writing", "Change fields of a record."),
    "trash": ("writing", "Move records to the Trash."),
    "untrash": ("writing", "Restore records from the Trash."),
    "attach": ("writing", "Attach files to a record."),
    "today": ("work", "Show today's events, due actions and what needs attention."),
    "log": ("work", "Log the meeting that has just ended or begins now."),
    "itinerary": ("visits", "Show the programme of a visit, or add lines to it."),
    "delay": ("visits", "Delay the rest of a day."),
    "sign": ("work", "Mark an MoU as signed."),
    "reopen": ("work", "Return an MoU to its previous status."),
    "search": ("reading", "Find records by words in either script."),
    "history": ("reading", "Show every value that the fields of a record ever had."),
    "copy": ("writing", "Copy a visit or a meeting to other days."),
    "templates": ("visits", "List, use or save templates."),
    "undo": ("writing", "Undo the last step."),
    "redo": ("writing", "Redo what was undone."),
    "documents": ("papers", "List the papers that can be printed, and for which kinds."),
    "gaps": ("papers", "Check what is missing before a record is printed."),
    "brief": ("papers", "Print a record as PDF."),
    "packs": ("papers", "List the printed packs of a record."),
    "give": ("exchange", "Write a package of changes for colleagues."),
    "join": ("exchange", "Create a workspace from a colleague's package."),
    "receive": ("exchange", "Import packages from colleagues."),
    "conflicts": ("conflicts", "List fields that several people changed."),
    "decide": ("conflicts", "Choose a value for such a field."),
    "devices": ("exchange", "List, trust or block the laptops of a workspace."),
    "waiting": ("exchange", "List the packages that wait, or drop one."),
    "same": ("conflicts", "Merge duplicates, or find them."),
    "erase": ("privacy", "Remove the data of a person for good."),
    "privacy": ("privacy", "List how long people are kept, or all data of one person."),
    "export": ("files", "Export a list, business cards (.vcf) or a calendar (.ics)."),
    "translations": ("files", "List, export or import texts to translate."),
    "digest": ("workspaces", "Print one hash of all records."),
    "check": ("workspaces", "Check the database, the log and the files."),
    "clock": ("workspaces", "Check whether the computer's clock can be right."),
    "backup": ("workspaces", "Write the whole workspace into one file."),
    "restore-backup": ("workspaces", "Restore a workspace from a backup."),
}
WINDOW = "open"  # The command nobody types: without one the window is opened
ERROR_BOX = 0x10  # For ``MessageBoxW``: with the sign of an error

log = logging.getLogger("ucapdesk")


class Commands(TranslatedHelp, click.Group):
    """Finds commands when they are called; without one it opens the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS[cmd_name][0] if cmd_name in COMMANDS else "workspaces" if cmd_name == WINDOW else None
        if module is None:
            return None
        declared = vars(importlib.import_module(f"ucapdesk.cli.cmd_{module}")).values()
        return next(each for each in declared if isinstance(each, click.Command) and each.name == cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, translated(said)) for name, (_, said) in COMMANDS.items()])

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
        except (UserError, UnicodeEncodeError) as error:
            said = error if isinstance(error, UserError) else UnreadableLine()  # an argument that is no UTF-8
            echo(said.say(), err=True)
            ctx.exit(1)
        finally:
            silent()


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@LANG
@click.pass_context
def cli(ctx: click.Context) -> None:
    """UCAPs, visits, meetings and MoUs in two languages, on your own computer.

    Without a command, ucapdesk [WORKSPACE] opens the window. Everything else takes a command and a workspace, which is a
    folder. "ucapdesk COMMAND --help" explains a command.
    """
    if ctx.invoked_subcommand is None:
        command = ctx.command
        assert isinstance(command, click.Group)
        window = command.get_command(ctx, WINDOW)
        assert window is not None
        ctx.invoke(window, workspace=None)


def main(arguments: Sequence[str] | None = None) -> None:
    gc.set_threshold(500_000, 20, 100)  # what is imported is no garbage, and most commands make little
    atexit.register(gc.freeze)  # the exit would look through everything once more
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where there is no console, or something else stands in for it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    log.addHandler(logging.NullHandler())  # log messages go to the log file only
    logs.start()
    chosen = settings.load()
    i18n.use_pair(chosen.record_languages)
    said = sys.argv[1:] if arguments is None else arguments
    typed = (lang for option, lang in pairwise(said) if option == "--lang" and lang in i18n.INTERFACE_LANGUAGES)
    # asked for by itself: help and a wrong option end the reading of what stands behind them
    speak(next(typed, None) or os.environ.get("UCAPDESK_LANG") or chosen.interface_language)
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
    if sys.stderr is None and sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, said, "UCAPDesk", ERROR_BOX)
    else:
        echo(said, err=True)
