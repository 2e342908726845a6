"""What commands print: data as JSON, and text as a table for people or as lines with tabs for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click


def data(value: Any) -> None:
    """Print data."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def line(value: Any) -> str:
    """Data on one line."""
    return json.dumps(value, ensure_ascii=False)


def lines(values: Sequence[str]) -> None:
    """Print a long array, each member of which is a ``line`` already; so it needs little memory."""
    click.echo("[" + ",\n ".join(values) + "]")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows: drawn in a terminal, else a line each with tabs between, without heads."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    Console().print(drawn)
