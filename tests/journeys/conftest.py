"""Whole journeys: the command line as its user sees it, and the window on the desk of a coordinator."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers import seed
from tests.helpers.clock import COMPUTER, PATIENCE, FrozenClock
from tests.helpers.waiting import MOMENT
from tests.journeys.dialogs import dialogs, has_keys
from tests.journeys.driver import Driver
from tests.journeys.two_windows import _both_laptops, both, look, stick  # noqa: F401 - fixtures
from ucapdesk.base import settings
from ucapdesk.base.paths import resource
from ucapdesk.cli import cli
from ucapdesk.cli.help_text import speak
from ucapdesk.services import Desk

PAPER = resource("sample") / "ucap-liuzhou.txt"
Ask = Callable[..., Any]


def run(*arguments: object) -> Result:
    """A command called in this process; anything but an answer or a sentence is raised."""
    speak("en")  # in a process of its own it would be new as well
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="session")
def ask() -> Ask:
    def asked(*arguments: object) -> Any:
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout) if "--json" in arguments else result.stdout

    return asked


@pytest.fixture(scope="session")
def _new_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        result = run("new", folder, "--name", "Liuzhou", "--person", "Ana")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def new_desk(_new_made: Path, tmp_path: Path) -> Path:
    """This test's own empty workspace with its countries, as ``ucapdesk new`` makes it: once, then copied."""
    return shutil.copytree(_new_made, tmp_path / "desk")


@pytest.fixture(scope="session")
def _imported(_workspace_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(_workspace_template, tmp_path_factory.mktemp("imported") / "desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        result = run("import", folder, PAPER)
    assert result.exit_code == 0, result.output
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


@pytest.fixture
def liuzhou(_imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(_imported, tmp_path / "desk")


# -- the window -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class AtDesk:
    """A coordinator at the window, on Tuesday, 24 November 2026."""

    desk: Desk
    window: Any
    driver: Driver

    @property
    def shown(self) -> Any:
        return self.window.record.record

    def found(self, text: str) -> list[Any]:
        hits = self.desk.read.search(text)
        return self.desk.read.many([hit.id for hit in hits])


def button(page: QDialog, name: str) -> QPushButton:
    found = page.findChild(QPushButton, f"pack.{name}")
    assert found is not None
    return found


def inside(at_desk: AtDesk, kind: type[QDialog], open_: Callable[[], object], then: Callable[[Any], object]) -> None:
    """Open a dialog, go on in there as soon as it can be used, and close it."""

    def usable(page: QDialog) -> bool:
        from ucapdesk.ui.papers.paper_dialog import PaperDialog

        return has_keys(page) and (not isinstance(page, PaperDialog) or button(page, "print").isEnabled())

    def step(page: QDialog) -> None:
        then(page)
        page.reject()

    with dialogs((kind, step), ready=usable):
        open_()
    at_desk.driver.wait(lambda: not at_desk.window.work.busy)


@pytest.fixture(scope="session")
def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        seed.make(folder, FrozenClock())
    return folder


@pytest.fixture(params=[("en", "light"), ("zh", "dark")], ids="-".join)
def at_desk(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: Any, _seeded: Path, tmp_path: Path, monkeypatch: Any
) -> Iterator[AtDesk]:
    from PySide6.QtWidgets import QApplication

    from ucapdesk.ui.toolkit.theme import apply_theme
    from ucapdesk.ui.window.desk_window import DeskWindow

    language, theme = request.param
    COMPUTER.set(seed.NOW)
    monkeypatch.setattr("ucapdesk.ui.window.background_jobs.PATIENCE", PATIENCE)
    monkeypatch.setattr("ucapdesk.ui.papers.print_preview.REBUILD_DELAY_MS", MOMENT)
    chosen = settings.Settings(interface_language=language, theme=theme, person="Ana")
    settings.save(chosen)
    apply_theme(qapp, chosen)
    folder = shutil.copytree(_seeded, tmp_path / "seeded")
    with Desk.open(folder, clock=FrozenClock(seed.NOW)) as desk:
        window = DeskWindow(desk, lambda _: None)
        qtbot.addWidget(window)
        window.resize(1280, 640)
        window.setUpdatesEnabled(False)  # it is drawn with what a test shows first
        with qtbot.waitExposed(window):
            window.show()
        window.setUpdatesEnabled(True)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        yield AtDesk(desk, window, Driver(window))
        window.work.stop_all()
