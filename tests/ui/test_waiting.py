"""Waiting for long work where there is no window: it is painted, can be stopped, and hands on what came of it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from ucapdesk.base.errors import UserError
from ucapdesk.ui.window import background_jobs
from ucapdesk.ui.window.background_jobs import Cancelled, Progress, wait_for


@pytest.mark.rule("L1")
def test_the_screen_goes_on_while_one_waits_for_a_result(qtbot: QtBot, dressed: QApplication) -> None:
    beats: list[int] = []
    beat = QTimer(interval=5)
    beat.timeout.connect(lambda: beats.append(1))
    beat.start()

    def job(progress: Progress) -> int:
        ends = time.monotonic() + PATIENCE
        while len(beats) < 5 and time.monotonic() < ends:
            time.sleep(0.01)
        return 7

    assert wait_for("Restoring", job) == 7
    beat.stop()
    assert len(beats) >= 5


def test_what_could_not_be_done_is_raised_where_one_waits(qtbot: QtBot, dressed: QApplication) -> None:
    def job(progress: Progress) -> None:
        raise UserError

    with pytest.raises(UserError):
        wait_for("Restoring", job)


@pytest.mark.rule("L1")
def test_waiting_is_ended_by_cancel(qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_jobs, "DIALOG_DELAY_MS", 0)

    def job(progress: Progress) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            progress.step(1, 2)
            time.sleep(0.01)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QProgressDialog):
            QTimer.singleShot(10, press)
            return
        box.findChildren(QPushButton)[0].click()

    QTimer.singleShot(10, press)
    with pytest.raises(Cancelled):
        wait_for("Restoring", job)
