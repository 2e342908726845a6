"""One window for tests and pictures to look at, and the pages that are shown on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from tests.helpers.clock import PATIENCE
from tests.helpers.flaws import seen
from tests.helpers.pseudo_language import PSEUDO, use_language
from ucapdesk.base import settings
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.signals import running
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.background_jobs import BackgroundQuery
from ucapdesk.ui.window.desk_window import DeskWindow

# Milliseconds within which a page shows what it shows a moment later; the status bar counts what is to be given so
# late.
SOON = 300


GROWING = frozenset("home week list-ucap said record-ucap record-meeting record-person preview".split())


class _Unpainted(QObject):
    """Holds back what is to be drawn again of a window: each step of its layout would be drawn for nobody."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app, self._holds = app, False

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Draw nothing until this ends."""
        self._holds = True
        for window in self._app.topLevelWidgets():
            window.installEventFilter(self)
        yield
        self._holds = False
        for window in self._app.topLevelWidgets():
            window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        return self._holds and event.type() == QEvent.Type.UpdateRequest


class Stage:
    """One window on a desk, in one language and look, and whatever page is shown on it.

    Attributes:
        pages: What is to be looked at on this desk.
    """

    def __init__(self, app: QApplication, desk: Desk, pages: Sequence[Page] = ()) -> None:
        self.app, self.desk, self.pages = app, desk, pages
        self._window: DeskWindow | None = None
        self._wanted = QSize()
        self._unpainted = _Unpainted(app)

    def dress(self, lang: str, *, dark: bool = False, text_size: int = 100) -> None:
        self.close()
        chosen = settings.load().with_(theme="dark" if dark else "light", text_size=text_size)
        if lang != PSEUDO:
            chosen = chosen.with_(interface_language=lang)
        settings.save(chosen)
        apply_theme(self.app, chosen)
        if lang == PSEUDO:
            use_language(PSEUDO)

    @property
    def window(self) -> DeskWindow:
        if self._window is None:
            self._window = DeskWindow(self.desk, lambda _: None)
            self._window.show()
        return self._window

    def first(self, kind: str) -> str | None:
        return next(iter(records.listing(self.desk, kind)), None)

    @contextmanager
    def shown(self, page: Page, width: int, height: int) -> Iterator[QWidget]:
        self.window.resize(width, height)
        self.window.notice.say("")
        self.window.toast.close_now()
        shown = page.show(self)
        if shown is not self.window:
            shown.show()
        self._wanted = shown.size()
        self._fit(shown)
        shown.activateWindow()
        self.settle()
        yield shown
        if shown is not self.window:
            shown.close()
            shown.deleteLater()
            self._pass_on()  # what is shown next is settled with it

    def resize(self, shown: QWidget, width: int, height: int) -> None:
        if self.window.size() != QSize(width, height):
            self.window.resize(width, height)
            self._fit(shown)
            self.settle()

    def _fit(self, shown: QWidget) -> None:
        if shown is not self.window:
            shown.resize(self._wanted.boundedTo(self.window.size()))

    def settle(self) -> None:
        """Let everything be laid out, and then drawn: a text that wraps elsewhere moves what is around it, step by step."""
        with self._unpainted.meanwhile():
            self._lay_out()
        for root in self._seen():
            QApplication.sendEvent(root, QEvent(QEvent.Type.UpdateRequest))

    def _lay_out(self) -> None:
        until = time.monotonic() + PATIENCE
        while (self._hurry() or self._is_asking()) and time.monotonic() < until:
            how = QEventLoop.ProcessEventsFlag  # the answer is an event; turning round would leave its thread no time
            self.app.processEvents(how.WaitForMoreEvents if self._is_asking() else how.AllEvents)
        areas = [area for root in self._seen() for area in seen(root) if isinstance(area, QScrollArea)]
        before, same = [QSize()], 0
        for _ in range(30):
            self._pass_on()
            there = (area for area in areas if isValid(area) and area.isVisible())
            now = [inside.size() for area in there if (inside := area.widget())]
            before, same = now, same + 1 if now == before else 0
            if same > 5:
                break

    def _pass_on(self) -> None:
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.sendPostedEvents()  # what a timer said at the end of it is laid out before anybody looks

    def _seen(self) -> list[QWidget]:
        return [root for root in self.app.topLevelWidgets() if root.isVisible()]

    def _hurry(self) -> bool:
        """Let what is to be shown in a moment be shown at once; whether there was such a thing."""
        timers = self._single_shots()
        coming = [timer for timer in timers if 0 < timer.interval() <= SOON]
        for timer in coming:
            interval = timer.interval()
            timer.start(0)
            self.app.processEvents()
            if isValid(timer) and timer.interval() == 0:
                timer.setInterval(interval)
        return bool(coming) or any(timer.interval() == 0 for timer in timers)

    def _is_asking(self) -> bool:
        """Whether a page waits for an answer; the first Home page of a process imports what it asks."""
        queries = [query for root in self._seen() for query in root.findChildren(BackgroundQuery)]
        return any(query.busy for query in queries)

    def _single_shots(self) -> list[QTimer]:
        return [timer for root in self._seen() for timer in running(root) if timer.isSingleShot()]

    def close(self) -> None:
        if self._window is not None:
            window, self._window = self._window, None
            window.close()
            window.deleteLater()
            self.settle()


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its name, and how it is shown."""

    name: str
    show: Callable[[Stage], QWidget]

    @property
    def grows(self) -> bool:
        """Whether a wider window shows more of it, or lays it out otherwise, so that both widths must be looked at."""
        return self.name in GROWING
