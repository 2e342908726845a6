"""The search index of the same records is the same in every process: ``check`` compares it with one that is made anew."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.helpers.source_tree import ROOT

NAMES = "柳州市发展和改革委员会 郑州市人民政府外事办公室 柳州市科技局"
SIGNS = f"""
from ucapdesk.store.search.index_words import short_names
print([*short_names("{NAMES}")])
"""


def test_short_names_come_in_an_order_that_no_process_changes() -> None:
    said = {
        subprocess.check_output(
            [sys.executable, "-X", "utf8", "-c", SIGNS],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            encoding="utf-8",
        )
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert "柳州发改委" in said.pop()
