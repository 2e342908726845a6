"""A program killed at any moment of any command that writes leaves the old state or the new one, and no lock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.faults.kill_commands import COMMANDS, ENDS
from tests.helpers.source_tree import ROOT

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
KILLS = 1_000 if SOAK else len(COMMANDS)


def test_killed_in_any_command_there_is_the_old_or_the_new(tmp_path: Path) -> None:
    words = [str(tmp_path / "stage"), str(KILLS), str(os.urandom(4)[0] if SOAK else 7), *(["timed"] if SOAK else [])]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.faults.kill_commands", *words],
        cwd=ROOT, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert Counter(name for name, _, _ in lines).keys() == COMMANDS.keys()
    assert len(lines) == KILLS
    killed = [state for _, end, state in lines if int(end) in ENDS]
    assert len(killed) > KILLS * 0.8
    assert {"old", "new"} == set(killed)
