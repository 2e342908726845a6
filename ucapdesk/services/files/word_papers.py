"""Writes papers as Word documents: those that are prose or tables, to be worked on, or agreed by mail before they are signed.

The paper is the same that is printed, told block by block. Which documents have a Word form is declared (``Document.word``):
cards and plans need a fixed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language
from ucapdesk.briefing import content
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.layout import sheet_of
from ucapdesk.briefing.page_setup import FACING
from ucapdesk.briefing.render import RenderReport, check_translated, report_of
from ucapdesk.briefing.styles import StyleSheet
from ucapdesk.formats.whole_files import ending_of
from ucapdesk.formats.word import write_word
from ucapdesk.formats.word_document import WordBlock, WordBreak, WordFile
from ucapdesk.papers.printing import make
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.papers.request import Request
from ucapdesk.papers.request_check import Choices, request
from ucapdesk.services.files.word_edges import edges_of, look_of, page_of
from ucapdesk.services.files.word_telling import TellsBlocks
from ucapdesk.store.desk import Desk

PDF, DOCX = ".pdf", ".docx"


def check_ending(target: Path) -> None:
    """Raise an error where a file ends as neither PDF nor Word does; without an ending it is a PDF."""
    ending_of(target, ("", PDF, DOCX))


def is_word(target: object) -> bool:
    """Return whether a file is to be a Word document."""
    return isinstance(target, Path) and target.suffix.lower() == DOCX


def write(
    desk: Desk, ids: Sequence[str], target: Path, *, document: str | None = None, **choices: Unpack[Choices]
) -> None:
    """Write a paper of records as a Word document; arguments as of ``papers.printing.brief``."""
    asked = request(desk, ids, document=document, **choices)
    check(asked)
    write_paper(make(desk, asked), target)


def check(asked: Request) -> None:
    """Raise an error where the document that was asked for has no Word form."""
    document = DOCUMENTS[asked.document]
    if not document.word:
        raise UserError(
            "{title} cannot be written as a Word file. Nothing was written; save it as PDF.",
            code="not-as-word",
            title=document.label.say(language()),
        )


def write_paper(paper: content.Paper, target: Path) -> RenderReport:
    """Write a paper that was made, whole or not at all."""
    check_translated(paper)
    write_word(target, told(paper))
    return report_of(paper)


def told(paper: content.Paper) -> WordFile:
    """Return the Word document of a paper, described."""
    sheet = sheet_of(paper)
    kinds = {type(block) for section in paper.sections for block in section.blocks}
    return WordFile(
        blocks=_blocks(paper),
        title=paper.title.said(paper.languages[0], paper.languages),
        person=paper.meta.person,
        time=paper.meta.printed,
        languages=paper.languages,
        page=page_of(sheet),
        edges=edges_of(paper, letter=kinds == {content.Letter}),
        look=look_of(paper),
    )


def _blocks(paper: content.Paper) -> list[WordBlock]:
    """Return the contents; on facing pages and in official papers one language after the other."""
    apart = paper.layout == FACING or paper.page.official
    if not apart or len(paper.languages) == 1:
        return _told_in(paper)
    first, *others = (_told_in(each, each.languages[0]) for each in paper.apart())
    return [*first, *(block for other in others for block in (WordBreak(), *other))]


def _told_in(paper: content.Paper, anchors: str = "") -> list[WordBlock]:
    both = Bilingual(paper, sheet_of(paper), StyleSheet.of(paper.page))
    return list(TellsBlocks(paper, both, anchors).blocks())
