"""The window on 100,000 records, as the hand feels it: from a key to the screen, beside the same in a bare window.

A figure is the shortest of several, from the event to everything painted, in time of the processor. The bare window has one line, one list of as
many rows without anything in them, and a form of as many lines as the record shown.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.large import large_workspace
from benchmarks.rows import Row, row
from benchmarks.rows import best_of_processor as best
from ucapdesk.store.desk import Desk
from ucapdesk.store.workspace.workspace import Workspace

LIMITS = {"key": 50, "search": 100, "open": 45, "section": 100, "dress": 100}
TYPED = ("h", "hy", "hyd", "柳", "柳州", "lzs")
MEMORY = 120
DRESSING = (
    "the whole window is built again, and Qt matches the style sheet with each of its widgets; the bare one has two"
)
BARE_MEMORY = """
from PySide6.QtWidgets import QApplication, QMainWindow
from benchmarks.window import resident
before = resident()
app = QApplication([]); window = QMainWindow(); window.resize(1280, 720); window.show(); app.processEvents(); window.grab()
print(resident() - before)
"""


def run() -> list[Row]:
    """Measured on a workspace made for it."""
    from PySide6.QtWidgets import QApplication

    from ucapdesk.base import settings
    from ucapdesk.ui.toolkit.theme import apply_theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, settings.load())
    with large_workspace() as workspace:
        return _measure(app, workspace)


def _measure(app: Any, workspace: Workspace) -> list[Row]:
    from ucapdesk.ui.window.desk_window import DeskWindow

    before = resident()  # making the workspace used some of it
    window = DeskWindow(Desk(workspace), lambda _: None)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    window.show_section("meeting")
    app.processEvents()
    used = resident() - before
    bare = _Bare(app, window.list.table.rowCount())
    rows = [*_opening(app, window, bare), *_typing(app, window, bare), *_dressing(app, window, bare)]
    window.work.stop_all()
    window.close()
    return [*rows, _memory(used)]


def resident() -> float:
    """The memory this process has in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _drawn(app: Any, do: Callable[[], object]) -> Callable[[], None]:
    """Do something, and everything that comes of it at once: what goes is gone, as in a loop that runs."""
    from PySide6.QtCore import QEvent

    def done() -> None:
        do()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return done


class _Bare:
    """A window with one line and one list."""

    def __init__(self, app: Any, rows: int) -> None:
        from PySide6.QtCore import QStringListModel
        from PySide6.QtWidgets import QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

        self.window = QMainWindow()
        middle = QWidget(self.window)
        column = QVBoxLayout(middle)
        self.line, self.list = QLineEdit(middle), QTableView(middle)
        self.models = [QStringListModel([""] * rows) for _ in range(2)]
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.window.setCentralWidget(middle)
        self.window.resize(1280, 720)
        self.window.show()
        app.processEvents()


def _opening(app: Any, window: Any, bare: Any) -> list[Row]:
    from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

    ids = iter(window.list.table.ids()[1000:1100])
    opened = best(_drawn(app, lambda: window.show_record(next(ids))), 8)
    lines = len(window.record.findChildren(QLineEdit))

    def form() -> None:
        page = QWidget()
        column = QFormLayout(page)
        for number in range(lines):
            column.addRow(f"{number}", QLineEdit(str(number), page))
        bare.window.setCentralWidget(page)

    kinds = iter(["person", "meeting"] * 10)
    switched = best(_drawn(app, lambda: window.do(f"go.{next(kinds)}")), 8)
    window.do("go.meeting")
    models = iter(bare.models * 10)
    swapped = best(_drawn(app, lambda: bare.list.setModel(next(models))), 8)
    plain = best(_drawn(app, form), 8)
    return [
        row("open a record, the whole form on the screen", opened, f"a form of {lines} bare lines", plain, LIMITS["open"]),
        row("switch the section, to 100,000 rows and back", switched, "a bare list of as many rows", swapped, LIMITS["section"]),
    ]  # fmt: skip


def _typing(app: Any, window: Any, bare: Any) -> list[Row]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit, QWidget

    window.show_record(window.list.table.ids()[0])
    title: Any = window.record.findChild(QWidget, "field.title.en")
    window.activateWindow()
    title.setFocus()
    app.processEvents()
    painted = title.viewport() if hasattr(title, "viewport") else title
    assert not painted.visibleRegion().isEmpty()
    key = best(_drawn(app, lambda: (QTest.keyClick(title, "a"), painted.repaint())), 20)  # type: ignore[call-overload]
    assert "a" * 20 in (title.text() if isinstance(title, QLineEdit) else title.toPlainText())
    window.record.save_now()
    line = QLineEdit()
    bare.window.setCentralWidget(line)
    bare.window.activateWindow()
    line.setFocus()
    app.processEvents()
    plain = best(_drawn(app, lambda: (QTest.keyClick(line, "a"), line.repaint())), 20)  # type: ignore[call-overload]
    rows = [row("key to screen, in a title", key, "a bare line", plain, LIMITS["key"])]
    window.activateWindow()
    window.do("edit.search")
    app.processEvents()
    for typed in TYPED:
        asked = best(_drawn(app, lambda typed=typed: _put(window.search, typed)), 5)  # type: ignore[misc]
        put = best(_drawn(app, lambda typed=typed: _put(line, typed)), 5)  # type: ignore[misc]
        rows.append(row(f"Ctrl+K {typed}: key to what is found", asked, "a bare line", put, LIMITS["search"]))
    return rows


def _put(line: Any, text: str) -> None:
    """As if the last letter had just been typed."""
    line.blockSignals(True)
    line.setText(text[:-1])
    line.blockSignals(False)
    line.insert(text[-1])


def _dressing(app: Any, window: Any, bare: Any) -> list[Row]:
    window.search.clear()
    window.show_record(window.list.table.ids()[0])
    sheets = iter(["QLineEdit { color: red }", "QLineEdit { color: blue }"] * 10)
    plain = best(_drawn(app, lambda: bare.window.setStyleSheet(next(sheets))), 6)
    themes, languages = iter(["view.dark", "view.light"] * 10), iter(["view.chinese", "view.english"] * 10)
    theme = best(_drawn(app, lambda: window.do(next(themes))), 6)
    language = best(_drawn(app, lambda: window.do(next(languages))), 6)
    peer = "a style sheet on a bare window"
    return [
        row("change the theme, a record open", theme, peer, plain, LIMITS["dress"]) | {"note": DRESSING},
        row("change the language, a record open", language, peer, plain, LIMITS["dress"]),
    ]


def _memory(used: float) -> Row:
    done = subprocess.run([sys.executable, "-c", BARE_MEMORY], capture_output=True, text=True, check=True)
    bare = float(done.stdout)
    said = row(
        "memory of the window on 100,000 records, above that of the libraries",
        used,
        "the same of a bare QMainWindow",
        bare,
    )
    return {**said, "unit": "MB", "keep": f"≤ +{MEMORY} MB {'✓' if used <= MEMORY else '✗'}"}
