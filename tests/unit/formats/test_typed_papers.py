"""Papers as offices of many countries type them: what a person would record is found in each, and no word is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.paper_facts import Score, lost_words, scored
from tests.helpers.word_files import TYPED, facts_of, typed_papers, written
from ucapdesk.services.files import imports

PAPERS = typed_papers()
# In these a paragraph ends exactly where its line is full, or an address is broken within a text: nothing on the page
# says so.
FULL_LINES = ("eindhoven", "jinan", "pune", "turin")
KINDS = ("html", "odt", "docx", "rtf")


@pytest.mark.parametrize("name", PAPERS)
def test_what_a_person_would_record_is_found(name: str, tmp_path: Path) -> None:
    paper = PAPERS[name]
    path = written(name, paper, tmp_path, KINDS[list(PAPERS).index(name) % 4])
    score = scored(path, facts_of(paper))
    assert isinstance(score, Score), score
    assert score.recall >= 0.95, score.missing
    assert score.precision >= 0.98, score.wrong
    assert lost_words(path) == []
    assert imports.read_papers(path)[0].accounted.nothing == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["bologna", "eindhoven", "ljubljana", "qingdao"])
def test_each_kind_of_file_says_the_same(name: str, tmp_path: Path) -> None:
    scores = [scored(written(name, PAPERS[name], tmp_path, kind), facts_of(PAPERS[name])) for kind in KINDS]
    found = [score.recall for score in scores if isinstance(score, Score)]
    assert len(found) == len(KINDS)
    assert max(found) - min(found) <= 0.02


@pytest.mark.parametrize("name", [name for name, paper in PAPERS.items() if "blocks" in paper])
def test_a_pdf_with_narrow_cells_says_nearly_the_same(name: str, tmp_path: Path) -> None:
    paper = PAPERS[name]
    path = written(name, paper, tmp_path, "pdf")
    word, pdf = scored(written(name, paper, tmp_path, "docx"), facts_of(paper)), scored(path, facts_of(paper))
    assert isinstance(word, Score), word
    assert isinstance(pdf, Score), pdf
    within = 0.02 if name not in FULL_LINES else 0.07
    assert word.recall - pdf.recall <= within, pdf.missing
    assert word.precision - pdf.precision <= within, pdf.wrong
    assert lost_words(path) == []


@pytest.mark.parametrize(
    "path", sorted(path for path in TYPED.iterdir() if path.suffix != ".json"), ids=lambda path: path.name
)
def test_a_file_of_a_word_processor_says_the_same(path: Path) -> None:
    score = scored(path, facts_of(PAPERS[path.stem]))
    assert isinstance(score, Score), score
    assert (score.missing, score.wrong) == ((), ())
    assert lost_words(path) == []
