"""Papers nobody has seen, each made from a seed: what is in them is found, and no word is lost."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from tests.helpers.made_papers import PaperMaker, write
from tests.helpers.paper_facts import Score, lost_words, scored
from ucapdesk.services.files import imports

SEEDS = 4_000 if os.environ.get("UCAPDESK_SOAK") else 48
KINDS = ("docx", "txt", "html", "md")


def test_made_papers_are_read_as_a_person_would(tmp_path: Path) -> None:
    scores: dict[str, Score] = {}
    lost: dict[str, list[str]] = {}
    for seed in range(SEEDS):
        kind = KINDS[seed % len(KINDS)]
        paper = PaperMaker(seed).make()
        path = write(paper, tmp_path, kind)
        score = scored(path, paper.facts)
        assert isinstance(score, Score), (seed, score)
        scores[f"{seed}.{kind}"] = score
        nothing = imports.read_papers(path)[0].accounted.nothing  # type: ignore[union-attr]
        if words := [*lost_words(path), *nothing]:
            lost[f"{seed}.{kind}"] = words
    told = {name: (score.missing, score.wrong) for name, score in scores.items() if score.missing or score.wrong}
    assert sum(score.recall for score in scores.values()) / SEEDS >= 0.95, told
    assert sum(score.precision for score in scores.values()) / SEEDS >= 0.98, told
    assert min(score.recall for score in scores.values()) >= 0.9, told
    assert not lost, "tokens that reached neither a field nor an oddity: 0"


@pytest.mark.parametrize("seed", range(0, 24, 4))
def test_a_paragraph_and_a_footer_beside_the_table_are_told(tmp_path: Path, seed: int) -> None:
    path = write(PaperMaker(seed).make(), tmp_path, "docx")
    document = docx.Document(str(path))
    document.add_paragraph("Prepared by the zzyzx office, version seven")
    document.sections[0].footer.paragraphs[0].text = "Footer qqq"
    document.save(str(path))
    glance = imports.read_papers(path)[0]
    told = " ".join(odd.what.say("en") for odd in glance.oddities)
    assert "zzyzx office" in told
    assert "Footer qqq" in told
    assert glance.accounted is not None
    assert glance.accounted.nothing == ()
    assert glance.accounted.oddities >= 8
