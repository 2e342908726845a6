"""The command for missing translations: list them, export to a translator, import the result."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.i18n import LANGUAGES, ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo, table
from ucapdesk.model.codes import code_label
from ucapdesk.services.workspaces import workspace_service

STATES = ("missing", "outdated", "draft")


@click.command()
@in_workspace
@click.option("--into", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="The language that lacks.")
@click.option("--from", "source", type=click.Choice(LANGUAGES), help="The language to translate from.")
@click.option(
    "--state", "states", type=click.Choice(STATES), multiple=True, help="Only those; may be given several times."
)
@click.option("--id", "id_", metavar="ID", help="Only what a paper about this record says.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .xlsx, .csv or .xlf (XLIFF 1.2) file for a translator.",
)
@click.option("--take", type=click.Path(path_type=Path), metavar="FILE", help="Take in such a file, filled in.")
@click.option("--all", "everything", is_flag=True, help="With --take also texts whose source has changed since.")
@click.option("--dry-run", is_flag=True, help="With --take only tell what would be taken in.")
@JSON
def translations(
    *, workspace: Path, passphrase: str | None, into: str, source: str | None, states: tuple[str, ...], id_: str | None,
    output: Path | None, take: Path | None, everything: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """List the texts that lack a translation, are drafts, or whose source has changed; -o writes them for a translator.

    What comes back is taken in with --take and counts as reviewed, unless an XLIFF file calls it a draft.
    """
    from ucapdesk.services.translations import translation_files
    from ucapdesk.services.translations.translations import within, worklist

    if take is not None:
        _take(workspace, passphrase, take, everything=everything, dry_run=dry_run, as_json=as_json)
        return
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        among = within(desk, id_) if id_ else None
        items = worklist(desk, into, source, among=among, states=states or STATES)
    if output is not None:
        n = translation_files.export(items, output)
        said = ntr("cli", "Wrote {n} text: {file}", "Wrote {n} texts: {file}", n, file=output)
        data({"file": str(output), "texts": n}) if as_json else echo(said)
    elif as_json:
        data([asdict(item) | {"key": item.key} for item in items])
    else:
        heads = (
            tr("translations", "State"),
            tr("translations", "Where"),
            tr("translations", "Record"),
            tr("cli", "Text"),
        )
        rows = [(code_label("translation_states", item.state), item.where, item.title, item.text) for item in items]
        table(heads, rows)


def _take(
    workspace: Path, passphrase: str | None, file: Path, *, everything: bool, dry_run: bool, as_json: bool
) -> None:
    from ucapdesk.cli.cmd_incoming import TakenLines
    from ucapdesk.services.files import incoming_files
    from ucapdesk.services.translations import translation_files

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=dry_run) as desk:
        plan = translation_files.plan_file(desk, file)
        numbers = [line.number for line in plan.lines if line.possible] if everything else plan.ticked
        if not dry_run:
            incoming_files.take(desk, plan, numbers)
    taken = TakenLines(plan, tuple(numbers), dry_run)
    if as_json:
        data(taken.plain())
    else:
        taken.tell()
