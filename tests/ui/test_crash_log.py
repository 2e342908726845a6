"""A mistake of ours: said once, with its details at hand and without a word of anybody's records; and the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.shown import window_of
from tests.helpers.silence import LogWatch
from ucapdesk.base import logs
from ucapdesk.services.records import records
from ucapdesk.ui.window.program import Program

SECRET = "a word that belongs to the records"


@pytest.fixture
def program(
    dressed: QApplication, sample_folder: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> Iterator[Program]:
    made = Program(dressed)
    logs.start(made.unexpected.emit)
    assert made.start(sample_folder)
    yield made
    made.close()
    made.deleteLater()
    logs.stop()


def _answer(boxes: list[str], button: str) -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, press)
            return
        boxes.append(box.text())
        found = [each for each in box.findChildren(QPushButton) if each.text() == button]
        found[0].click()

    press()


@pytest.mark.rule("V6")
@pytest.mark.qt_no_exception_capture
def test_a_mistake_in_a_command_is_said_once_and_its_details_can_be_copied(
    program: Program, qtbot: QtBot, log_watch: LogWatch
) -> None:
    log_watch.expect("unexpected ZeroDivisionError")
    meeting = records.listing(window_of(program).desk, "meeting")[0]
    records.edit(window_of(program).desk, meeting, {"room": SECRET})
    window_of(program).show_record(meeting)

    def broken() -> None:
        logs.log.info("showing %s", window_of(program).record.id if program.window else "")
        raise ZeroDivisionError(SECRET)

    boxes: list[str] = []
    _answer(boxes, "Copy details")
    QTimer.singleShot(0, broken)
    qtbot.waitUntil(lambda: bool(boxes))
    qtbot.wait(50)
    assert len(boxes) == 1
    assert "What was saved is safe" in boxes[0]
    details = QApplication.clipboard().text()
    assert "ZeroDivisionError" in details
    assert meeting in details
    written = logs.log_file().read_text("utf-8")
    assert "ZeroDivisionError" in written
    assert SECRET not in written + details


def test_the_trace_of_a_crash_goes_into_the_log_folder(program: Program) -> None:
    import faulthandler

    assert faulthandler.is_enabled()
    assert (logs.log_file().parent / "crash.log").is_file()
