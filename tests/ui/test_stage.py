"""The stage that the standing checks look at: a page is looked at when all of it is there, on a busy machine too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QStatusBar

from tests.helpers import flaws
from tests.helpers.stage import Stage
from ucapdesk.services import Desk
from ucapdesk.ui.exchange.exchange import COUNT_DELAY_MS


class Busy:
    """An application in which a timer of the page is over at the very end of every round of events."""

    def __init__(self, app: QApplication, chip: QPushButton) -> None:
        self._app, self._chip = app, chip

    def __getattr__(self, name: str) -> Any:
        return self._round if name == "processEvents" else getattr(self._app, name)

    def _round(self) -> None:
        self._app.processEvents()
        self._chip.setText(f"{self._chip.text()} and more")


def _chip(stage: Stage) -> QPushButton:
    return next(each for each in stage.window.findChildren(QPushButton) if each.objectName() == "status.exchange")


def test_what_is_shown_a_moment_later_is_there_before_a_page_is_looked_at(
    qapp: QApplication, second_desk: Desk
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en")
    stage.window.show()
    stage.settle()
    stage.window.exchange._soon.start()
    stage.settle()
    waiting = [
        t
        for t in stage.window.findChildren(QTimer)
        if t.isActive() and t.isSingleShot() and t.interval() <= COUNT_DELAY_MS
    ]
    assert waiting == []
    stage.close()


def test_a_text_that_comes_at_the_last_moment_is_laid_out_before_a_page_is_looked_at(
    qapp: QApplication, second_desk: Desk
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en")
    stage.window.resize(1280, 640)
    stage.window.show()
    stage.settle()
    chip = _chip(stage)
    stage.app = Busy(qapp, chip)  # type: ignore[assignment]
    stage.settle()
    stage.app = qapp
    bar = stage.window.findChild(QStatusBar)
    assert bar is not None
    assert [flaw for flaw in flaws.cut_off(bar) if "status.exchange" in flaw] == []
    stage.close()
