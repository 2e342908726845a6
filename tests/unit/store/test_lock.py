"""One process writes; others may read, and get the lock when the writer is gone, however it went."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.store.errors import SecondWriter
from ucapdesk.store.workspace.workspace import Workspace

WRITER = """
import sys
from pathlib import Path
from ucapdesk.store.workspace.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
workspace.db.execute("UPDATE sync_meta SET v = 'Chen Yan' WHERE k = 'person'")
print("open", flush=True)
sys.stdin.read()
workspace.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Workspace.create(tmp_path / "w", name="x", person="Ana").close()
    return tmp_path / "w"


def writer(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_second_process_may_read_but_not_write(path: Path) -> None:
    with writer(path) as first:
        with pytest.raises(SecondWriter):
            Workspace.open(path)
        with Workspace.open(path, read_only=True) as reader:
            assert reader.person == "Chen Yan"
        first.communicate()
    Workspace.open(path).close()


def test_a_killed_writer_leaves_no_lock_and_loses_nothing(path: Path) -> None:
    with writer(path) as first:
        first.kill()
    with Workspace.open(path) as workspace:
        assert workspace.person == "Chen Yan"


def test_the_same_program_cannot_open_a_workspace_twice_for_writing(path: Path) -> None:
    with Workspace.open(path):
        with pytest.raises(SecondWriter):
            Workspace.open(path)
        with pytest.raises(SecondWriter):
            Workspace.open(path, read_only=None)
    Workspace.open(path).close()


def test_closing_twice_does_no_harm(path: Path) -> None:
    workspace = Workspace.open(path)
    workspace.close()
    workspace.close()
    with contextlib.closing(Workspace.open(path)) as again:
        assert again.why_read_only is None
