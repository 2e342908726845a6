"""A field, or a kind, that is declared has its form, list, history, search, sheet and package without another line."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.clock import PATIENCE
from tests.helpers.source_tree import ROOT


def test_a_field_of_any_type_and_a_kind_are_declared_and_everything_else_follows() -> None:
    command = [sys.executable, "-m", "tests.helpers.one_more_of_each"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert done.stdout.strip() == "nothing is missing", done.stdout + done.stderr
    assert done.returncode == 0
