"""The manual names every paper there is, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.papers.registry import DOCUMENTS

PAGES = sorted((ROOT / "docs" / "manual").glob("papers*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_manual_has_a_row_for_every_paper(page: Path) -> None:
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert [name for name in DOCUMENTS if not any(f"`{name}`" in row for row in rows)] == []
