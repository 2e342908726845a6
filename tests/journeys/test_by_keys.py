"""The journeys whose shortest way is the mouse, gone by keys alone: what cannot be clicked is tabbed to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.helpers.printer import printed_to
from tests.journeys.conftest import AtDesk, inside
from tests.journeys.dialogs import dialogs
from tests.journeys.two_windows import AtWindow, found
from ucapdesk.ui.papers import print_preview
from ucapdesk.ui.papers.paper_dialog import PaperDialog

MOST_TABS = 60
"""Nobody presses Tab more often to get anywhere."""


def tab_to(name: str) -> QWidget:
    """Press Tab until this has the keys."""
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"nothing has the keys on the way to {name}"
        if focus.objectName() == name:
            return focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def press_in_dialog(at: AtWindow, first: str, name: str) -> None:
    """Tab to what opens a dialog, once it was read, and in there to one of its buttons."""
    tab_to(first)

    def can_be_reached(page: QDialog) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and page.isAncestorOf(focus) and page.findChild(QWidget, name) is not None

    def press(_: QDialog) -> None:
        tab_to(name)
        at.driver.press("Space")

    with dialogs((QDialog, press), ready=can_be_reached):
        at.driver.press("Space")
    at.driver.wait(lambda: not at.window.work.busy)


@pytest.mark.rule("J2", "A2")
@pytest.mark.parametrize("at_desk", [("zh", "dark")], ids="-".join, indirect=True)
def test_tomorrows_pack_is_printed_by_keys_alone(
    at_desk: AtDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = printed_to(tmp_path / "printed.pdf", monkeypatch)
    monkeypatch.setattr(print_preview, "PRINT_DPI", 50)

    def print_(page: PaperDialog) -> None:
        tab_to("pack.print")
        at_desk.driver.press("Space")

    at_desk.window.do("go.home")
    at_desk.driver.wait(lambda: at_desk.window.findChild(QWidget, "home.tomorrow.print"))
    tab_to("home.tomorrow.print")
    inside(at_desk, PaperDialog, lambda: at_desk.driver.press("Space"), print_)
    assert len(jobs) == 1
    assert at_desk.driver.took.clicks == 0


@pytest.mark.rule("J3", "A2")
@pytest.mark.parametrize("look", [("en", "light")], ids="-".join, indirect=True)
def test_work_is_swapped_by_stick_by_keys_alone(both: tuple[AtWindow, AtWindow], stick: Path) -> None:
    anna, chen = both
    made = anna.laptop.add("meeting", "title.en=New in Barcelona")
    with anna.come().laptop.here():
        anna.driver.press("Ctrl+9")
        anna.window.exchange.places.look()
        tab_to("exchange.give.drive")
        anna.driver.press("Space")
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert len(list(stick.glob("*.ucapx"))) == 1
    found(chen.come(), stick)
    with chen.laptop.here():
        press_in_dialog(chen, "banner.package.review", "receive.apply")
    assert chen.laptop.text(made) == "New in Barcelona"
    assert [each.driver.took.clicks for each in both] == [0, 0]
