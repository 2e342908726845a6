"""Layouts are made by the toolkit."""

from __future__ import annotations

import re

from tests.helpers.source_tree import ROOT

BY_HAND = re.compile(r"\b(?:QVBoxLayout|QHBoxLayout)\(")
TOOLKIT = "ui/toolkit/layouts.py"


def test_layouts_are_made_by_the_toolkit() -> None:
    package = ROOT / "ucapdesk"
    by_hand = {
        path.relative_to(package).as_posix()
        for path in (package / "ui").rglob("*.py")
        if BY_HAND.search(path.read_text(encoding="utf-8"))
    }
    others = sorted(by_hand - {TOOLKIT})
    assert not others, f"made with column() and row() of {TOOLKIT} instead: {others}"
