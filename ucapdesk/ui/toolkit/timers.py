"""Timers and signals of the application, made and connected in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_MADE: WeakKeyDictionary[QTimer, None] = WeakKeyDictionary()


def single_shot(parent: QObject, milliseconds: int, do: Callable[[], object]) -> QTimer:
    """Return a timer that does something once, so many milliseconds after it was started last."""
    timer = repeating(parent, milliseconds, do)
    timer.setSingleShot(True)
    return timer


def repeating(parent: QObject, milliseconds: int, do: Callable[[], object]) -> QTimer:
    """Return a timer that does something every so many milliseconds, once it is started."""
    timer = QTimer(parent, interval=milliseconds)
    timer.timeout.connect(do)
    _MADE[timer] = None
    return timer


def running(root: QObject) -> Iterator[QTimer]:
    """Yield the running timers of a widget and of all that is in it; Qt would look at each of thousands of objects."""
    for timer in [each for each in _MADE if isValid(each) and each.isActive()]:
        owner: QObject | None = timer
        while owner is not None and owner is not root:
            owner = owner.parent()
        if owner is root:
            yield timer


def application() -> QApplication:
    """Return the one application, whose signals concern every window."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
