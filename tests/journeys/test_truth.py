"""The same truth on the command line: rare characters, and no word of contracts for sides."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.second_story import NOW, SecondStory
from tests.journeys.conftest import Ask
from ucapdesk.briefing.all_words import all_words
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import Desk, papers, records, sample
from ucapdesk.services.papers.registry import DOCUMENTS
from ucapdesk.services.printable import KINDS_OF

CONTRACT = re.compile(r"\b[Ss]ides? [AB]\b|[甲乙]方")
"""What the two parties of a contract are called, and no city is."""


def _text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_rare_family_name_can_be_read_back_from_the_pack(
    second_story_made: tuple[Path, SecondStory], ask: Ask, tmp_path: Path
) -> None:
    folder, story = second_story_made
    copy = shutil.copytree(folder, tmp_path / "zhengzhou")
    ask("brief", copy, story["visit"], "-o", tmp_path / "pack.pdf", "--languages", "zh", "--edition", "hosts")
    text = _text(tmp_path / "pack.pdf")
    assert all(name in text for name in ("𠮷文华", "龚䶮", "陈㛃", "李𬱖"))


@pytest.fixture(params=["Liuzhou", "Zhengzhou"])
def told(request: pytest.FixtureRequest, second_story_made: tuple[Path, SecondStory], tmp_path: Path) -> Path:
    """The sample, and the second story."""
    if request.param == "Liuzhou":
        sample.make(tmp_path / "told").close()
        return tmp_path / "told"
    return shutil.copytree(second_story_made[0], tmp_path / "told")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_list_calls_a_city_by_the_word_for_a_party_of_a_contract(told: Path, lang: str, ask: Ask) -> None:
    lists = {kind: ask("list", told, kind, "--lang", lang) for kind in LISTED}
    assert {kind: found for kind, text in lists.items() if (found := CONTRACT.findall(text))} == {}


def _papers(desk: Desk) -> Iterator[tuple[str, str]]:
    """The text of every paper for everybody it may be for, as it would be printed in both languages."""
    for name, document in DOCUMENTS.items():
        for kind in KINDS_OF[name]:
            ids = records.listing(desk, kind)[: None if document.several else 1]
            for edition in (document.editions or (None,)) if ids and name != "change_sheet" else ():
                paper = papers.make(desk, papers.request(desk, ids, document=name, edition=edition))
                texts = [text for words, _ in all_words(paper) for text in words.text.values() if text]
                yield f"{name} {kind} {edition}", "\n".join(texts)


def test_no_paper_calls_a_city_by_the_word_for_a_party_of_a_contract(told: Path) -> None:
    with Desk.open(told, clock=FrozenClock(NOW), read_only=True) as desk:
        found = {which: said for which, text in _papers(desk) if (said := CONTRACT.findall(text))}
    assert found == {}
