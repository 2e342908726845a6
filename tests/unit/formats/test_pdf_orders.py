"""PDFs whose table begins with another row than that of the cities are read like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.made_papers import MadePaper, PaperMaker
from tests.helpers.paper_facts import Score, lost_words, scored
from tests.unit.formats.papers import write_pdf
from ucapdesk.formats.paper_contents import Row


def _written(paper: MadePaper, path: Path, *, first: int, ruled: bool) -> Path:
    """Write a paper whose table begins with its row ``first``; what stood above follows it."""
    rows = [
        Row(label, tuple(cell.replace("\n", "<br/>") for cell in (*cells, "")[:2]))
        for label, cells in (*paper.rows[first:], *paper.rows[:first])
    ]
    return write_pdf(path, paper.title, rows, ruled=ruled)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("seed", range(2_000, 2_008))
def test_the_cities_may_stand_anywhere_in_the_table(tmp_path: Path, seed: int, ruled: bool) -> None:
    paper = PaperMaker(seed).make()
    path = _written(paper, tmp_path / "paper.pdf", first=2 + seed % 4, ruled=ruled)
    score = scored(path, paper.facts)
    assert isinstance(score, Score), score
    assert score.recall >= 0.95, score.missing
    assert score.precision >= 0.98, score.wrong
    assert not lost_words(path)
