"""Programs that are killed: at any statement, while somebody types, in any command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.kill_commands import COMMANDS, ENDS
from tests.helpers.clock import PATIENCE
from tests.helpers.kills import KILLED_BY_OTHERS
from tests.helpers.source_tree import ROOT
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.store import drafts

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


TYPED = "Both sides agree to test open parking data in the new district from March on, and to meet again in autumn. "
PACE = 60  # Milliseconds between two keys, without a pause ever: the hardest case
LOST = 2.0  # Seconds of typing that may be lost

# The program as a person starts it, which says what it shows; then keys come into one field, one by one, and what was
# pressed is said. Without a field it is closed.
STARTED = """
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
app.processEvents()
window = program.window
focused = window.focusWidget()
name = focused.objectName() if focused else ""
print(window.record.id, name, focused.said() if name.startswith("field.") else "", sep="\\t", flush=True)
if not field:
    program.close()
    sys.exit()
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


@pytest.fixture
def folder(sample_made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_made, tmp_path / "workspace")


def started(folder: Path, id_: str = "", field: str = "") -> tuple[subprocess.Popen[str], list[str]]:
    """The program in a process of its own, and which record it shows, in which field the keys are, and what stands there."""
    command = [sys.executable, "-c", STARTED, str(folder), id_, field, TYPED, str(PACE)]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert program.stdout is not None
    return program, program.stdout.readline().rstrip("\n").split("\t")


def killed_after(keys: int, typing: subprocess.Popen[str]) -> int:
    """Kill the program between two keys, after so many; how many were pressed."""
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


def check_text(pressed: int, field: str, text: str) -> None:
    """At the next start the keys are where they were, and at most two seconds of typing are lost."""
    assert field == "field.title.en"
    assert TYPED.startswith(text)
    assert text
    assert (pressed - len(text)) * PACE / 1000 <= LOST


@pytest.mark.row("X14")
@pytest.mark.rule("S1", "S2", "S4")
def test_killed_in_the_middle_of_steady_typing_at_most_two_seconds_of_it_are_lost(folder: Path) -> None:
    """First in a record that was there, then in one that is only begun: it is there with what was typed."""
    with Desk.open(folder) as desk:
        meeting = records.listing(desk, "meeting")[1]
    program, _ = started(folder, meeting, "title.en")
    pressed = killed_after(55, program)
    program, (shown, field, typed) = started(folder, "+agreement", "title.en")
    assert shown == meeting
    check_text(pressed, field, typed)
    pressed = killed_after(40, program)
    program, (shown, field, text) = started(folder)
    program.communicate(timeout=PATIENCE)
    assert program.returncode == 0
    check_text(pressed, field, text)
    with Desk.open(folder) as desk:
        assert records.as_json(desk, records.get(desk, meeting))["title"]["en"] == typed.strip()
        assert records.listing(desk, "agreement") == [shown]
        assert records.as_json(desk, records.get(desk, shown))["title"]["en"] == text.strip()
        assert not drafts.kept(desk)
