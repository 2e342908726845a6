"""Commands that print papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.cli.command import ID, IDS, JSON, LANG, Answer, command, output_file, workspace_command
from ucapdesk.cli.output import Remark, Table, echo
from ucapdesk.services import Desk

if TYPE_CHECKING:  # loaded when something is printed
    from ucapdesk.papers.printing import RenderReport
    from ucapdesk.papers.registry import Choices
    from ucapdesk.services.files.packs import PackInfo

LAYOUTS = ("side-by-side", "stacked", "facing")


@command()
@LANG
@JSON
def documents() -> Answer:
    """List the papers that can be printed, and for which kinds of record."""
    from ucapdesk.papers.registry import DOCUMENTS
    from ucapdesk.papers.registry import documents as described

    heads = (tr("cli", "Document"), tr("cli", "Name"), tr("cli", "Kinds"), tr("cli", "Files"))
    rows = [
        (each.name, each.label.say(language()), ", ".join(each.kinds), ".pdf .docx" if each.word else ".pdf")
        for each in DOCUMENTS.values()
    ]
    return Answer(lambda: [asdict(each) for each in described()], Table(heads, rows))


def _options(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.BadParameter(tr("cli", "“{said}” is not of the form name=value.", said=each))
        found[name.strip()] = value.strip()
    return found


def _names(_: click.Context, __: click.Parameter, said: str | None) -> list[str]:
    return [each.strip() for each in (said or "").split(",") if each.strip()]


def choices(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of everything that is printed: ``Choices`` as a user types them."""
    for option in reversed((
        click.option("--document", metavar="NAME", help="The paper; by default the usual one for the kind of record."),
        click.option("--languages", metavar="CODE,CODE", default="en,zh", show_default=True, callback=_names,
                     help="One language, or two in reading order."),
        click.option("--layout", type=click.Choice(LAYOUTS), help="The arrangement of two languages."),
        click.option("--edition", metavar="NAME", help="The reader, where the paper has editions."),
        click.option("--page", metavar="NAME", help="A4, A5, booklet, large or official."),
        click.option("--both-sides", is_flag=True, help="Margins for pages printed on both sides."),
        click.option("--sections", metavar="NAME,NAME", callback=_names, help="The sections to print, in this order."),
        click.option("--private-numbers", is_flag=True, help="Print private numbers, in editions for the own side."),
        click.option("--marking", metavar="NAME", help="The marking: public, internal or limited."),
        click.option("--style", metavar="ID", help="The house style; none for none."),
        click.option("--option", "options", multiple=True, metavar="NAME=VALUE", callback=_options,
                     help="An option of the paper, such as the size of its cards."),
    )):  # fmt: skip
        function = option(function)
    return function


@workspace_command(writes=lambda said: said["keep"] or said["to"])
@IDS
@output_file(required=True, help="The file to write: .pdf, or .docx for Word.")
@choices
@click.option("--keep", is_flag=True, help="Record this copy: its version and recipient.")
@click.option("--to", multiple=True, metavar="NAME", help="The recipient of a recorded copy.")
@JSON
def brief(
    desk: Desk, *, ids: tuple[str, ...], output: Path, document: str | None, keep: bool, to: tuple[str, ...],
    **asked: Unpack[Choices],
) -> Answer:  # fmt: skip
    """Print the record ID as PDF or Word, as the file ends; "documents" lists what can be printed and how.

    With --keep, the copy is recorded as a pack: printed again after a change, it is the next version and names the one it
    replaces. The ID of a pack prints its change sheet: what has changed since.
    """
    from ucapdesk.papers import printing as papers
    from ucapdesk.services.files import word_papers
    from ucapdesk.services.files.packs import print_pack

    word_papers.check_ending(output)
    request = papers.request(desk, ids, document=document, **asked)
    word = word_papers.is_word(output)
    if word:
        word_papers.check(request)
    _name_missing(papers.missing_glyphs(papers.make(desk, request)))
    if not (keep or to):
        made = papers.make(desk, request)
        report = word_papers.write_paper(made, output) if word else papers.render(made, output)
        return Answer(_plain(report, output), _lines(report, output))
    printed = print_pack(desk, request, output, recipients=to)
    also = {"pack": printed.pack, "version": printed.version, "replaces": printed.replaces or None}
    kept = tr("cli", "Kept as version {n}: {id}", n=printed.version, id=printed.pack)
    return Answer(_plain(printed.report, output) | also, (*_lines(printed.report, output), kept))


