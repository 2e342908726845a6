"""Every document of the registry, printed from the story as it should be and from the ones nobody hoped for."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from tests.helpers.paper_flaws import flaws
from tests.helpers.paper_structure import tag_flaws
from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.unit.papers.conftest import SAMPLE, TELLINGS, Told
from tests.unit.papers.printed import OF_A_COPY
from tests.unit.papers.story import Story
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
NAMES = sorted(DOCUMENTS)
CHOICES = [
    (name, option.name, value)
    for name, document in DOCUMENTS.items()
    for option in document.options
    for value, _ in option.choices[1:]
]
"""Of a pack that was printed; tested where packs are."""
READ = ("visit_pack", "minutes")
"""Papers that are printed on both sides."""


class Way(NamedTuple):
    """A way in which a paper can be asked for."""

    name: str
    languages: tuple[str, ...] = ("en", "zh")
    layout: str = "side-by-side"
    page: str = "A4"
    both_sides: bool = False
    edition: str = ""

    def __str__(self) -> str:
        parts = (self.name, *self.languages, self.layout, self.page, *["both-sides"] * self.both_sides, self.edition)
        return "-".join(filter(None, parts))


WAYS = [
    Way(name, languages, layout, page, both_sides)
    for name, document in DOCUMENTS.items()
    for languages in (("en", "zh"), ("zh", "en"), ("en",), ("zh",))
    for layout in document.layouts[: None if len(languages) > 1 else 1]
    for page in document.pages
    for both_sides in ((False, True) if page == "A4" and name in READ else (False,))
]
COPIES = [
    way._replace(edition=edition)
    for way in WAYS
    if way.name not in OF_A_COPY
    for edition in DOCUMENTS[way.name].editions or ("",)
]
"""Every way for everybody it may be for."""
SAMPLED = [
    Random(name).choice([copy for copy in COPIES if copy.name == name]) for name in NAMES if name not in OF_A_COPY
]
"""Of each document one copy, always the same, to be printed where there is no time for all."""
HARD_WAYS = [
    ("long names", Way("at_a_glance", ("zh", "en"), "stacked", "large")),
    ("long names", Way("itinerary", ("zh", "en"), "facing", "booklet")),
    ("long names", Way("visit_report", ("zh",), "side-by-side", "large")),
    ("long names", Way("minutes", ("en", "zh"), "facing", "official")),
    ("long names", Way("mou_sheet", ("zh", "en"), "facing", "A4")),
    ("long names", Way("person_brief", ("zh", "en"), "side-by-side", "A5")),
    ("no Chinese", Way("signature_pages", ("zh", "en"), "stacked", "A4")),
    ("no English", Way("day_sheet", ("en", "zh"), "facing", "large")),
    ("no English", Way("visit_pack")),
    ("strange characters", Way("minutes", ("zh", "en"), "side-by-side", "A4", both_sides=True)),
    ("strange characters", Way("visit_report", ("en", "zh"), "stacked", "official")),
    ("as it should be", Way("visit_pack", ("zh", "en"), "side-by-side", "large")),
    (SAMPLE, Way("visit_pack", ("en", "zh"), "stacked", "booklet", edition="media")),
    (ZHENGZHOU, Way("visit_report", ("zh", "en"), "facing", "large")),
    (ZHENGZHOU, Way("visit_pack", ("zh", "en"), "facing", "A5", edition="hosts")),
    (ZHENGZHOU, Way("delegation_list", ("en", "zh"), "stacked", "large")),
    (ZHENGZHOU, Way("contact_directory", ("en", "zh"), "side-by-side", "A5")),
    (ZHENGZHOU, Way("minutes", ("zh", "en"), "stacked", "large")),
    (SAMPLE, Way("visit_pack", ("zh", "en"), "facing", "A5")),
]
"""Ways that once went wrong or are the narrowest; the others where there is time."""
LANGUAGES = [("zh",), *([("de", "es"), ("zh", "en"), ("it",)] if SOAK else [])]
HARDEST = (
    "long names",
    "no Chinese",
    "sixty people, forty points a day, twenty pages of minutes",
    "strange characters",
)
"""Tellings that every paper is printed from; the others where there is time."""
USUAL = ("as it should be", SAMPLE, ZHENGZHOU)
"""Tellings of which every paper is printed of every kind it can be."""


def assert_prints(desk: Desk, story: Story, name: str, kind: str = "", **choices: Any) -> None:
    """Print a document of the first record of a kind, or of all where it tells of several; it says something, without a flaw."""
    kind = kind or next((kind for kind in DOCUMENTS[name].kinds if kind in story.ids), "")
    if not kind:
        pytest.skip("this workspace has nothing to print it of")
    ids = story.ids[kind] if DOCUMENTS[name].several else [story.one(kind)]
    asked = {option: value for option, value in choices.items() if value != ""}
    paper = papers.make(desk, papers.request(desk, ids, document=name, **asked))
    target = io.BytesIO()
    if paper.lacks:  # a letter that is not translated; it is looked at all the same
        with pytest.raises(papers.NotTranslated):
            papers.render(paper, target)
        paper = replace(paper, lacks="")
    report = papers.render(paper, target)
    assert report.pages > 0
    assert flaws(target.getvalue(), paper) == []
    if SOAK:
        heard = tag_flaws(target.getvalue(), paper.languages, booklet=paper.page.booklet, bare=paper.bare)
        assert heard == []


@pytest.mark.parametrize("telling", [*(TELLINGS if SOAK else HARDEST), SAMPLE, ZHENGZHOU])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_whatever_is_recorded(told: Told, name: str, telling: str) -> None:
    desk, story = told(telling)
    kinds = [kind for kind in DOCUMENTS[name].kinds if kind in story.ids]
    for kind in kinds if SOAK or telling in USUAL else kinds[:1]:
        assert_prints(desk, story, name, kind)


@pytest.mark.row("X10")
@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_in_every_language(told: Told, name: str, languages: tuple[str, ...]) -> None:
    desk, story = told("as it should be")
    assert_prints(desk, story, name, languages=languages)


@pytest.mark.parametrize("telling", USUAL if SOAK else USUAL[:1])
@pytest.mark.parametrize(("name", "option", "value"), CHOICES)
def test_it_prints_with_every_choice(told: Told, name: str, option: str, value: str, telling: str) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, name, options={option: value})


@pytest.mark.parametrize(
    ("telling", "way"),
    [(telling, way) for telling in (*TELLINGS, SAMPLE, ZHENGZHOU) for way in WAYS if way.name not in OF_A_COPY]
    if SOAK
    else HARD_WAYS,
    ids=str,
)
def test_it_prints_however_it_is_asked_for(told: Told, telling: str, way: Way) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, **way._asdict())


@pytest.mark.parametrize("telling", [ZHENGZHOU, SAMPLE] if SOAK else [ZHENGZHOU])
@pytest.mark.parametrize("copy", COPIES if SOAK else SAMPLED, ids=str)
def test_it_prints_for_everybody_it_may_be_for(told: Told, copy: Way, telling: str) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, **copy._asdict())


@pytest.mark.soak
@pytest.mark.parametrize("telling", [ZHENGZHOU, SAMPLE])
@pytest.mark.parametrize("languages", [("en", "zh"), ("zh",)], ids=",".join)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY and not DOCUMENTS[name].several])
def test_it_prints_of_every_record(told: Told, name: str, languages: tuple[str, ...], telling: str) -> None:
    desk, story = told(telling)
    for kind in DOCUMENTS[name].kinds:
        for id_ in story.ids.get(kind, []):
            assert_prints(desk, Story({kind: [id_]}), name, kind, languages=languages)


@pytest.mark.parametrize(
    "page", sorted((Path(__file__).parents[3] / "docs/manual").glob("papers*.md")), ids=lambda page: page.name
)
def test_the_manual_names_every_document_and_its_choices(page: Path) -> None:
    manual = page.read_text(encoding="utf-8")
    missing = [name for name in NAMES if name not in OF_A_COPY and f"`{name}`" not in manual]
    assert missing == []
