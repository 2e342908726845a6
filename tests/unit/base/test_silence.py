"""The watchers of ``tests/conftest.py`` see what they are there for."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.silence import LogWatch, QtWatch, watched_log


def test_an_unannounced_warning_is_named() -> None:
    watch = LogWatch()
    watch.handle(logging.makeLogRecord({"levelno": logging.WARNING, "levelname": "WARNING", "msg": "disk is odd"}))
    assert "disk is odd" in watch.complaints()[0]


def test_an_announced_warning_is_fine_and_must_come(log_watch: LogWatch) -> None:
    log_watch.expect("odd")
    logging.getLogger("ucapdesk.test").warning("disk is odd")
    silent = LogWatch()
    silent.expect("never said")
    assert "never said" in silent.complaints()[0]


def test_records_below_warning_are_nobodys_business() -> None:
    with watched_log() as watch:
        logging.getLogger("ucapdesk.test").info("all well")
    assert not watch.complaints()


def test_a_left_widget_timer_and_thread_are_named(qapp: QApplication) -> None:
    watch = QtWatch()
    with watch.note_starts():
        widget = QWidget()
        timer = QTimer()
        timer.start(60_000)
        thread = QThread()
        thread.start()
    said = "\n".join(watch.complaints())
    assert "top-level widget left" in said
    assert "QTimer still running" in said
    assert "QThread still running" in said
    assert "test_silence.py" in said
    widget.deleteLater()


def test_tidy_windows_leave_no_complaint(qapp: QApplication) -> None:
    watch = QtWatch()
    with watch.note_starts():
        widget = QWidget()
        widget.show()
        widget.deleteLater()
        timer = QTimer()
        timer.start(60_000)
        timer.stop()
    assert watch.complaints() == []


@pytest.mark.parametrize("first", [True, False])
def test_the_config_folder_belongs_to_one_test(first: bool, config_dir: object) -> None:
    from ucapdesk.base import paths

    assert paths.config_dir() == config_dir
    assert not paths.config_dir().exists()
    paths.config_dir().mkdir()
