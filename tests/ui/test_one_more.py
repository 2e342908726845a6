"""A language, a field or a kind is declared, and everything else follows.

Each is added by a program of its own. That a language has all its texts, tables and pages is held by ``test_texts`` and
``test_language_tables`` (tests/architecture).
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.clock import PATIENCE
from tests.helpers.source_tree import ROOT


@pytest.mark.parametrize("what", ["language", "of_each"])
def test_what_is_declared_has_everything_else(what: str) -> None:
    command = [sys.executable, "-m", f"tests.helpers.one_more_{what}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert (done.stdout.strip(), done.returncode) == ("nothing is missing", 0), done.stdout + done.stderr
