"""Hands what was written to the widgets that show it, on the window's own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ucapdesk.services import ChangeEvent, Desk


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
        """Stop listening before the owner is gone."""
        self._unsubscribe()
