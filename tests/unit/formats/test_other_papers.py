"""Papers of the family that were not written here: what a person would record of them is found, and no word is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.paper_facts import PAPERS, Score, gold, lost_words, scored
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.understand import understand

RECALL, PRECISION = 0.95, 0.98
GOLD = gold()


@pytest.fixture(scope="module")
def scores() -> dict[str, Score | str]:
    return {name: scored(PAPERS / name, wanted) for name, wanted in GOLD.items()}


@pytest.mark.parametrize("name", GOLD)
def test_what_a_person_would_record_is_found(name: str, scores: dict[str, Score | str]) -> None:
    score = scores[name]
    assert isinstance(score, Score), score
    assert score.recall >= RECALL, score.missing
    assert score.precision >= PRECISION, score.wrong


def test_each_kind_of_file_of_a_paper_says_the_same(scores: dict[str, Score | str]) -> None:
    by_paper: dict[str, list[float]] = {}
    for name, score in scores.items():
        by_paper.setdefault(Path(name).stem, []).append(score.recall if isinstance(score, Score) else 0.0)
    assert all(max(found) - min(found) <= 0.02 for found in by_paper.values())


@pytest.mark.parametrize("name", [path.name for path in sorted(PAPERS.iterdir()) if path.name[:2].isdigit()])
def test_no_word_reaches_neither_a_field_nor_an_oddity(name: str) -> None:
    assert lost_words(PAPERS / name) == []


def test_what_closes_a_letter_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text((PAPERS / "09-chongqing-mannheim.txt").read_text("utf-8") + "\n\nKind regards\n\nAnna\n", "utf-8")
    said = [odd.what.say("en") for odd in understand(read(path)).oddities]
    assert "The paper closes with “Kind regards”." in said
    assert not any("e-mail says" in each for each in said)
