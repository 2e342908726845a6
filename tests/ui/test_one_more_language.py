"""A language of the window is its catalogue and its code: this adds one and shows that the mechanism works.

That a language has all its texts, tables and pages is held by ``test_texts`` and ``test_language_tables`` (tests/architecture).
"""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.clock import PATIENCE
from tests.helpers.source_tree import ROOT


def test_the_window_speaks_a_language_that_has_a_catalogue_and_a_code() -> None:
    command = [sys.executable, "-m", "tests.helpers.one_more_language"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert done.stdout.strip() == "nothing is missing", done.stdout + done.stderr
    assert done.returncode == 0
