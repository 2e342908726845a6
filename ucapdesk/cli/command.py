"""Declarations of commands, and the options they share.

A command is a function that gives an ``Answer``; opening and printing happen here.

Example::

    @workspace_command(writes=True)
    @ID
    @JSON
    def star(desk: Desk, *, id_: str) -> Answer:
        return Answer({"id": id_}, id_)
"""

from __future__ import annotations

import codecs
import functools
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.files import first_bytes
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, tr
from ucapdesk.cli.help_text import TranslatedHelp, speak
from ucapdesk.cli.output import Data, Lines, Printable, Remark, output

if TYPE_CHECKING:
    from ucapdesk.services import ChangeEvent


UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST_PASSWORD_FILE = 2**20
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


PASSWORD_FILE_UNREADABLE = Failure(
    "password-file-unreadable",
    "The passphrase could not be read from {file}. Nothing was changed; the file holds it as its first line.",
)


class UnreadableLine(UserError):
    """A script hands over bytes that are no text in an encoding that can be told."""

    sentence = "The line is not readable text. Nothing was changed; pass it as UTF-8."


def _use_language(_: click.Context, __: click.Parameter, said: str | None) -> None:
    if said:
        speak(said)


def decoded(data: bytes) -> str:
    """Return what was typed, whatever wrote it down: in UTF-8, else in a code page of the terminal, as Windows pipes it."""
    for encoding in ("utf-8-sig", *_code_pages()):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableLine


def _code_pages() -> list[str]:
    """Return the encodings of a terminal of Windows, the likeliest first; others write UTF-8.

    The program itself is told UTF-8 (``activeCodePage`` of its manifest), so terminal and registry are asked.
    """
    found: list[str] = []
    if sys.platform == "win32":
        import ctypes
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\Nls\CodePage") as key:
            kept = [winreg.QueryValueEx(key, name)[0] for name in ("OEMCP", "ACP")]
        found = [f"cp{number}" for number in (ctypes.windll.kernel32.GetConsoleCP(), *kept) if int(number)]
    return found


def passphrase_in(file: Path) -> str:
    """Return the first line of a file as the passphrase. PowerShell writes files in UTF-16, with a mark."""
    try:
        data = first_bytes(file, LARGEST_PASSWORD_FILE + 1)
        lines = (data.decode("utf-16") if data.startswith(UTF_16_MARKS) else decoded(data)).splitlines()
    except (OSError, UnreadableLine, UnicodeDecodeError):
        raise PASSWORD_FILE_UNREADABLE(file=file) from None
    if not lines or not lines[0].strip() or len(data) > LARGEST_PASSWORD_FILE:
        raise PASSWORD_FILE_UNREADABLE(file=file)
    return lines[0]


def passphrase_of_file(_: click.Context, __: click.Parameter, said: Path | None) -> str | None:
    return passphrase_in(said) if said else None


def typed_workspace() -> Path:
    return Path(click.get_current_context().params["workspace"])


FILE = click.Path(path_type=Path)
LANG: Decorator = click.option(
    "--lang", type=click.Choice(INTERFACE_LANGUAGES), envvar="UCAPDESK_LANG", expose_value=False, is_eager=True,
    callback=_use_language, help="The language of messages; by default that of the window.",
)  # fmt: skip
JSON: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
WORKSPACE: Decorator = click.argument("workspace", type=FILE)
ASSIGNMENTS: Decorator = click.argument("assignments", nargs=-1, metavar="FIELD=VALUE…")
ID: Decorator = click.argument("id_", metavar="ID")
IDS: Decorator = click.argument("ids", nargs=-1, required=True, metavar="ID…")
FILES: Decorator = click.argument("files", nargs=-1, required=True, metavar="FILE…", type=FILE)
PASSWORD: Decorator = click.option(
    "--password-file", "passphrase", type=FILE, callback=passphrase_of_file, metavar="FILE",
    help="The passphrase of a protected workspace, as the first line of a file.",
)  # fmt: skip


def _in_a_folder(_: click.Context, __: click.Parameter, said: Path | None) -> Path | None:
    """Refuse a file whose folder is not there: it may be that of a USB stick, which would be written beside."""
    if said and not said.parent.is_dir():
        from ucapdesk.services import NOT_THERE  # --help needs no workspace

        raise NOT_THERE(path=said.parent)
    return said


def output_file(*, help: str, required: bool = False) -> Decorator:
    return click.option(
        "-o", "--output", type=FILE, required=required, metavar="FILE", callback=_in_a_folder, help=help
    )


Declare = Callable[[Callable[..., Any]], click.Command]
Check = Callable[[Mapping[str, Any]], object]
Wanted = bool | None | Check  # Said once for a command, or found from the arguments of a call


class Answer(NamedTuple):
    """The result of a command: data for ``--json`` and a text; of two functions only the one asked for is called.

    Both are made while the workspace is open and printed when it is closed, so that a script can go on with it at once.
    An answer without data is always a text. ``remarks`` go to stderr after the data; ``failure`` is raised when all is
    printed.
    """

    json: Any = None
    text: Printable | Iterable[Printable] | Callable[[], Printable | Iterable[Printable]] = ()
    remarks: Iterable[Remark] = ()
    failure: Exception | None = None

    def printed(self, *, as_json: bool) -> list[Printable]:
        if as_json and self.json is not None:
            found = self.json() if callable(self.json) else self.json
            return [found if isinstance(found, Lines) else Data(found), *self.remarks]
        text = self.text() if callable(self.text) else self.text
        return [text] if isinstance(text, Printable) else list(text)


def command(name: str | None = None) -> Declare:
    def declare(function: Callable[..., Answer]) -> click.Command:
        @functools.wraps(function)
        def run(*args: Any, as_json: bool = False, **said: Any) -> None:
            answer = function(*args, **said)
            _print(answer, answer.printed(as_json=as_json))

        return click.command(name, cls=TranslatedHelp)(run)

    return declare


def workspace_command(
    name: str | None = None, *, writes: Wanted = False, tells_steps: bool = False, check: Check | None = None
) -> Declare:
    """Declare a command that is called with the open workspace.

    Args:
        name: Where it is not that of the function.
        writes: Whether the workspace is opened for writing; None: where its folder allows it.
        tells_steps: Print at the end which steps were saved.
        check: Raises for wrong arguments before anything is opened.
    """

    def declare(function: Callable[..., Answer]) -> click.Command:
        @functools.wraps(function)
        def run(*, workspace: Path, passphrase: str | None, as_json: bool = False, **said: Any) -> None:
            from ucapdesk.services.workspaces import workspace_service

            if check is not None:
                check(said)
            wanted = writes(said) if callable(writes) else writes
            read_only = None if wanted is None else not wanted
            steps: list[ChangeEvent] = []
            with workspace_service.opened(workspace, passphrase=passphrase, read_only=read_only) as desk:
                desk.subscribe(steps.append)
                answer = function(desk, **said)
                printed = answer.printed(as_json=as_json)
                if tells_steps and not as_json:
                    from ucapdesk.services.records import history

                    told = [history.say(desk, step.source) for step in steps]
                    printed.append("\n".join(told) or tr("cli", "Nothing to change."))
            _print(answer, printed)

        return click.command(name, cls=TranslatedHelp)(in_workspace(run))

    return declare


def _print(answer: Answer, printed: Iterable[Printable]) -> None:
    for each in printed:
        output(each)
    if answer.failure is not None:
        raise answer.failure


def in_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    return WORKSPACE(PASSWORD(LANG(function)))
