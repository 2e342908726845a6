"""Start-up: from the first line of Python to a window that is painted with its list, and to the record it opens with.

All is time of the processor, of which there is one at work, so that what else the computer does counts little.

The peers are a bare ``QMainWindow``, and the same in a process that has imported the two libraries any program of this
kind needs, SQLAlchemy's ORM and the database driver. Every figure is of a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rows import Row, row

TIMES = 5
WHAT, BARE_PEER = "start to the first window on the sample", "bare QMainWindow"
RECORD = "start until the record looked at last is painted too"
HEAD = "import os, sys, resource; from pathlib import Path\n"
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1280, 720); window.show()
app.processEvents(); window.grab()
"""
LIBRARIES = "import sqlalchemy.orm, sqlcipher3\n"
OURS = """
from ucapdesk import app
assert not app.no_screen()
import gc
gc.disable()
app.load_services()
app.import_without_pyside()
from PySide6.QtWidgets import QApplication
from ucapdesk.ui.window.program import Program
app = QApplication([]); program = Program(app)
paint = Program._paint
def painted(program, window):
    paint(program, window)
    assert window.list.table.rowCount() and window.record.record is None
    if sys.argv[2] == "window":
        print(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
        os._exit(0)
Program._paint = painted
assert program.start(Path(sys.argv[1]))
app.processEvents(); program.window.grab()
assert program.window.record.record is not None
"""
TAIL = """
print(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
os._exit(0)
"""


def _measure(code: str, *arguments: str) -> tuple[float, float]:
    """Milliseconds of the processor until the window is drawn, the shortest of several, and the memory used then, in MB."""
    found = []
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-c", HEAD + code + TAIL, *arguments],
            capture_output=True, text=True, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        seconds, memory = map(float, done.stdout.split())
        found.append((seconds * 1000, memory))
    return min(found)


def run() -> list[Row]:
    """The rows of start-up."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        folder = Path(scratch) / "sample"
        make = f"from ucapdesk.services.workspaces import sample; from pathlib import Path; sample.make(Path({json.dumps(str(folder))})).close()"
        subprocess.run([sys.executable, "-c", make], check=True)
        ours, _ = _measure(OURS, str(folder), "window")
        record, memory = _measure(OURS, str(folder), "record")
    bare, bare_memory = _measure(BARE)
    libraries, libraries_memory = _measure(LIBRARIES + BARE)
    megabytes = {"unit": "MB", "keep": ""}
    beside = f"{BARE_PEER}, SQLAlchemy and driver imported"
    second = row(WHAT, ours, beside, libraries)
    second |= {"keep": f"≤ 2 × {'✓' if ours <= 2 * libraries else '✗'}"}
    return [
        row(WHAT, ours, BARE_PEER, bare),
        second,
        row(RECORD, record, beside, libraries),
        {**row("memory then", memory, BARE_PEER, bare_memory), **megabytes},
        {**row("memory then", memory, beside, libraries_memory), **megabytes},
    ]
