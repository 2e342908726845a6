"""The command for missing translations: list them, export to a translator, import the result."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.i18n import LANGUAGES, ntr, tr
from ucapdesk.cli.command import Answer, workspace_command
from ucapdesk.cli.options import FILE, JSON, output_file
from ucapdesk.cli.output import Table
from ucapdesk.model.codes import code_label
from ucapdesk.services import Desk
from ucapdesk.services.translations.translations import WORK_STATES, within, worklist


@workspace_command(writes=lambda said: said["take"] and not said["dry_run"])
@click.option("--into", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="The missing language.")
@click.option("--from", "source", type=click.Choice(LANGUAGES), help="The language to translate from.")
@click.option("--state", "states", type=click.Choice(WORK_STATES), multiple=True, help="Only these; can be repeated.")
@click.option("--id", "id_", metavar="ID", help="Only texts of a paper about this record.")
@output_file(help="A .xlsx, .csv or .xlf (XLIFF 1.2) file for a translator.")
@click.option("--take", type=FILE, metavar="FILE", help="Import such a file with its translations.")
@click.option("--all", "everything", is_flag=True, help="With --take: also texts whose source has changed since.")
@click.option("--dry-run", is_flag=True, help="With --take: only print what would be imported.")
@JSON
def translations(
    desk: Desk, *, into: str, source: str | None, states: tuple[str, ...], id_: str | None, output: Path | None,
    take: Path | None, everything: bool, dry_run: bool,
) -> Answer:  # fmt: skip
    """List texts without a translation, drafts, and texts whose source has changed; -o writes them for a translator.

    --take imports the translations. They count as reviewed unless an XLIFF file marks them as drafts.
    """
    if take is not None:
        from ucapdesk.cli.cmd_incoming import take_plan
        from ucapdesk.services.translations import translation_files

        return take_plan(desk, translation_files.plan_file(desk, take), everything=everything, dry_run=dry_run)
    among = within(desk, id_) if id_ else None
    items = worklist(desk, into, source, among=among, states=states or WORK_STATES)
    if output is not None:
        from ucapdesk.services.translations import translation_files

        n = translation_files.export(items, output)
        said = ntr("cli", "Wrote {n} text: {file}", "Wrote {n} texts: {file}", n, file=output)
        return Answer({"file": str(output), "texts": n}, said)
    heads = (tr("translations", "State"), tr("translations", "Where"), tr("translations", "Record"), tr("cli", "Text"))
    rows = [(code_label("translation_states", item.state), item.where, item.title, item.text) for item in items]
    return Answer([asdict(item) | {"key": item.key} for item in items], Table(heads, rows))
