"""Arguments and options shared by several commands."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ucapdesk.base import i18n
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class PasswordFileUnreadable(UserError):
    """The passphrase file cannot be read, or is empty."""

    sentence = "The passphrase could not be read from {file}. Nothing was changed; the file holds it as its first line."


class UnreadableLine(UserError):
    """A script hands over bytes that are no text in an encoding that can be told."""

    sentence = "The line that was handed over is no readable text. Nothing was changed; hand it over as UTF-8."


def _use_language(_: click.Context, __: click.Parameter, said: str | None) -> None:
    if said:
        i18n.use_language(said)


def piped_line() -> str:
    """Return the line that a script hands over: UTF-8, else the code page of the terminal, as Windows pipes it."""
    data = sys.stdin.buffer.readline()
    return decoded(data)


def decoded(data: bytes) -> str:
    """Return what was typed, whatever wrote it down."""
    for encoding in ("utf-8-sig", _code_page()):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableLine


def _code_page() -> str:
    """Return the encoding of a terminal of Windows; others write UTF-8."""
    windows = getattr(ctypes, "windll", None)
    return f"cp{windows.kernel32.GetOEMCP()}" if windows is not None else "utf-8"


def passphrase_in(file: Path) -> str:
    """Return the first line of a file as the passphrase."""
    try:
        lines = decoded(file.read_bytes()).splitlines()
    except (OSError, UnreadableLine):
        raise PasswordFileUnreadable(file=file) from None
    if not lines or not lines[0].strip():
        raise PasswordFileUnreadable(file=file)
    return lines[0]


def passphrase_of_file(_: click.Context, __: click.Parameter, said: Path | None) -> str | None:
    """Return the passphrase that an option names a file of."""
    return passphrase_in(said) if said else None


def typed_workspace() -> Path:
    """Return the folder of the workspace as it was typed."""
    return Path(click.get_current_context().params["workspace"])


FILE = click.Path(path_type=Path)
LANG: Decorator = click.option(
    "--lang", type=click.Choice(INTERFACE_LANGUAGES), envvar="UCAPDESK_LANG", expose_value=False, is_eager=True,
    callback=_use_language, help="Language of messages; by default that of the window.",
)  # fmt: skip
JSON: Decorator = click.option("--json", "as_json", is_flag=True, help="Print data instead of text.")
WORKSPACE: Decorator = click.argument("workspace", type=FILE)
ASSIGNMENTS: Decorator = click.argument("assignments", nargs=-1, metavar="FIELD=VALUE…")
ID: Decorator = click.argument("id_", metavar="ID")
PASSWORD: Decorator = click.option(
    "--password-file", "passphrase", type=FILE, callback=passphrase_of_file, metavar="FILE",
    help="The passphrase of a protected workspace, as the first line of a file.",
)  # fmt: skip
