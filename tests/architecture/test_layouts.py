"""Layouts are made by the toolkit; folders that still make some by hand stand in a list that may only become shorter."""

from __future__ import annotations

import re

from tests.helpers.source_tree import ROOT

BY_HAND = re.compile(r"\b(?:QVBoxLayout|QHBoxLayout)\(")
EXCEPT = {
    "ui/fields", "ui/lists", "ui/record",
    "ui/toolkit/layout_builder.py",
}  # fmt: skip
"""Folders, and files whose layouts are arranged anew while they are shown."""


def test_layouts_are_made_by_the_toolkit() -> None:
    package = ROOT / "ucapdesk"
    by_hand = {
        path.relative_to(package).as_posix()
        for path in (package / "ui").rglob("*.py")
        if BY_HAND.search(path.read_text(encoding="utf-8"))
    }
    others = sorted(path for path in by_hand if not any(path.startswith(each) for each in EXCEPT))
    assert not others, f"made with column() and row() of ui/toolkit/layout_builder.py instead: {others}"
    unused = sorted(each for each in EXCEPT if not any(path.startswith(each) for path in by_hand))
    assert not unused, f"these make none by hand any more; take them out of the list: {unused}"
