"""A second start on an open workspace brings its window to the front and ends; after a crash there is a window again."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.helpers.clock import PATIENCE
from ucapdesk.base.paths import resource
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.window import program

FIRST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ucapdesk.ui.window.program import Program

app = QApplication([])
program = Program(app)
assert program.start(Path(sys.argv[1]))
program.window.showMinimized()
shown = program.window.come_forward

def told():
    shown()
    print("minimised" if program.window.isMinimized() else "in front", flush=True)

program._server._answer = told
program._server._take = lambda file: print(file, flush=True)
print("open", flush=True)
app.exec()
"""
SECOND = f"""
import sys
from pathlib import Path
from ucapdesk.app import run
from ucapdesk.ui.window import program

program.PATIENCE = {PATIENCE * 1000:.0f}
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.fixture(autouse=True)
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window on a busy machine has its time to answer; one that is not there is noticed at once."""
    monkeypatch.setattr(program, "PATIENCE", int(PATIENCE * 1000))


def _start(code: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(resource("").parent)}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextmanager
def _first(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with its window open, killed in the end as by a crash."""
    with _start(FIRST, folder) as process:
        try:
            assert _line(process) == "open"
            yield process
        finally:
            process.kill()


def _second(folder: Path) -> int:
    with _start(SECOND, folder) as process:
        try:
            out, complaints = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (out, "Traceback" in complaints) == ("", False), complaints
    return process.returncode


def test_a_second_start_brings_the_open_window_to_the_front_and_ends_well(workspace_folder: Path) -> None:
    with _first(workspace_folder) as first:
        assert _second(workspace_folder) == 0
        assert _line(first) == "in front"
        assert first.poll() is None


def test_a_second_start_with_a_package_hands_it_to_the_window_of_its_workspace(
    workspace_folder: Path, tmp_path: Path
) -> None:
    package = tmp_path / "包 with spaces.ucapx"
    with Desk.open(workspace_folder) as desk:
        exchange_service.give(desk, package)
    with _first(workspace_folder) as first:
        assert _second(package) == 0
        assert {_line(first), _line(first)} == {"in front", str(package)}


def test_the_window_on_a_protected_workspace_is_found_without_its_passphrase(tmp_path: Path) -> None:
    desk = workspace_service.new(tmp_path / "private", person="Ana", passphrase="rain over the river")
    assert workspace_service.id_of(desk.workspace.path) == desk.workspace.id
    desk.close()


def test_after_a_crash_there_is_a_window_again_and_it_is_found(workspace_folder: Path) -> None:
    with _first(workspace_folder):
        pass
    assert not program.activate_existing(workspace_folder)
    with _first(workspace_folder) as again:
        assert program.activate_existing(workspace_folder)
        assert _line(again) == "in front"


def test_a_copy_of_a_workspace_is_not_taken_for_it(workspace_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(workspace_folder, tmp_path / "copy")
    assert workspace_service.id_of(copy) == workspace_service.id_of(workspace_folder)
    assert program.name_of(copy) != program.name_of(workspace_folder)


def test_a_closed_window_is_not_found(workspace_folder: Path, tmp_path: Path) -> None:
    assert not program.activate_existing(workspace_folder)
    assert not program.activate_existing(tmp_path / "nothing")


def test_windows_is_asked_to_let_the_open_window_come_forward(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It allows that only to the program that was just clicked, which passes it on."""
    allowed: list[int] = []
    windows = SimpleNamespace(user32=SimpleNamespace(AllowSetForegroundWindow=allowed.append))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    assert not program.activate_existing(workspace_folder)
    assert allowed == [program.ANY_PROGRAM]
