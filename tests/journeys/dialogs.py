"""Dialogs that open over the window while a test goes on: what is done in each of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from tests.helpers.clock import PATIENCE

# The kind of a dialog, and what is done in it; where that does not close it, the next step may.
Step = tuple[type[QDialog], Callable[[Any], object]]


def has_keys(page: QWidget) -> bool:
    return QApplication.focusWindow() is page.windowHandle()


@contextmanager
def dialogs(*steps: Step, ready: Callable[[Any], object] = QWidget.isVisible) -> Iterator[None]:
    """Do a step in each dialog that opens, in their order; at the end all must have come.

    A dialog keeps the test from going on until it closes, so what fails in a step, or never is ready, closes it and is
    raised at the end.
    """
    left, done, failed = [*steps], list[QDialog](), list[BaseException]()
    until = time.monotonic() + PATIENCE

    def look() -> None:
        page = QApplication.activeModalWidget()
        late = time.monotonic() > until
        if not left or not isinstance(page, QDialog) or (done and page is done[-1] and not late):
            return
        if late or (isinstance(page, left[0][0]) and ready(page)):
            done.append(page)
            try:
                assert not late, f"{page.objectName() or page} was never as expected"
                left.pop(0)[1](page)
            except BaseException as error:  # noqa: BLE001 - raised below, outside the event loop of the dialog
                failed.append(error)
                page.reject()

    looking = QTimer(interval=5)
    looking.timeout.connect(look)
    looking.start()
    yield
    while left and not failed and time.monotonic() < until:
        QTest.qWait(5)
    looking.stop()
    if failed:
        raise failed[0]
    assert not left, f"{left[0][0].__name__} never came"


def texts_in(page: QWidget) -> list[str]:
    """What the labels say, without the marks at which a line may be broken."""
    return [label.text().replace("\u200b", "") for label in page.findChildren(QLabel)]
