"""Timers and signals of the application, made and connected in one call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication


def single_shot(parent: QObject, milliseconds: int, do: Callable[[], object]) -> QTimer:
    """Return a timer that does something once, so many milliseconds after it was started last."""
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(do)
    return timer


def application() -> QApplication:
    """Return the one application, whose signals concern every window."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
