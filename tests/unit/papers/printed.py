"""Papers made and printed by tests, and what is read from them."""

from __future__ import annotations

from typing import Any

import pypdfium2

from tests.unit.papers.story import Story
from ucapdesk.briefing.blocks.content import Paper, Table, all_words
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.wording import shown
from ucapdesk.services import Desk

OF_A_COPY = ("change_sheet",)
# Packs that were made of workspaces opened for reading, by what was asked for.
_PACKS: dict[tuple[Desk, str, str], Paper] = {}


def text(pdf: bytes) -> str:
    """All its text, and what is said of it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = "\n".join(page.get_textpage().get_text_range() for page in document)
        outline = "\n".join(mark.get_title() for mark in document.get_toc())
        return "\n".join((pages, outline, *document.get_metadata_dict().values()))
    finally:
        document.close()


def made(desk: Desk, story: Story, document: str, kind: str = "visit", **choices: Any) -> Paper:
    return papers.make(desk, papers.request(desk, [story.one(kind)], document=document, **choices))


def said(paper: Paper, lang: str = "en") -> list[str]:
    """Its texts as they are read in a language; after a tag where nobody translated them."""
    return [shown(words, lang) for words, _ in all_words(paper)]


def all_text(paper: Paper, lang: str = "en") -> str:
    return "\n".join(said(paper, lang))


def tables(paper: Paper) -> list[Table]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Table)]


def pack(desk: Desk, id_: str, **choices: Any) -> Paper:
    """The pack of a visit; where nothing can be written, as one of the same choices was made before."""
    if not desk.workspace.read_only:
        return papers.paper(desk, [id_], document="visit_pack", **choices)
    asked = (desk, id_, repr(sorted(choices.items())))
    if asked not in _PACKS:
        _PACKS[asked] = papers.paper(desk, [id_], document="visit_pack", **choices)
    return _PACKS[asked]


def headings(paper: Paper, lang: str = "en") -> list[str]:
    return [
        section.heading.text[lang] or "" if section.heading else ""
        for section in paper.sections
        if section.number and section.level == 1
    ]


def of(desk: Desk, id_: str, name: str, **choices: Any) -> Paper:
    """A document of any record."""
    return papers.make(desk, papers.request(desk, [id_], document=name, **choices))


def blocks(paper: Paper, kind: type) -> list[Any]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, kind)]
