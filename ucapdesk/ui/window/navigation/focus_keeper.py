"""Keeps the keyboard focus in the window: where what had it is removed and Qt names no other, the nearest widget gets it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.steady_focus import nearest


class FocusKeeper(QObject):
    """Watches the focus of one window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window, self._place = window, QPoint()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._give)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._changed)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window):
            return
        if now is None:
            self._soon.start()
        elif self._window.isAncestorOf(now):
            self._place = now.mapTo(self._window, QPoint(0, 0))

    def _give(self) -> None:
        middle = self._window.centralWidget()
        if middle is None or QApplication.focusWidget() is not None or not self._window.isActiveWindow():
            return
        wanted = nearest(middle, middle.mapFrom(self._window, self._place))
        if wanted is not None:
            wanted.setFocus()