def _plain(report: RenderReport, output: Path) -> dict[str, object]:
    glyphs = [{"character": character, "where": where} for character, where in report.missing_glyphs]
    return {"file": str(output), **asdict(report), "pages": report.pages or None, "missing_glyphs": glyphs}


def _lines(report: RenderReport, output: Path) -> Iterator[str | Remark]:
    if report.pages:
        yield ntr("cli", "Printed {n} page: {file}", "Printed {n} pages: {file}", report.pages, file=output)
    else:
        yield tr("cli", "Written: {file}", file=output)
    if n := report.missing_translations:
        said = ntr("cli", "{n} text is printed without its translation.",
                   "{n} texts are printed without their translation.", n)  # fmt: skip
        yield Remark(said)
    yield from _not_reviewed(report.drafts)


@workspace_command()
@IDS
@choices
@JSON
def gaps(desk: Desk, *, ids: tuple[str, ...], document: str | None, **asked: Unpack[Choices]) -> Answer:
    """Check the record ID before printing: list gaps and clashes, each with the record and field to correct."""
    from ucapdesk.papers import gaps as checked

    found = checked.gaps(desk, ids, document=document, **asked)
    plain = {"gaps": [asdict(each) for each in found.found], "drafts": found.drafts, "missing": found.missing}
    heads = (tr("cli", "What"), tr("cli", "Record"), tr("cli", "Field"))
    table = Table(heads, [(each.text, each.id, each.field) for each in found.found])
    nothing = [] if found.found else [Remark(tr("cli", "Nothing is missing."))]
    return Answer(plain, (table, *_not_reviewed(found.drafts), *nothing))


def _not_reviewed(n: int) -> Iterator[Remark]:
    if n:
        said = ntr("cli", "{n} translation has not been reviewed.", "{n} translations have not been reviewed.", n)
        yield Remark(said)


def _name_missing(glyphs: list[tuple[str, str]]) -> None:
    """Characters that cannot be drawn, said before anything is printed."""
    for character, where in glyphs:
        said = tr("cli", "No font has the character “{character}” (U+{code}): {where}", character=character,
                  code=f"{ord(character):04X}", where=where)  # fmt: skip
        echo(said, err=True)


@workspace_command()
@ID
@JSON
def packs(desk: Desk, *, id_: str) -> Answer:
    """The packs printed of the record ID, newest first: for whom, and whether anything has changed since."""
    from ucapdesk.services.files.packs import packs_of
    from ucapdesk.services.records import records

    records.get(desk, id_)
    found = packs_of(desk, id_)
    heads = (
        tr("cli", "Document"), tr("cli", "Edition"), tr("cli", "Version"), tr("cli", "Printed"), tr("cli", "For"), tr("cli", "Changed since"),
        tr("cli", "Record"),
    )  # fmt: skip
    nothing = [] if found else [Remark(tr("cli", "No pack was kept yet."))]
    plain = [{**asdict(each), "printed": each.printed.isoformat()} for each in found]
    return Answer(plain, (Table(heads, [_pack(each) for each in found]), *nothing))


def _pack(each: PackInfo) -> tuple[str, ...]:
    changed = tr("paper", "Yes") if each.changed else tr("paper", "No")
    day = f"{local_time(each.printed):%Y-%m-%d %H:%M}"
    return (each.document, each.edition, f"v{each.version}", day, ", ".join(each.recipients), changed, each.id)
