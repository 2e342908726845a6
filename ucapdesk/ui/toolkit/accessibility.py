"""Names of widgets and announcements for screen readers; the object names by which tests and the style sheet find widgets."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.signals import single_shot

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str = "", *, role: str = "") -> W:
    """Return a widget that was just made with its names, and its look as the style sheet names it."""
    widget.setObjectName(name)
    if said:
        widget.setAccessibleName(said)
    if role:
        widget.setProperty("role", role)
    return widget


PAUSE = 2000  # Milliseconds between two sentences: a reader that is interrupted all the time says nothing


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
        self._pause = single_shot(self, PAUSE, self._next)

    def say(self, sentence: _Sentence) -> None:
        """Say a sentence now, or when the pause is over, unless it has just been said."""
        urgent_waits = self._waiting is not None and self._waiting.urgent
        if not self._pause.isActive():
            self._speak(sentence)
        elif sentence.urgent or (sentence.text != self._spoken and not urgent_waits):
            self._waiting = sentence

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
        self._pause.start()
