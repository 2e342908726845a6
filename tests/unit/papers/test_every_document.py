"""Every document of the registry, printed from the story as it should be and from the ones nobody hoped for."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers.paper_flaws import flaws
from tests.unit.papers.conftest import SAMPLE, TELLINGS, Told
from tests.unit.papers.story import Story
from ucapdesk.services import Desk, papers
from ucapdesk.services.papers.registry import DOCUMENTS
from ucapdesk.services.printable import KINDS_OF

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
NAMES = sorted(DOCUMENTS)
CHOICES = [
    (name, option.name, value)
    for name, document in DOCUMENTS.items()
    for option in document.options
    for value, _ in option.choices[1:]
]
LONG = ("visit_pack", "minutes", "mou_sheet", "signature_pages", "visit_report")
"""Papers of running text, which are set in every layout; the others in all of them only where there is time."""
LAYOUTS = [(name, layout) for name in (NAMES if SOAK else LONG) for layout in DOCUMENTS[name].layouts[1:]]
PAGES = [(name, page) for name in (NAMES if SOAK else LONG) for page in DOCUMENTS[name].pages[1:]]
LANGUAGES = [("zh",), *([("de", "es"), ("zh", "en"), ("it",)] if SOAK else [])]
HARDEST = (
    "long names",
    "no Chinese",
    "sixty people, forty points a day, twenty pages of minutes",
    "strange characters",
)
"""Tellings that every paper is printed from; the others where there is time."""
USUAL = ("as it should be", SAMPLE)
"""Tellings of which every paper is printed of every kind it can be."""
OF_A_COPY = ("change_sheet",)
"""Of a pack that was printed; tested where packs are."""


def printed(desk: Desk, story: Story, name: str, kind: str = "", **choices: Any) -> bytes:
    """A document of the first record of a kind, or of all where it tells of several."""
    kind = kind or next(kind for kind in KINDS_OF[name] if kind in story.ids)
    ids = story.ids[kind] if DOCUMENTS[name].several else [story.one(kind)]
    paper = papers.make(desk, papers.request(desk, ids, document=name, **choices))
    target = io.BytesIO()
    report = papers.render(paper, target)
    assert report.pages > 0
    assert flaws(target.getvalue(), paper) == []
    return target.getvalue()


def text(pdf: bytes) -> str:
    """All its text, and what is said of it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = "\n".join(page.get_textpage().get_text_range() for page in document)
        outline = "\n".join(mark.get_title() for mark in document.get_toc())
        return "\n".join((pages, outline, *document.get_metadata_dict().values()))
    finally:
        document.close()


@pytest.mark.parametrize("telling", [*(TELLINGS if SOAK else HARDEST), SAMPLE])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_whatever_is_recorded(told: Told, name: str, telling: str) -> None:
    desk, story = told(telling)
    kinds = [kind for kind in KINDS_OF[name] if kind in story.ids]
    for kind in kinds if SOAK or telling in USUAL else kinds[:1]:
        assert text(printed(desk, story, name, kind)).strip()


@pytest.mark.row("X10")
@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_in_every_language(told: Told, name: str, languages: tuple[str, ...]) -> None:
    desk, story = told("as it should be")
    assert text(printed(desk, story, name, languages=languages)).strip()


@pytest.mark.parametrize(("name", "option", "value"), CHOICES)
def test_it_prints_with_every_choice(told: Told, name: str, option: str, value: str) -> None:
    desk, story = told("as it should be")
    assert text(printed(desk, story, name, options={option: value})).strip()


@pytest.mark.parametrize(("name", "page"), [each for each in PAGES if each[0] not in OF_A_COPY])
def test_it_prints_on_every_page_it_may_be_printed_on(told: Told, name: str, page: str) -> None:
    desk, story = told("as it should be")
    assert text(printed(desk, story, name, page=page)).strip()


@pytest.mark.row("M7")
@pytest.mark.parametrize(("name", "layout"), [each for each in LAYOUTS if each[0] not in OF_A_COPY])
def test_it_prints_however_two_languages_stand_to_each_other(told: Told, name: str, layout: str) -> None:
    desk, story = told("as it should be")
    assert text(printed(desk, story, name, layout=layout)).strip()


@pytest.mark.parametrize("page", ["papers.md", "papers.zh.md"])
def test_the_manual_names_every_document_and_its_choices(page: str) -> None:
    manual = (Path(__file__).parents[3] / "docs/manual" / page).read_text(encoding="utf-8")
    missing = [name for name in NAMES if name not in OF_A_COPY and f"`{name}`" not in manual]
    assert missing == []
