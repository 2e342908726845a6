"""Announces messages to screen readers: "Saved", "Undone …", errors."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.timers import single_shot

PAUSE = 2000
"""Milliseconds between two sentences: a reader that is interrupted all the time says nothing."""


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a sentence, at once if it is ``urgent``. Without a reader nothing happens."""
    app = QApplication.instance()
    if sentence and app is not None and QAccessible.isActive():
        (app.findChild(Announcer) or Announcer(app)).say(_Sentence(widget, sentence, urgent))


class _Sentence(NamedTuple):
    widget: QWidget
    text: str
    urgent: bool


class Announcer(QObject):
    """Passes sentences on with pauses; of those that come meanwhile the newest is said, an urgent one before others."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: _Sentence | None = None
        self._spoken = ""
        self._since = QElapsedTimer()
        self._later = single_shot(self, PAUSE, self._next)

    def say(self, sentence: _Sentence) -> None:
        """Say a sentence now, or when the pause is over."""
        if not self._since.isValid() or self._since.hasExpired(PAUSE):
            self._speak(sentence)
        elif sentence.text == self._spoken and not sentence.urgent:
            return  # it has just been said
        elif sentence.urgent or self._waiting is None or not self._waiting.urgent:
            self._waiting = sentence
            self._later.start(max(0, PAUSE - self._since.elapsed()))

    def _next(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and isValid(waiting.widget):
            self._speak(waiting)

    def _speak(self, sentence: _Sentence) -> None:
        event = QAccessibleAnnouncementEvent(sentence.widget, sentence.text)
        how = QAccessible.AnnouncementPoliteness
        event.setPoliteness(how.Assertive if sentence.urgent else how.Polite)
        QAccessible.updateAccessibility(event)
        self._spoken = sentence.text
        self._since.start()
