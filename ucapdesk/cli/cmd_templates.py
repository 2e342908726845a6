"""The command for templates: list those that fit a record, use one, keep one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo, table
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.services.visits import templates as patterns
from ucapdesk.services.workspaces import workspace_service


@click.command()
@in_workspace
@click.argument("id_", metavar="ID")
@click.option("--use", "template", metavar="TEMPLATE", help="Add the points of this template to the record.")
@click.option("--keep", "type_", type=click.Choice(list(patterns.FOR)), help="Keep this of the record as a template.")
@click.option("--name", default="", help="With --keep: what the template is called.")
@JSON
def templates(
    *,
    workspace: Path,
    passphrase: str | None,
    id_: str,
    template: str | None,
    type_: str | None,
    name: str,
    as_json: bool,
) -> None:
    """List the templates that fit the meeting, visit or MoU ID; use one for it, or keep one of it."""
    if template and type_:
        raise click.UsageError(tr("cli", "Either --use or --keep."))
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=not (template or type_)) as desk:
        kind = kind_of(records.get(desk, id_)).name
        if template:
            n = patterns.use(desk, template, id_)
        elif type_:
            made = patterns.keep(desk, id_, type_, name)
        else:
            found = patterns.fitting(desk, kind)
    if template:
        said = ntr("template", "{n} point was added.", "{n} points were added.", n)
        data({"points": n}) if as_json else echo(said)
    elif type_:
        data({"id": made}) if as_json else echo(made)
    elif as_json:
        data([asdict(each) for each in found])
    else:
        heads = (tr("template", "Kind"), tr("template", "Name"), tr("template", "Points"), "id")
        table(heads, [(each.label, each.name, str(each.n), each.id) for each in found])
