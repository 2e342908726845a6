"""Papers in Spanish, Italian and German say nothing of their own in English."""

from __future__ import annotations

import re

import pytest

from tests.unit.papers.story import Story
from tests.unit.papers.test_every_document import OF_A_COPY
from ucapdesk.briefing.all_words import all_words
from ucapdesk.services import Desk, papers
from ucapdesk.services.papers.registry import DOCUMENTS
from ucapdesk.services.printable import KINDS_OF

SAME = {
    "Budget", "Delegation", "E-mail", "Euro (EUR)", "Hotel", "Hotels", "Media", "Name", "Organisation", "Plan B", "SDG", "Status",
    "Text", "UCAP", "UCAPs", "Programme", "Ana", "Madrid", "Photographer",
}  # fmt: skip
"""Words that are the same in English and in one of them, and what is recorded by one word."""
MONTHS = r"(January|February|April|August|September|November) \d{4}"


@pytest.mark.row("X10")
@pytest.mark.parametrize("name", [name for name in sorted(DOCUMENTS) if name not in OF_A_COPY])
def test_no_word_of_ours_is_english(desk: Desk, story: Story, name: str) -> None:
    """What is recorded is as it is recorded: such words have no text in these languages, or the same one in all."""
    ids = story.ids[next(kind for kind in KINDS_OF[name] if kind in story.ids)]
    paper = papers.paper(desk, ids if DOCUMENTS[name].several else ids[:1], document=name, languages=("es", "zh"))
    english = set()
    for words, _ in all_words(paper):
        said = [words.text.get(lang) for lang in ("en", "es", "it", "de")]
        if said[0] and said[0] in said[1:] and words.text.get("zh") != said[0] and re.search("[a-z]{3}", said[0]):
            english.add(said[0])
    people = {each for each in english if re.fullmatch(r"\w+ \w+", each) and each != each.lower()}
    assert {each for each in english - SAME - people if not re.fullmatch(MONTHS, each)} == set()
