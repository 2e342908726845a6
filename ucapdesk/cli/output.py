"""What commands print: data as JSON, and text as a table for people or as lines with tabs for scripts.

Everything goes through ``echo``: what colleagues wrote may hold signs that a terminal obeys instead of showing them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

_OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that move, colour, name or turn round what a terminal shows; lines and tabs are ours."""


def plain(text: str) -> str:
    """A text of which a terminal obeys nothing."""
    return _OBEYED.sub("\ufffd", text)


def echo(text: object = "", *, err: bool = False) -> None:
    """Print a text."""
    click.echo(plain(str(text)), err=err)


def _json(value: Any, **how: Any) -> str:
    """JSON that means the same, and in which a terminal finds nothing to obey."""
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False, **how))


def data(value: Any) -> None:
    """Print data."""
    click.echo(_json(value, indent=1))


def line(value: Any) -> str:
    """Data on one line."""
    return _json(value)


def lines(values: Sequence[str]) -> None:
    """Print a long array, each member of which is a ``line`` already; so it needs little memory."""
    click.echo("[" + ",\n ".join(values) + "]")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows: drawn in a terminal, else a line each with tabs between, without heads."""
    if not sys.stdout.isatty():
        for row in rows:
            echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    Console().print(drawn)
