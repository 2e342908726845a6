"""A desk killed at any statement of a save, a step back or a file coming in holds the old state or the new one.

A kill is played by copying the database and its log before each statement and opening the copy; true kills of a
process prove that this is the same, here in `make soak`, of each command in ``test_kill_commands``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.faults import steps
from tests.faults.database_copy import copy_of
from tests.faults.steps import state
from tests.helpers.clock import FrozenClock
from tests.helpers.kills import KILLED, ends_of
from ucapdesk.store.desk import Desk

POINTS = 10**9 if os.environ.get("UCAPDESK_SOAK") else 60  # How many of the statements are tried


@pytest.fixture
def filled(workspace_folder: Path, clock: FrozenClock) -> Path:
    with Desk.open(workspace_folder, clock=clock) as desk:
        steps.fill(desk)
    return workspace_folder


def statements(folder: Path, step: str, clock: FrozenClock) -> int:
    """How many statements a step takes, tried on a copy."""
    counted: list[Any] = []
    with Desk.open(shutil.copytree(folder, folder.parent / "tried"), clock=clock) as desk:
        steps.edit(desk)
        desk.db.set_trace_callback(counted.append)
        steps.STEPS[step](desk)
    return len(counted)


@pytest.mark.rule("C6")
@pytest.mark.parametrize("step", steps.STEPS)
def test_killed_at_any_statement_a_desk_holds_the_old_or_the_new(
    filled: Path, tmp_path: Path, clock: FrozenClock, step: str
) -> None:
    every = max(1, statements(filled, step, clock) // POINTS)
    copies: list[Path] = []
    passed = 0

    def before(statement: str) -> None:
        nonlocal passed
        passed += 1
        if passed % every == 0 or statement.startswith(("BEGIN", "COMMIT")):
            copies.append(copy_of(filled, tmp_path / f"killed {len(copies)}"))

    with Desk.open(filled, clock=clock) as desk:
        steps.edit(desk)
        desk.db.execute("PRAGMA cache_size=10")  # pages reach the log early, as in a large import
        old = state(copy_of(filled, tmp_path / "old"))
        desk.db.set_trace_callback(before)
        steps.STEPS[step](desk)
        desk.db.set_trace_callback(None)
        new = state(copy_of(filled, tmp_path / "new"))
    assert old != new
    found = [state(path) for path in copies]
    assert len(found) >= 20
    assert set(found) <= {old, new}
    assert found == sorted(found, key=[old, new].index), "new, and then old again"
    assert found[0] == old


STEPPING = """
from pathlib import Path
from tests.faults import steps
from tests.helpers.kills import kill_self
from ucapdesk.store.desk import Desk
def step(name, folder, after):
    desk = Desk.open(Path(folder))
    desk.db.execute("PRAGMA cache_size=10")
    left = [int(after)]
    def count(_):
        left[0] -= 1
        if left[0] < 0:
            kill_self()
    desk.db.set_trace_callback(count)
    steps.STEPS[name](desk)
"""


@pytest.mark.soak
@pytest.mark.parametrize("step", steps.STEPS)
def test_truly_killed_it_holds_the_old_or_the_new_and_goes_on(
    filled: Path, tmp_path: Path, clock: FrozenClock, step: str
) -> None:
    every = max(1, statements(filled, step, clock) // 18)
    folders = [shutil.copytree(filled, tmp_path / f"copy{number}") for number in range(20)]
    for folder in folders:
        with Desk.open(folder, clock=clock) as desk:
            steps.edit(desk)  # so that it is this copy's own
    old = {folder: state(folder / "store.db") for folder in folders}
    ends = ends_of(STEPPING, *((step, str(path), str(number * every + 1)) for number, path in enumerate(folders)))
    assert ends.count(KILLED) > 12
    for end, folder in zip(ends, folders, strict=True):
        held = state(folder / "store.db")
        assert end == KILLED or held != old[folder]
        with Desk.open(folder, clock=clock) as desk:
            before = desk.log.vector()
            steps.go_on(desk)
            assert sum(desk.log.vector().values()) == sum(before.values()) + 1
            assert set(before) <= set(desk.log.vector())
        assert state(folder / "store.db") not in (old[folder], held)
