"""Commands about papers: taking them in and printing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.cli.options import JSON, LANG, in_workspace
from ucapdesk.cli.output import data, echo, table
from ucapdesk.services.workspaces import workspace_service

if TYPE_CHECKING:  # loaded when something is printed
    from ucapdesk.papers.printing import Choices, RenderReport
    from ucapdesk.services.files.packs import PackInfo

LAYOUTS = ("side-by-side", "stacked", "facing")


@click.command()
@LANG
@JSON
def documents(as_json: bool) -> None:
    """The papers that can be printed, and for which kinds of record."""
    from ucapdesk.papers import printing as papers

    if as_json:
        data([asdict(each) for each in papers.documents()])
        return
    heads = (tr("cli", "Document"), tr("cli", "Name"), tr("cli", "Kinds"))
    table(heads, [(each.name, each.labels[language()], ", ".join(each.kinds)) for each in papers.documents()])


def _options(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.BadParameter(tr("cli", "“{said}” is not of the form name=value.", said=each))
        found[name.strip()] = value.strip()
    return found


def _names(_: click.Context, __: click.Parameter, said: str | None) -> list[str]:
    """Return the names in a comma-separated option."""
    return [each.strip() for each in (said or "").split(",") if each.strip()]


def choices(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of everything that is printed: ``Choices`` as a user types them."""
    for option in reversed((
        click.option("--document", metavar="NAME", help="By default the one for the kind of record."),
        click.option("--languages", metavar="CODE,CODE", default="en,zh", show_default=True, callback=_names,
                     help="One, or two in the order of reading."),
        click.option("--layout", type=click.Choice(LAYOUTS), help="How two languages stand to each other."),
        click.option("--edition", metavar="NAME", help="For whom, where the document has editions."),
        click.option("--page", metavar="NAME", help="Such as A4, A5, booklet, large, official."),
        click.option("--both-sides", is_flag=True, help="Margins for pages printed on both sides."),
        click.option("--sections", metavar="NAME,NAME", callback=_names, help="The sections to print, in this order."),
        click.option("--private-numbers", is_flag=True, help="Print private numbers, in editions of the own side."),
        click.option("--marking", metavar="NAME", help="Who may read it: public, internal, limited."),
        click.option("--option", "options", multiple=True, metavar="NAME=VALUE", callback=_options,
                     help="A choice of the document's own, such as the size of its cards."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@in_workspace
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf", help="The file to write."
)
@choices
@click.option("--keep", is_flag=True, help="Keep a record of this copy: its version and whom it is for.")
@click.option("--to", multiple=True, metavar="NAME", help="Whom a copy that is kept is for.")
@JSON
def brief(
    *, workspace: Path, passphrase: str | None, ids: tuple[str, ...], output: Path, document: str | None, keep: bool,
    to: tuple[str, ...], as_json: bool, **asked: Unpack[Choices],
) -> None:  # fmt: skip
    """Print the record ID as PDF; "documents" lists what can be printed and how.

    Kept, it is a pack: printed again after a change it is the next version and says which one it replaces. Of a pack the
    change sheet is printed: what has changed since.
    """
    from ucapdesk.papers import printing as papers
    from ucapdesk.services.files.packs import print_pack

    keep = keep or bool(to)
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=not keep) as desk:
        request = papers.request(desk, ids, document=document, **asked)
        _name_missing(papers.missing_glyphs(papers.make(desk, request)))
        if keep:
            printed = print_pack(desk, request, output, recipients=to)
            also = {"pack": printed.pack, "version": printed.version, "replaces": printed.replaces or None}
            tell(printed.report, output, as_json=as_json, **also)
            if not as_json:
                echo(tr("cli", "Kept as version {n}: {id}", n=printed.version, id=printed.pack))
            return
        tell(papers.render(papers.make(desk, request), output), output, as_json=as_json)


def tell(report: RenderReport, output: Path, *, as_json: bool, **also: object) -> None:
    """Print the result of printing, and what to know about it."""
    if as_json:
        glyphs = [{"character": character, "where": where} for character, where in report.missing_glyphs]
        data({"file": str(output), **asdict(report), "missing_glyphs": glyphs, **also})
        return
    n = report.pages
    echo(ntr("cli", "Printed {n} page: {file}", "Printed {n} pages: {file}", n, file=output))
    if n := report.missing_translations:
        said = ntr("cli", "{n} text is printed without its translation.",
                   "{n} texts are printed without their translation.", n)  # fmt: skip
        echo(said, err=True)
    _count(report.drafts)


@click.command()
@in_workspace
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@choices
@JSON
def gaps(
    *, workspace: Path, passphrase: str | None, ids: tuple[str, ...], document: str | None, as_json: bool,
    **asked: Unpack[Choices],
) -> None:  # fmt: skip
    """List gaps and clashes before the record ID is printed, each with the record and the field to mend."""
    from ucapdesk.papers import printing as papers

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        found = papers.gaps(desk, ids, document=document, **asked)
    if as_json:
        data({"gaps": [asdict(each) for each in found.found], "drafts": found.drafts, "missing": found.missing})
        return
    heads = (tr("cli", "What"), tr("cli", "Record"), tr("cli", "Field"))
    table(heads, [(each.text, each.id, each.field) for each in found.found])
    _count(found.drafts)
    if not found.found:
        echo(tr("cli", "Nothing is missing."), err=True)


def _count(drafts: int) -> None:
    if drafts:
        n = drafts
        said = ntr("cli", "{n} translation has not been reviewed.", "{n} translations have not been reviewed.", n)
        echo(said, err=True)


def _name_missing(glyphs: list[tuple[str, str]]) -> None:
    """Characters that cannot be drawn, said before anything is printed."""
    for character, where in glyphs:
        said = tr("cli", "No typeface has the character “{character}” (U+{code}): {where}", character=character,
                  code=f"{ord(character):04X}", where=where)  # fmt: skip
        echo(said, err=True)


@click.command()
@in_workspace
@click.argument("id_", metavar="ID")
@JSON
def packs(*, workspace: Path, passphrase: str | None, id_: str, as_json: bool) -> None:
    """The packs printed of the record ID, newest first: for whom, and whether anything has changed since."""
    from ucapdesk.services.files.packs import packs_of
    from ucapdesk.services.records import records

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        records.get(desk, id_)
        found = packs_of(desk, id_)
    if as_json:
        data([{**asdict(each), "printed": each.printed.isoformat()} for each in found])
        return
    heads = (
        tr("cli", "Document"), tr("cli", "Edition"), tr("cli", "Version"), tr("cli", "Printed"), tr("cli", "For"), tr("cli", "Changed since"),
        tr("cli", "Record"),
    )  # fmt: skip
    table(heads, [_pack(each) for each in found])
    if not found:
        echo(tr("cli", "No pack of it was kept yet."), err=True)


def _pack(each: PackInfo) -> tuple[str, ...]:
    changed = tr("paper", "Yes") if each.changed else tr("paper", "No")
    day = f"{local_time(each.printed):%Y-%m-%d %H:%M}"
    return (each.document, each.edition, f"v{each.version}", day, ", ".join(each.recipients), changed, each.id)
