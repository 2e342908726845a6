"""The counts beside the sections, updated in the background a moment after a change."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from ucapdesk.services import Desk
from ucapdesk.ui.toolkit.change_listener import ChangeListener
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery
from ucapdesk.ui.window.sections import SectionList

DEBOUNCE_MS = 250
"""Milliseconds of rest after the last change."""


class SectionBadges(QObject):
    """Counts waiting things, and sets the badges."""

    def __init__(self, desk: Desk, sections: SectionList) -> None:
        super().__init__(sections)
        self._desk, self._sections = desk, sections
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._soon.timeout.connect(self.count)
        self.count_soon()
        self._behind = BackgroundQuery(self)
        ChangeListener(desk, lambda _: self.count_soon(), self)

    @property
    def counting(self) -> bool:
        """Whether newer counts are about to come."""
        return self._soon.isActive() or self._behind.busy

    def stop(self) -> None:
        """Stop counting: the workspace is about to be closed."""
        self._soon.stop()
        self._behind.stop()

    def count_soon(self) -> None:
        """Count after a moment of rest."""
        self._soon.start()

    def count(self) -> None:
        """Count now, in the background."""
        from ucapdesk.services.home import home

        desk, decide = self._desk, home.to_decide(self._desk)
        self._behind.ask(lambda: home.badges(desk, decide), self._sections.set_badges, patience=0)
