"""The program killed while somebody types: at the next start the text is there, but for its last moments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.clock import PATIENCE
from tests.helpers.kills import KILLED_BY_OTHERS
from tests.helpers.source_tree import ROOT
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample

TYPED = "Both sides agree to test open parking data in the new district from March on, and to meet again in autumn. "
PACE = 60
"""Milliseconds between two keys, without a pause ever: the hardest case."""
LOST = 2.0
"""Seconds of typing that may be lost."""

# The program as a person starts it; then keys come into one field, one by one, and what was pressed is said.
TYPING = """
import sys
from pathlib import Path
import ucapdesk.services.records.records
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from ucapdesk.ui.window.program import Program

folder, id_, field, text, pace = sys.argv[1:]
app = QApplication(sys.argv[:1])
program = Program(app)
assert program.start(Path(folder))
window = program.window
if id_.startswith("+"):
    from ucapdesk.model.kinds import KINDS
    window.record.show_new(KINDS[id_[1:]])
else:
    window.show_record(id_)
box = window.record.findChild(QWidget, f"field.{field}")
box.setFocus()
box.selectAll()
left = list(text)
def press():
    QTest.keyClicks(box, left.pop(0))
    print(len(text) - len(left), flush=True)
timer = QTimer(interval=int(pace))
timer.timeout.connect(press)
timer.start()
app.exec()
"""

AGAIN = """
import sys
from pathlib import Path
import ucapdesk.services.records.records
from PySide6.QtWidgets import QApplication
from ucapdesk.ui.window.program import Program
app = QApplication(sys.argv[:1])
program = Program(app)
assert program.start(Path(sys.argv[1]))
app.processEvents()
window = program.window
print(window.record.id)
print(window.focusWidget().objectName())
print(window.focusWidget().said())
program.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the sample, closed."""
    sample.make(tmp_path / "workspace").close()
    return tmp_path / "workspace"


def started(script: str, *args: object) -> subprocess.Popen[str]:
    """The program in a process of its own."""
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def killed_after(keys: int, folder: Path, id_: str, field: str) -> int:
    """Type so many keys, and kill the program between two of them; how many were pressed."""
    typing = started(TYPING, folder, id_, field, TYPED, PACE)
    assert typing.stdout is not None
    pressed = 0
    while pressed < keys:
        line = typing.stdout.readline()
        assert line, "it ended by itself"
        pressed = int(line)
    typing.kill()
    rest = typing.communicate()[0].split()
    assert typing.returncode == KILLED_BY_OTHERS
    return int(rest[-1]) if rest else pressed


def reopened(folder: Path) -> list[str]:
    """Which record is shown at the next start, in which field the keys are, and what stands in it."""
    with started(AGAIN, folder) as again:
        said, _ = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    return said.splitlines()


@pytest.mark.row("X14")
@pytest.mark.rule("S1", "S2")
def test_killed_in_the_middle_of_steady_typing_at_most_two_seconds_of_it_are_lost(folder: Path) -> None:
    with Desk.open(folder) as desk:
        meeting = records.listing(desk, "meeting")[1]
    pressed = killed_after(55, folder, meeting, "title.en")
    shown, field, text = reopened(folder)
    assert shown == meeting
    assert field == "field.title.en"
    assert TYPED.startswith(text)
    assert text
    assert (pressed - len(text)) * PACE / 1000 <= LOST
    with Desk.open(folder) as desk:
        assert records.as_json(desk, records.get(desk, meeting))["title"]["en"] == text.strip()
        assert not desk.drafts.all()


@pytest.mark.rule("S2", "S4")
def test_killed_while_a_new_record_is_begun_it_is_there_with_what_was_typed(folder: Path) -> None:
    pressed = killed_after(40, folder, "+agreement", "title.en")
    shown, field, text = reopened(folder)
    assert field == "field.title.en"
    assert TYPED.startswith(text)
    assert (pressed - len(text)) * PACE / 1000 <= LOST
    with Desk.open(folder) as desk:
        assert records.listing(desk, "agreement") == [shown]
