"""The log files: bounded, complete about what nobody caught, and ready to be copied."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.silence import LogWatch
from ucapdesk.base import logs


@pytest.fixture
def started() -> Iterator[list[str]]:
    """Logging to files, and the details that were told."""
    told: list[str] = []
    logs.start(told.append)
    yield told
    logs.stop()


def test_the_log_says_which_program_and_which_system(started: list[str]) -> None:
    assert "UCAPDesk" in logs.log_file().read_text(encoding="utf-8")


def test_an_error_nobody_caught_is_logged_and_told(started: list[str], log_watch: LogWatch) -> None:
    log_watch.expect("unexpected ZeroDivisionError")
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    assert "test_logs.py" in logs.log_file().read_text(encoding="utf-8")
    assert "ZeroDivisionError" in started[0]
    assert started[0].startswith("UCAPDesk")


def test_an_error_in_another_thread_is_logged_too(started: list[str], log_watch: LogWatch) -> None:
    log_watch.expect("unexpected ValueError")
    thread = threading.Thread(target=int, args=("x",))
    thread.start()
    thread.join()
    assert "ValueError" in started[0]


def test_ctrl_c_is_no_error(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert started == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_log_never_grows_beyond_five_files(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    handler = next(h for h in logs.log.handlers if isinstance(h, logging.handlers.RotatingFileHandler))
    handler.maxBytes = 1_000
    for n in range(200):
        logs.log.info("changeset %d written", n)
    files = [path for path in logs.log_file().parent.iterdir() if path.name.startswith("ucapdesk.log")]
    assert len(files) == logs.LOG_FILES_KEPT
    assert all(path.stat().st_size <= 1_000 for path in files)


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(config_dir: Path, log_watch: LogWatch) -> None:
    config_dir.write_text("a file where the folder should be", encoding="utf-8")
    log_watch.expect("no log can be kept")
    logs.start()
    logs.stop()
    assert config_dir.read_text(encoding="utf-8") == "a file where the folder should be"


def test_after_stop_the_hooks_are_those_of_before() -> None:
    before = sys.excepthook, threading.excepthook
    logs.start()
    logs.start()
    assert sys.excepthook is not before[0]
    logs.stop()
    assert (sys.excepthook, threading.excepthook) == before


def test_without_a_log_the_details_still_name_the_program() -> None:
    assert logs.details().startswith("UCAPDesk")


def test_an_error_before_the_log_is_open_reaches_the_terminal(
    capsys: pytest.CaptureFixture[str], log_watch: LogWatch
) -> None:
    log_watch.expect("unexpected ValueError")
    logs.watch_unexpected()
    sys.excepthook(ValueError, ValueError("early"), None)
    assert "early" in capsys.readouterr().err
    logs.stop()
