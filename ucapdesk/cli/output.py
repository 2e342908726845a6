"""Output of the commands: data as JSON, and text as a table for people or tab-separated lines for scripts.

Everything goes through ``echo``: what colleagues wrote may hold signs that a terminal obeys instead of showing them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

# Characters with which a text could control the terminal; line ends and tabs are added by us.
_OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text without any character that controls the terminal."""
    return _OBEYED.sub("\ufffd", text)


def echo(text: object = "", *, err: bool = False) -> None:
    click.echo(plain(str(text)), err=err)


def confirm(question: str) -> bool | None:
    """Ask in a terminal; None where nobody sits there."""
    if not sys.stdin.isatty():
        return None
    return click.confirm(plain(question), default=False, err=True)


def line(value: Any, *, indent: int | None = None) -> str:
    """Return data as JSON without any character that controls the terminal, on one line or indented."""
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


class Data(NamedTuple):
    """Data, printed as JSON."""

    value: Any


class Lines(NamedTuple):
    """A long array, each member of which is a ``line`` already, so that it needs little memory."""

    values: Sequence[str]


class Table(NamedTuple):
    """Rows: a drawn table in a terminal, else tab-separated lines without heads."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


class Remark(NamedTuple):
    """A line for stderr."""

    text: str


Printable = str | Table | Remark | Data | Lines


def picked(thing: object, names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names.split()}


def output(what: Printable) -> None:
    match what:
        case Data(value):
            click.echo(line(value, indent=1))
        case Lines(values):
            click.echo("[" + ",\n ".join(values) + "]")
        case Table(heads, rows):
            _table(heads, rows)
        case Remark(text):
            echo(text, err=True)
        case _:
            echo(what)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not sys.stdout.isatty():
        for row in rows:
            echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table as DrawnTable
    from rich.text import Text

    drawn = DrawnTable(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    Console().print(drawn)
