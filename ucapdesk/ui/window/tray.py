"""Notifications from the system tray about due things, at the start and while the window is open.

Where there is no tray, or it was switched off in the settings, there is nothing: no icon and no timer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from ucapdesk.base import settings
from ucapdesk.base.i18n import language, ntr
from ucapdesk.services.workspaces.sample import is_sample
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.plain_text import without_markup
from ucapdesk.ui.toolkit.timers import repeating
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery
from ucapdesk.ui.window.sections import HOME

if TYPE_CHECKING:
    from ucapdesk.services.home.notices import DesktopNotice
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow

EVERY, NOTICE_MS = 600_000, 10_000
"""Milliseconds between two checks, and for which a notification stays."""
NAMED = 3
"""Maximum number of things named in a notification; beyond that a number is given."""


class Tray(QObject):
    """The icon of one window, while there is one, and what was reported already."""

    def __init__(self, window: NavigableWindow) -> None:
        super().__init__(window)
        self._window, self._told = window, set[str]()
        self._behind = BackgroundQuery(self)
        self._icon: QSystemTrayIcon | None = None
        self._timer: QTimer | None = None

    def follow(self) -> None:
        """Start or stop, as the settings say."""
        wanted = settings.load().tray_notices and QSystemTrayIcon.isSystemTrayAvailable()
        if not wanted or is_sample(self._window.desk):  # a sample needs no reminders
            self.stop()
        elif self._icon is None:
            self._icon = QSystemTrayIcon(icon("handshake", 32, "accent"), self)
            self._icon.setToolTip(without_markup(self._window.windowTitle()))
            self._icon.messageClicked.connect(self._show_home)
            self._icon.activated.connect(self._show_home)
            self._icon.show()
            self._timer = repeating(self, EVERY, self.look)
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Check in the background what is due by now."""
        from ucapdesk.services.home.notices import notices

        desk, lang = self._window.desk, language()
        self._behind.ask(lambda: notices(desk, lang), self._tell, patience=0)

    def _tell(self, found: list[DesktopNotice]) -> None:
        """Report what was not reported before, in one notification."""
        fresh = [each for each in found if each.key not in self._told]
        self._told.update(each.key for each in fresh)
        if self._icon is None or not fresh:
            return
        lines = [each.sentence for each in fresh[:NAMED]]
        if more := len(fresh[NAMED:]):
            lines.append(ntr("notice", "and {n} more", "and {n} more", more))
        title, body = (without_markup(each) for each in (self._window.windowTitle(), "\n".join(lines)))
        self._icon.showMessage(title, body, self._icon.icon(), NOTICE_MS)

    def _show_home(self, *_: object) -> None:
        self._window.come_forward()
        self._window.enter_section(HOME)

    def stop(self) -> None:
        """Remove the icon, stop the timer and all reads."""
        self._behind.stop()
        for each in (self._timer, self._icon):
            if each is not None:
                each.stop() if isinstance(each, QTimer) else each.hide()
                each.deleteLater()
        self._timer = self._icon = None
