"""Declarations of commands: a command is a function that gives an ``Answer``; opening and printing happen here.

Example::

    @workspace_command(writes=True)
    @ID
    @JSON
    def star(desk: Desk, *, id_: str) -> Answer:
        return Answer({"id": id_}, id_)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ucapdesk.base.i18n import tr
from ucapdesk.cli.help_text import TranslatedHelp
from ucapdesk.cli.options import LANG, PASSWORD, WORKSPACE
from ucapdesk.cli.output import Data, Lines, Printable, Remark, output

if TYPE_CHECKING:
    from ucapdesk.services import ChangeEvent

Declare = Callable[[Callable[..., Any]], click.Command]
Check = Callable[[Mapping[str, Any]], object]
Wanted = bool | None | Check
"""Said once for a command, or found from the arguments of a call."""


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
        """Return everything to be printed."""
        if as_json and self.json is not None:
            found = self.json() if callable(self.json) else self.json
            return [found if isinstance(found, Lines) else Data(found), *self.remarks]
        text = self.text() if callable(self.text) else self.text
        return [text] if isinstance(text, Printable) else list(text)


def command(name: str | None = None) -> Declare:
    """Declare a command that opens no workspace."""

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
    """Add the arguments of a command about a workspace: its folder, its passphrase, the language."""
    return WORKSPACE(PASSWORD(LANG(function)))
