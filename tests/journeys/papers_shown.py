"""Pages of their own that open over the window, and close again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from tests.helpers.clock import PATIENCE
from tests.journeys.conftest import AtDesk
from ucapdesk.ui.papers.paper_dialog import PaperDialog


def button(page: PaperDialog, name: str) -> QPushButton:
    found = page.findChild(QPushButton, f"pack.{name}")
    assert found is not None
    return found


def inside(at_desk: AtDesk, kind: type[QDialog], open_: Callable[[], object], then: Callable[[Any], object]) -> None:
    """Open a page of its own, go on in there as soon as it can be used, and close it."""
    failed: list[BaseException] = []
    until = time.monotonic() + PATIENCE

    def look() -> None:
        page = QApplication.activeModalWidget()
        made = not isinstance(page, PaperDialog) or button(page, "print").isEnabled()
        there = isinstance(page, kind) and QApplication.focusWindow() is page.windowHandle()
        if not isinstance(page, kind) or (not (made and there) and time.monotonic() < until):
            return
        looking.stop()
        try:
            then(page)
        except BaseException as error:  # noqa: BLE001 - raised below, outside the event loop of the page
            failed.append(error)
        page.reject()

    looking = QTimer(at_desk.window, interval=10)
    looking.timeout.connect(look)
    looking.start()
    open_()
    looking.stop()
    looking.deleteLater()
    at_desk.driver.wait(lambda: not at_desk.window.work.busy)
    if failed:
        raise failed[0]
