"""The window on the sample, and the hands that use it: keys, mouse and an input method."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.waiting import MOMENT
from ucapdesk.base import settings
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.papers import print_preview
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window import background_jobs
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.program import Program

W = TypeVar("W", bound=QWidget)
R = TypeVar("R")


def close_anyhow(window: Any) -> None:
    """Close a window as the program does when it ends: else it would work and count on while its workspace is closed."""
    window.work.stop_all()
    if not window.close():
        window.record.saving.discard()
        window.close()


class User:
    """Somebody at the window. What they do goes through Qt's own events."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.bot, self.desk = qtbot, desk
        self.window = DeskWindow(desk, lambda _: None)
        qtbot.addWidget(self.window, before_close_func=close_anyhow)
        self.window.setUpdatesEnabled(False)  # it is drawn with what a test shows first
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.setUpdatesEnabled(True)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def id(self, kind: str, at: int = 0) -> str:
        return records.listing(self.desk, kind)[at]

    def value(self, id_: str, field: str) -> Any:
        return getattr(records.get(self.desk, id_), field)

    def open(self, id_: str) -> str:
        """Show a record; return its id."""
        self.window.show_record(id_)
        return id_

    @property
    def record(self) -> Any:
        return self.window.record.record

    @property
    def form(self) -> RecordForm:
        assert self.window.record.form is not None
        return self.window.record.form

    def editor(self, field: str) -> Any:
        return self.form.editors[field]

    def find(self, cls: type[W], name: str) -> W:
        found = self.window.findChild(cls, name)
        assert found is not None, name
        return found

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def click(self, name: str) -> None:
        self.bot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def box(self, name: str) -> LineEdit | TextEdit:
        """The line of a field: ``title.zh``, ``when.line``, ``name.family``."""
        found = self.window.record.findChild(QWidget, f"field.{name}")
        assert isinstance(found, LineEdit | TextEdit), name
        return found

    def type(self, name: str, text: str, *, leave: bool = True) -> None:
        box = self.box(name)
        box.setFocus()
        self.bot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(box, text)
        if leave:
            self.bot.keyClick(box, Qt.Key.Key_Tab)

    def write(self, box: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Write in place of what is selected: letters by keys, anything else with an input method."""
        if not text:
            self.bot.keyClick(box, Qt.Key.Key_Delete)
        elif text.isascii():
            self.bot.keyClicks(box, text)
        else:
            self.compose(box, "", text)

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        self.bot.keyClick(self.focus(), key, modifier)

    def compose(self, box: QLineEdit | QPlainTextEdit, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(box, event)

    def message(self, field: str) -> str:
        return self.window.record.editors[field].message

    def rows(self, column: int = 0) -> list[str]:
        table = self.window.list.table
        return [table.data(table.index(row, column)) for row in range(table.rowCount())]


@pytest.fixture(autouse=True)
def _counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page is there when it was asked for, however busy the machine is, and the pages of a paper follow a choice at
    once; tests of their own know what a window does.
    """
    monkeypatch.setattr(background_jobs, "PATIENCE", PATIENCE)
    monkeypatch.setattr(print_preview, "REBUILD_DELAY_MS", MOMENT)


@pytest.fixture
def sample_folder(sample_made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_made, tmp_path / "sample")


def prepared(sample: Path, folder: Path, work: Callable[[Desk], R]) -> tuple[Path, R]:
    """Return a copy of the sample in which some work was done before anybody opens it, and what the work returned."""
    made = shutil.copytree(sample, folder / "workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder / "config"))
        with Desk.open(made) as desk:
            return made, work(desk)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in light and English, with our fonts."""
    chosen = settings.Settings(interface_language="en", theme="light", person="Ana")
    settings.save(chosen)
    apply_theme(qapp, chosen)
    return qapp


@pytest.fixture
def sample_desk(sample_folder: Path) -> Iterator[Desk]:
    with Desk.open(sample_folder) as opened:
        yield opened


@pytest.fixture
def user(qtbot: QtBot, dressed: QApplication, sample_desk: Desk) -> User:
    return User(qtbot, sample_desk)


@pytest.fixture
def program(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(workspace_service, "workspaces_dir", lambda: tmp_path / "Workspaces")
    made = Program(dressed)
    yield made
    made.close()
    made.deleteLater()
