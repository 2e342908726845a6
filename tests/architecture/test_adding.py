"""The page that says how to add a field, a kind, a paper, a language and a format: its steps are numbered, and its tests exist.

That each thing can be added in this way is shown by the tests the page names, on a copy of the program or by declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.helpers.source_tree import ROOT

PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
# Section → the test that adds one.
FOLLOWED = {
    "A field": "tests/ui/test_one_more.py",
    "A kind": "tests/ui/test_one_more.py",
    "A paper": "tests/unit/services/test_papers.py",
    "A language": "tests/ui/test_one_more.py",
    "A format": "tests/unit/services/test_file_formats.py",
}


def section(title: str) -> str:
    """The text below a heading."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def steps(title: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of each step of a section, whose lists may be several."""
    for part in re.split(r"\n\s*\n|\n(?=\d+\. )", section(title)):
        found = re.match(r"(\d+)\. ", part)
        if found:
            yield int(found[1]), part


@pytest.mark.parametrize("title", FOLLOWED)
def test_steps_are_numbered_without_a_gap_and_name_where_something_is_done(title: str) -> None:
    told = list(steps(title))
    assert len(told) > 4
    before = 0
    for number, text in told:
        assert number in {1, before + 1}, text
        assert "`" in text, text
        before = number


@pytest.mark.parametrize(("title", "file"), FOLLOWED.items())
def test_a_test_that_adds_one_is_named(title: str, file: str) -> None:
    assert file in section(title)
    assert "def test_" in (ROOT / file).read_text(encoding="utf-8")


def test_every_test_that_the_page_names_stands_in_the_file_before_it() -> None:
    file, lacking = "", []
    for name in re.findall(r"`(tests/[\w/]+\.py|test_\w+)`", PAGE):
        if name.startswith("tests/"):
            file = name
        elif f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"):
            lacking.append(f"{name} in {file}")
    assert lacking == []
