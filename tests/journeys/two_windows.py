"""Two colleagues, each at a window of their own, and a folder that both take for a stick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import lay_still
from tests.journeys.dialogs import dialogs, texts_in
from tests.journeys.driver import Driver
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import settings
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.exchange.exchange_dialogs import ReceiveDialog
from ucapdesk.ui.exchange.watched_places import Drive
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.commands.file_commands import receive_files
from ucapdesk.ui.window.desk_window import DeskWindow


class AtWindow:
    """Somebody at one of the two windows."""

    def __init__(self, bot: QtBot, laptop: Laptop) -> None:
        self.bot, self.laptop = bot, laptop
        with laptop.here():
            laptop.desk.me()  # asked for later, by a timer of the window, it would be that of no laptop
            settings.save(settings.load().with_(person=laptop.name))
            self.window = DeskWindow(laptop.desk, lambda _: None)
        bot.addWidget(self.window)
        self.driver = Driver(self.window)
        self.come()

    def come(self) -> AtWindow:
        self.window.show()
        self.window.activateWindow()
        self.bot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        return self

    def click(self, name: str) -> None:
        with self.laptop.here():
            self.driver.click(name)
            self.bot.waitUntil(lambda: not self.window.work.busy)

    def click_in_dialog(self, first: str, name: str) -> None:
        def press(page: QDialog) -> None:
            button = page.findChild(QPushButton, name)
            assert button is not None
            self.driver.took.clicks += 1
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

        with self.laptop.here():
            with dialogs((QDialog, press), ready=lambda page: page.findChild(QPushButton, name)):
                self.driver.click(first)
            self.bot.waitUntil(lambda: not self.window.work.busy)

    @property
    def chip(self) -> str:
        self.window.exchange.refresh()
        chip = self.window.exchange.chip
        assert chip is not None
        return chip.text()


@pytest.fixture(params=[("en", "light"), ("zh", "dark")], ids=["en-light", "zh-dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    lang, theme = request.param
    chosen = settings.load().with_(interface_language=lang, theme=theme)
    settings.save(chosen)
    apply_theme(qapp, chosen)
    return str(lang)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that both take for a stick."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    monkeypatch.setattr(watched_places, "drives", lambda: [Drive("KINGSTON", folder, 12_000_000_000)])
    return folder


@pytest.fixture(scope="session")
def _both_laptops(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Laptop]:
    """The laptops of both as every test finds them, made once in each test process and closed."""
    folder = tmp_path_factory.mktemp("both")
    anna = first_laptop(folder / "anna", "Anna")
    for n in range(3):
        anna.add("meeting", f"title.en=Meeting {n}", f"title.zh=会议{n}", "summary.en=Both sides agree.")
    chen = joined(folder / "chen", anna.give("joining.ucapx"), "Chen Yan")
    anna.receive(chen.give("hello.ucapx"))
    for laptop in (anna, chen):
        laptop.desk.close()
    return anna, chen


@pytest.fixture
def both(
    qtbot: QtBot, look: str, stick: Path, _both_laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> Iterator[tuple[AtWindow, AtWindow]]:
    """Anna and Chen Yan, who joined her."""
    anna, chen = (each.cloned(tmp_path / each.folder.name) for each in _both_laptops)
    windows = AtWindow(qtbot, anna), AtWindow(qtbot, chen)
    yield windows
    for each in windows:
        with each.laptop.here():
            each.window.close()
        each.laptop.desk.close()


def found(at: AtWindow, stick: Path) -> None:
    lay_still(stick)
    with at.laptop.here():
        at.window.exchange.places.look()


Both = tuple[AtWindow, AtWindow]


def read_preview(at: AtWindow, *files: Path) -> list[str]:
    said: list[str] = []

    def read(page: ReceiveDialog) -> None:
        said.extend(texts_in(page))
        page.reject()

    with at.laptop.here():
        with dialogs((ReceiveDialog, read)):
            receive_files(at.window.commands, list(files))
        at.bot.waitUntil(lambda: not at.window.work.busy)
    return said
