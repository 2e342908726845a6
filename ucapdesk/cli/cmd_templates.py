"""The command for templates: list those that fit a record, use one, keep one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import ID, JSON
from ucapdesk.cli.output import Table
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import templates as patterns


def _one_of_two(said: Mapping[str, Any]) -> None:
    if said["template"] and said["type_"]:
        raise click.UsageError(tr("cli", "Either --use or --keep."))


@workspace_command(writes=lambda said: said["template"] or said["type_"], check=_one_of_two)
@ID
@click.option("--use", "template", metavar="TEMPLATE", help="Add the items of this template to the record.")
@click.option(
    "--keep", "type_", type=click.Choice(list(patterns.FOR)), help="Save this part of the record as a template."
)
@click.option("--name", default="", help="With --keep: the name of the template.")
@JSON
def templates(desk: Desk, *, id_: str, template: str | None, type_: str | None, name: str) -> Answer:
    """List the templates for the meeting, visit or MoU ID, use one, or save one."""
    kind = kind_of(records.get(desk, id_)).name
    if template:
        n = patterns.use(desk, template, id_)
        return Answer({"points": n}, ntr("template", "{n} point was added.", "{n} points were added.", n))
    if type_:
        made = patterns.keep(desk, id_, type_, name)
        return Answer({"id": made}, made)
    found = patterns.fitting(desk, kind)
    heads = (tr("template", "Kind"), tr("template", "Name"), tr("template", "Points"), "id")
    rows = [(each.label, each.name, str(each.n), each.id) for each in found]
    return Answer([asdict(each) for each in found], Table(heads, rows))
