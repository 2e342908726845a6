"""Watchers for what a passing test must not leave behind: log warnings, widgets, threads, timers.

A leaked widget or thread is the usual cause of a crash three tests later, so the test that made it fails, by name.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import traceback
import weakref
from collections.abc import Iterator
from types import FrameType
from typing import Any


class LogWatch(logging.Handler):
    """Collects records of WARNING and above that no test announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []
        self.announced: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)

    def expect(self, text: str) -> None:
        """A record containing ``text`` will come, and must."""
        self.announced.append(text)

    def complaints(self) -> list[str]:
        said = [record.getMessage() for record in self.seen]
        missing = [text for text in self.announced if not any(text in message for message in said)]
        return [
            f"unexpected {record.levelname} from {record.name} ({record.pathname}:{record.lineno}): {message}"
            for record, message in zip(self.seen, said, strict=True)
            if not any(text in message for text in self.announced)
        ] + [f"expected a log record containing {text!r}, none came" for text in missing]


@contextlib.contextmanager
def watched_log() -> Iterator[LogWatch]:
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    try:
        yield watch
    finally:
        root.removeHandler(watch)


class QtWatch:
    """Qt objects before and after a test. Does nothing while no test has imported Qt's widgets."""

    def __init__(self) -> None:
        self.started: list[tuple[str, weakref.ref[Any], list[tuple[str, int, str, None]]]] = []
        self.before = {id(widget) for widget in self._top_level()}

    @staticmethod
    def _application() -> Any:
        widgets = sys.modules.get("PySide6.QtWidgets")
        return widgets.QApplication.instance() if widgets else None

    def _top_level(self) -> list[Any]:
        application = self._application()
        return application.topLevelWidgets() if application else []

    @contextlib.contextmanager
    def note_starts(self) -> Iterator[None]:
        core: Any = sys.modules.get("PySide6.QtCore")
        if core is None:
            yield
            return
        originals = {cls: cls.start for cls in (core.QThread, core.QTimer)}

        def noting(cls: Any) -> Any:
            original = originals[cls]

            def start(this: Any, *args: Any, **kwargs: Any) -> Any:
                # formatted where it is told: windows start hundreds of timers, and few tests have something to tell
                self.started.append((cls.__name__, weakref.ref(this), _callers()))
                return original(this, *args, **kwargs)

            return start

        for cls in originals:
            cls.start = noting(cls)
        try:
            yield
        finally:
            for cls, original in originals.items():
                cls.start = original

    def complaints(self) -> list[str]:
        application = self._application()
        if application is None:
            return []
        core: Any = sys.modules["PySide6.QtCore"]
        application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
        if self._leaked():
            gc.collect()
            application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
        found = [f"top-level widget left: {widget!r}" for widget in self._leaked()]
        for kind, ref, where in self.started:
            if _active(ref()):
                lines = traceback.format_list(where)
                found.append(f"{kind} still running, started at\n{''.join(lines)}")
                _stop(ref())
        pool = core.QThreadPool.globalInstance()
        if pool.activeThreadCount() and not pool.waitForDone(1000):
            found.append("the global thread pool is still at work")
        return found

    def _leaked(self) -> list[Any]:
        """Return new top-level widgets, but for those of a window that was there before, such as its menus."""
        return [w for w in self._top_level() if id(_root(w)) not in self.before]


def _root(widget: Any) -> Any:
    while (parent := widget.parentWidget()) is not None:
        widget = parent
    return widget


def _callers() -> list[tuple[str, int, str, None]]:
    frame: FrameType | None = sys._getframe(2)
    found: list[tuple[str, int, str, None]] = []
    for _ in range(2):
        if frame is not None:
            found.insert(0, (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None))
            frame = frame.f_back
    return found


def _active(thing: Any) -> bool:
    """Whether a thread or timer runs; one whose Qt object is gone does not."""
    if thing is None:
        return False
    try:
        return bool(thing.isRunning() if hasattr(thing, "isRunning") else thing.isActive())
    except RuntimeError:
        return False


def _stop(thing: Any) -> None:
    if hasattr(thing, "isRunning"):
        thing.quit()
        thing.wait(1000)
    else:
        thing.stop()
