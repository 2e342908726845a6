"""The notice of the system's tray: at the start and when something comes due, off in the settings, nothing without a tray."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon

from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.records import records
from ucapdesk.ui.window import bars
from ucapdesk.ui.window.sections import HOME


class FakeTray(QObject):
    """The tray of a system that has one; it keeps what is said."""

    messageClicked, activated = Signal(), Signal(int)  # noqa: N815 (Qt’s names)
    there = True
    shown: list[FakeTray] = []

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        self._icon, self.said = icon, list[str]()

    @staticmethod
    def isSystemTrayAvailable() -> bool:  # noqa: N802
        """As Qt says it."""
        return FakeTray.there

    def icon(self) -> QIcon:
        """What is to be seen in the tray."""
        return self._icon

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """What it is."""

    def show(self) -> None:
        """Be there."""
        FakeTray.shown.append(self)

    def hide(self) -> None:
        """Be gone."""
        FakeTray.shown.remove(self)

    def showMessage(self, title: str, text: str, icon: QIcon, time: int) -> None:  # noqa: N802
        """Say something."""
        assert not icon.isNull()
        self.said.append(text)


@pytest.fixture
def with_tray(user: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A window on a system with a tray."""
    monkeypatch.setattr(bars, "QSystemTrayIcon", FakeTray)
    monkeypatch.setattr(bars, "is_sample", lambda _: False)
    FakeTray.there, FakeTray.shown = True, []
    yield user
    user.window.tray.stop()


def _mou(user: User, days: int, name: str = "Granada") -> str:
    ends = PartialDate(f"{today(user.desk.workspace.clock) + timedelta(days)}")
    return records.add(user.desk, "agreement", {"title": Bilingual(en=name), "status": "in_force", "expires": ends})


def _follow(user: User) -> None:
    user.window.tray.follow()
    user.bot.waitUntil(lambda: not user.window.tray._behind.busy)


@pytest.mark.row("X5")
def test_what_is_due_is_said_at_the_start_and_once(with_tray: User) -> None:
    for n in range(5):
        _mou(with_tray, 10 + n, f"M{n}")
    _follow(with_tray)
    (icon,) = FakeTray.shown
    (said,) = icon.said
    assert [line[:4] for line in said.splitlines()] == ["“M0”", "“M1”", "“M2”", "and "]
    assert said.splitlines()[-1] == "and 2 more"
    with_tray.window.tray.look()
    with_tray.bot.waitUntil(lambda: not with_tray.window.tray._behind.busy)
    assert len(icon.said) == 1


def test_what_comes_due_while_the_window_is_open_is_said_then(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _mou(with_tray, 8)
    _follow(with_tray)
    (icon,) = FakeTray.shown
    clock = with_tray.desk.workspace.clock
    tomorrow = clock() + 86_400 * 1_000_000
    monkeypatch.setattr(with_tray.desk.workspace, "clock", lambda: tomorrow)
    timer = with_tray.window.tray._timer
    assert timer is not None
    timer.timeout.emit()
    with_tray.bot.waitUntil(lambda: len(icon.said) == 2)
    assert "in 7 days" in icon.said[1]


def test_a_click_on_it_leads_to_the_first_page(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[bool] = []
    monkeypatch.setattr(with_tray.window, "raise_", lambda: raised.append(True))
    with_tray.open(_mou(with_tray, 8))
    _follow(with_tray)
    FakeTray.shown[0].messageClicked.emit()
    assert with_tray.window.section == HOME
    assert raised


def test_it_can_be_switched_off_and_on(with_tray: User) -> None:
    _follow(with_tray)
    assert FakeTray.shown
    settings.save(settings.load().with_(tray_notices=False))
    with_tray.window.dress_anew()
    assert FakeTray.shown == []
    assert with_tray.window.tray._timer is None
    settings.save(settings.load().with_(tray_notices=True))
    with_tray.window.dress_anew()
    assert len(FakeTray.shown) == 1


def test_without_a_tray_or_in_a_sample_there_is_nothing(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeTray.there = False
    _follow(with_tray)
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)
    FakeTray.there = True
    monkeypatch.setattr(bars, "is_sample", lambda _: True)
    _follow(with_tray)
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)


def test_it_goes_with_the_window(with_tray: User) -> None:
    _follow(with_tray)
    assert FakeTray.shown
    with_tray.window.close()
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)
