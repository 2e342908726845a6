"""Commands about papers: taking them in and printing them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.cli.options import JSON, LANG, in_workspace
from ucapdesk.cli.output import data, table
from ucapdesk.services import workspaces


@click.command(name="import")
@in_workspace
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only tell what would be made.")
@click.option("--kind", metavar="KIND", help="What the rows of a spreadsheet are, where it does not say so itself.")
@JSON
def import_(
    *, workspace: Path, passphrase: str | None, files: tuple[Path, ...], dry_run: bool, kind: str | None, as_json: bool
) -> None:
    """Take in UCAPs at a glance, and lists as .xlsx or .csv.

    Taken in again, a paper changes nothing, and what differs from it is listed. A row of a list with the id of a record
    changes that record, one without makes a new one; empty cells say nothing.
    """
    from ucapdesk.cli.sheets import take_in
    from ucapdesk.services.imports import import_files

    lists = [file for file in files if file.suffix.lower() in (".xlsx", ".csv")]
    with workspaces.opened(workspace, passphrase=passphrase, read_only=dry_run) as desk:
        reports = import_files(desk, [file for file in files if file not in lists], dry_run=dry_run)
        sheets = take_in(desk, lists, kind, dry_run=dry_run)
    if as_json:
        data([*(_plain(report) for report in reports), *(sheet.plain() for sheet in sheets)])
        return

    for sheet in sheets:
        sheet.tell()
    for report in reports:
        click.echo(report.say())
        for odd in report.oddities:
            click.echo(f"  {odd['row'] or '–'}: {odd['what']} {odd['done']}")
        for each in report.differs:
            said = tr("cli", "{kind} {id}, {field}: here {here}, in the paper {file}", **asdict(each))
            click.echo(f"  {said}")


def _plain(report: object) -> dict[str, object]:
    plain = asdict(report)  # type: ignore[call-overload]
    plain["records"] = [{"kind": kind, "id": id_} for kind, id_ in plain["records"]]
    return dict(plain)


@click.command()
@LANG
@JSON
def documents(as_json: bool) -> None:
    """The papers that can be printed, and for which kinds of record."""
    from ucapdesk.services import papers

    if as_json:
        data([asdict(each) for each in papers.documents()])
        return
    heads = (tr("cli", "Document"), tr("cli", "Name"), tr("cli", "Kinds"))
    table(heads, [(each.name, each.labels[language()], ", ".join(each.kinds)) for each in papers.documents()])


@click.command()
@in_workspace
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf", help="The file to write."
)
@click.option("--document", metavar="NAME", help="By default the one for the kind of record.")
@click.option("--languages", default="en,zh", show_default=True, help="One, or two in the order of reading.")
@click.option("--layout", type=click.Choice(["side-by-side", "stacked", "facing"]))
@click.option("--edition", metavar="NAME", help="For whom, where the document has editions.")
@JSON
def brief(
    *, workspace: Path, passphrase: str | None, ids: tuple[str, ...], output: Path, document: str | None, languages: str,
    layout: str | None, edition: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Print the record ID as PDF."""
    from ucapdesk.services import papers

    with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        paper = papers.paper(
            desk, ids, document=document, languages=[each.strip() for each in languages.split(",")], layout=layout,
            edition=edition,
        )  # fmt: skip
        _name_missing(papers.missing_glyphs(paper))
        report = papers.render(paper, output)
    if as_json:
        glyphs = [{"character": character, "where": where} for character, where in report.missing_glyphs]
        data({"file": str(output), **asdict(report), "missing_glyphs": glyphs})
        return
    n = report.pages
    click.echo(ntr("cli", "Printed {n} page: {file}", "Printed {n} pages: {file}", n, file=output))
    if n := report.missing_translations:
        said = ntr("cli", "{n} text is printed without its translation.",
                   "{n} texts are printed without their translation.", n)  # fmt: skip
        click.echo(said, err=True)
    if n := report.drafts:
        said = ntr("cli", "{n} translation has not been reviewed.", "{n} translations have not been reviewed.", n)
        click.echo(said, err=True)


def _name_missing(glyphs: list[tuple[str, str]]) -> None:
    """Characters that cannot be drawn, said before anything is printed."""
    for character, where in glyphs:
        said = tr("cli", "No typeface has the character “{character}” (U+{code}): {where}", character=character,
                  code=f"{ord(character):04X}", where=where)  # fmt: skip
        click.echo(said, err=True)


COMMANDS = {"import": import_, "documents": documents, "brief": brief}
