"""The pages for newcomers name what is there: decisions by one number each, and files where rules live."""

from __future__ import annotations

import re
from collections import Counter

from tests.helpers.source_tree import ROOT

DECISIONS = ROOT / "docs" / "decisions"


def test_every_decision_has_a_number_of_its_own_and_a_line_in_the_index() -> None:
    names = sorted(path.name for path in DECISIONS.glob("[0-9]*.md") if not path.name.startswith("0000"))
    index = re.findall(r"\]\((.+?\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert index == names
    assert [number for number, times in Counter(name[:4] for name in names).items() if times > 1] == []
    for name in names:
        assert (DECISIONS / name).read_text(encoding="utf-8").startswith(f"# {name[:4]}"), name


def test_where_is_it_decided_names_files_that_exist() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("## Where is it decided")[1].split("\n## ")[0]
    named = re.findall(r"`((?:ucapdesk|resources)/.+?)`", table)
    assert len(named) > 15
    assert [name for name in named if not list(ROOT.glob(name))] == []


def test_every_module_that_the_pages_for_newcomers_name_exists() -> None:
    there = {
        path.name
        for folder in ("ucapdesk", "tests", "resources", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    }
    for page in ("docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md"):
        named = re.findall(r"`([\w/.]*\w\.py)`", (ROOT / page).read_text(encoding="utf-8"))
        assert len(named) > 2, page
        assert [name for name in named if name.rpartition("/")[2] not in there] == [], page
