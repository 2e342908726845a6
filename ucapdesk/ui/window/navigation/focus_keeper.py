"""Keeps the keyboard focus at something that is seen and has a name.

Qt gives the focus of a widget that is hidden or disabled to the one made next, wherever that is, that of a removed one to
none, and leaves it where a page scrolls. Here the nearest widget in view gets it, or the page scrolls to the one that has it.
"""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.steady_focus import above, bring_into_view, is_seen, nearest
from ucapdesk.ui.toolkit.timers import application, single_shot

MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange})
"""Events after which what has the focus may be out of view."""
SCROLL_KEYS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down})
MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


class FocusKeeper(QObject):
    """Watches the focus of one window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window, self._place = window, QPoint()
        self._watched: list[QWidget] = []
        self._scrolled = self._by_keys = False
        """Whether the user scrolled since the focus moved, and whether the last of it was a key."""
        self._soon = single_shot(self, 0, self._keep)
        application().focusChanged.connect(self._changed)
        window.installEventFilter(self)

    def replace_lost(self) -> bool:
        """Focus the nearest widget where the one with the focus is being hidden or disabled; return whether it is."""
        focus = QApplication.focusWidget()
        if focus is None or focus is self._window or (focus.isVisible() and focus.isEnabled()):
            return False
        return self._give()

    # -- watching ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.WindowActivate or (kind in MOVES and watched is not self._window):
            self._soon.start()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and watched is QApplication.focusWidget():
            self._by_keys = event.key() in SCROLL_KEYS
            if event.key() not in SCROLL_KEYS | MODIFIERS and isinstance(watched, QWidget):
                bring_into_view(watched)
        elif kind == QEvent.Type.Wheel:
            self._by_keys = False
        return False

    def _changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or (now is not None and not self._window.isAncestorOf(now)):
            return
        self._unwatch()
        if now is not None:
            self._place = now.mapTo(self._window, QPoint(0, 0))
        for at in takewhile(lambda each: each is not self._window, above(now)):
            self._watched.append(at)
            at.installEventFilter(self)
            if isinstance(at, QScrollArea):
                at.verticalScrollBar().actionTriggered.connect(self._scroll)
        self._soon.start()

    def _unwatch(self) -> None:
        for each in self._watched:
            if isValid(each):
                each.removeEventFilter(self)
                if isinstance(each, QScrollArea):
                    each.verticalScrollBar().actionTriggered.disconnect(self._scroll)
        self._watched.clear()
        self._scrolled = self._by_keys = False

    def _scroll(self, _: int) -> None:
        self._scrolled = True

    # -- keeping ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        focus = QApplication.focusWidget()
        if not self._window.isActiveWindow() or (focus is not None and not self._window.isAncestorOf(focus)):
            return
        if focus is not None and is_seen(focus):
            self._place = focus.mapTo(self._window, QPoint(0, 0))
            if not self._scrolled and not QApplication.mouseButtons():  # what is pressed must not move away
                bring_into_view(focus)
        elif focus is None or (self._scrolled and self._by_keys):
            self._give()
        elif not self._scrolled:
            for _ in self._watched:  # a new page is laid out first, from the inside to the outside
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            bring_into_view(focus)
            if not is_seen(focus):
                self._give()

    def _give(self) -> bool:
        middle = self._window.centralWidget()
        wanted = nearest(middle, middle.mapFrom(self._window, self._place)) if middle is not None else None
        if wanted is not None:
            wanted.setFocus()
            bring_into_view(wanted)
        return wanted is not None
