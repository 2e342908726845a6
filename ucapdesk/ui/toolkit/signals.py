"""Timers, signals of the application, and the signal that records were written, handed to widgets on the window's own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ucapdesk.services import ChangeEvent, Desk

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
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


class ChangeListener(QObject):
    """Calls a function after every commit of a desk, whoever made it, as long as the owner of the listener lives."""

    _came = Signal(object)

    def __init__(self, desk: Desk, reload: Callable[[ChangeEvent], object], owner: QObject) -> None:
        super().__init__(owner)
        self._reload = reload
        self._came.connect(self._hand_on)  # queued where another thread wrote
        unsubscribe = self._unsubscribe = desk.subscribe(self._tell)
        self.destroyed.connect(lambda _: unsubscribe())

    def _tell(self, change: ChangeEvent) -> None:
        if isValid(self):
            self._came.emit(change)

    def _hand_on(self, change: ChangeEvent) -> None:
        self._reload(change)

    def close(self) -> None:
        self._unsubscribe()
