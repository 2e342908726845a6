"""A language, a field or a kind is declared, and everything else follows; see ``tests/helpers/one_more_…``."""

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


def test_a_field_of_any_type_and_a_kind_are_declared_and_everything_else_follows() -> None:
    command = [sys.executable, "-m", "tests.helpers.one_more_of_each"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert done.stdout.strip() == "nothing is missing", done.stdout + done.stderr
    assert done.returncode == 0
