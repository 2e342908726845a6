"""A computer's clock that must be wrong is said at the top of the window, and confirmed there if it is right."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import FrozenClock
from tests.helpers.shown import said_by
from ucapdesk.services import Desk
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.notifications import Notice


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_bar_says_it_and_one_click_confirms_the_clock(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk, computer_clock: FrozenClock, lang: str
) -> None:
    from ucapdesk.base.i18n import use_language

    use_language(lang)
    computer_clock.set(datetime(2096, 3, 1, 9, tzinfo=UTC))
    window = DeskWindow(sample_desk, lambda _: None)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    bar = window.findChild(Notice, "clock")
    assert bar is not None
    assert "2096" in said_by(bar)
    assert "2026" in said_by(bar)
    right = window.findChild(QPushButton, "clock.right")
    assert right is not None
    right.click()
    assert not said_by(bar)
    assert workspace_service.clock_trouble(sample_desk) is None


def test_nothing_is_said_of_a_clock_that_may_be_right(qtbot: QtBot, dressed: QApplication, sample_desk: Desk) -> None:
    window = DeskWindow(sample_desk, lambda _: None)
    qtbot.addWidget(window)
    bar = window.findChild(Notice, "clock")
    assert bar is not None
    assert not said_by(bar)
