"""Background jobs: one thread for all of them, beside that of the window, which stays responsive, shows progress and can cancel.

Threads that only read are those of ``background_query``. The window's thread and this one never write at the same time. What a job reads, it reads on connections of its own. For
the part that writes it enters ``Progress.writing``: what is being typed is saved first, and what is pressed meanwhile
happens right afterwards. See docs/decisions/0040.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, ntr, tr
from ucapdesk.ui.toolkit.steady_focus import above
from ucapdesk.ui.toolkit.timers import application, repeating, single_shot
from ucapdesk.ui.window.jobs.job_panel import JobPanel, QuitDialog

HELD_BACK_EVENTS = {
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
}  # fmt: skip
"""Input events held back while a job writes."""


class Cancelled(Exception):
    """The user cancelled the job."""


class Times(NamedTuple):
    """Seconds until the status line, the bar with its Cancel button, and the estimate appear; and how soon a job has
    to stop.
    """

    line: float = 1
    bar: float = 3
    estimate: float = 10
    stop: float = 0.4


COUNTS = {
    "": Message("work", "{percent} %"),
    "page": Message("work", "page {done} of {of}"),
    "file": Message("work", "file {done} of {of}"),
}
"""Progress in words, by the unit it counts in."""


MAX_BAR_VALUE = 2**31 - 1
"""Maximum number in a bar."""


class Progress:
    """The link between a job and the window: the job reports its progress and learns that it is cancelled."""

    def __init__(self) -> None:
        self.done, self.of, self.unit = 0, 0, ""
        self.wanted = True
        self.held = threading.Event()
        self.hold: Callable[[], None] = self.held.set
        self.release: Callable[[], None] = lambda: None

    def step(self, done: int, of: int, unit: str = "") -> None:
        """Report progress; ``unit`` is one of ``COUNTS``. Raises Cancelled if the job is to stop.

        ``of`` may come from a stranger's file, so it may be any number; a bar takes no more than ``MAX_BAR_VALUE``.
        """
        self.done, self.of, self.unit = min(done, MAX_BAR_VALUE), min(of, MAX_BAR_VALUE), unit
        if not self.wanted:
            raise Cancelled

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Enter the part of a job that writes: nothing else writes meanwhile."""
        self.hold()
        self.held.wait()
        try:
            self.step(self.done, self.of, self.unit)
            yield
        finally:
            self.release()

    def stop(self) -> None:
        """Make the job stop at its next step."""
        self.wanted = False
        self.held.set()


Job = Callable[[Progress], Any]


@dataclass(slots=True, eq=False)
class Task:
    """One job with its callbacks."""

    title: str
    job: Job
    done: Callable[[Any], object] = lambda _: None
    failed: Callable[[UserError], object] | None = None
    progress: Progress = field(default_factory=Progress)
    began: float = 0
    writing: bool = False
    quiet: bool = False
    result: Any = None
    error: BaseException | None = None

    def do(self) -> None:
        """Do the job, in whatever thread, and keep its result or its error."""
        try:
            self.result = self.job(self.progress)
        except BaseException as error:  # noqa: BLE001 - raised or said by the thread that waits
            self.error = error


class JobRunner(QObject):
    """The background jobs of one window, one at a time."""

    _hold = Signal(object)
    _release = Signal(object)
    _over = Signal(object)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.save: Callable[[], object] = lambda: None
        """Saves what is being typed, before a job writes."""
        self.say: Callable[[str], object] = lambda _: None
        """Says at the foot of the window what was done."""
        self.warn: Callable[[str], object] = lambda _: None
        """Says what could not be done."""
        self.times = Times()
        self._now: Task | None = None
        self._waiting: list[Task] = []
        self._last: threading.Thread | None = None
        self._later: list[Callable[[], object]] = []
        self._quitting: QuitDialog | None = None
        """The question whether to quit, until the window stays or closes."""
        self.panel: JobPanel | None = None
        self._clock = repeating(self, 100, self._tell)
        self._patience = single_shot(self, 0, self._let_go)
        self._hold.connect(self._begin_writing)
        self._release.connect(self._end_writing)
        self._over.connect(self._ended)

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._now is not None

    @property
    def writing(self) -> bool:
        """Whether the window must not write now."""
        return self._now is not None and self._now.writing

    def run(
        self, title: str, job: Job, done: Callable[[Any], object], failed: Callable[[UserError], object] | None = None
    ) -> Task:
        """Run a job in the background, after the one that is running. The returned task can be dropped.

        Args:
            title: The job's name in the status bar: "Reading papers".
            job: Given a ``Progress``; runs in another thread and touches no widget.
            done: Given the job's result, in the window's thread; reports it.
            failed: Given the job's error; without it the window reports the error.
        """
        task = Task(title, job, done, failed)
        if self._now is not None:
            self._waiting.append(task)
            if not self._now.quiet:
                self.say(tr("work", "“{title}” begins when “{running}” is done.", title=title, running=self._now.title))
        else:
            self._start(task)
        return task

    def write(self, title: str, job: Job, done: Callable[[Any], object]) -> None:
        """Run a job as ``run`` does; all of it writes."""

        def writing(progress: Progress) -> Any:
            with progress.writing():
                return job(progress)

        self.run(title, writing, done)

    def drop(self, task: Task) -> None:
        """Drop a task without a word, whether it runs or waits."""
        task.quiet = True
        if task is self._now:
            self.cancel()
        elif task in self._waiting:
            self._waiting.remove(task)

    def show_in(self, place: Callable[[QWidget], object]) -> None:
        """Create the progress line again and add it to a layout."""
        self.panel = JobPanel(self.cancel)
        place(self.panel)
        self._tell()

    def after(self, do: Callable[[], object]) -> bool:
        """Run a function once a job has finished writing and return True; return False where none is writing."""
        if self.writing:
            self._later.append(do)
        return self.writing

    # -- the thread -------------------------------------------------------------------------------

    def _start(self, task: Task) -> None:
        self._now, task.began = task, time.monotonic()
        task.progress.hold = lambda: self._hold.emit(task)
        task.progress.release = lambda: self._release.emit(task)
        before, self._last = self._last, threading.Thread(target=lambda: self._do(task, before), daemon=True)
        self._clock.start()
        self._last.start()

    def _do(self, task: Task, before: threading.Thread | None) -> None:
        """Run a job in the worker thread. A dropped job may still be running there."""
        if before is not None:
            before.join()
        task.do()
        with suppress(RuntimeError):  # the window went meanwhile
            self._over.emit(task)

    def _begin_writing(self, task: Task) -> None:
        if task is self._now and task.progress.wanted:
            self.save()
            task.writing = True
            application().installEventFilter(self)
        task.progress.held.set()

    def _end_writing(self, task: Task) -> None:
        if not task.writing:
            return
        task.writing = False
        application().removeEventFilter(self)
        later, self._later = self._later, []
        for do in later:
            do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back input events while a job writes."""
        middle, held = self._window.centralWidget(), event.type() in HELD_BACK_EVENTS
        if not held or not isinstance(watched, QWidget) or not any(each is middle for each in above(watched)):
            return False
        kept = event.clone()
        self._later.append(lambda: isValid(watched) and QApplication.sendEvent(watched, kept))
        return True

    def _ended(self, task: Task) -> None:
        if task is not self._now:  # it was let go before
            return
        self._end_writing(task)
        self._now = None
        self._patience.stop()
        if self._waiting:
            self._start(self._waiting.pop(0))
        self._tell()
        self._report(task)
        self._leave()

    def _report(self, task: Task) -> None:
        if task.quiet:
            return
        if task.error is None:
            task.done(task.result)
        elif not task.progress.wanted:
            self.say(tr("work", "“{title}” was stopped. Everything is as it was before.", title=task.title))
        elif isinstance(task.error, UserError):
            (task.failed or (lambda error: self.warn(error.say())))(task.error)
        else:  # a mistake of ours, told as any other
            sys.excepthook(type(task.error), task.error, task.error.__traceback__)

    # -- how far, and the end of it ---------------------------------------------------------------

    def _tell(self) -> None:
        """Show as much of the progress as is due by now."""
        if self._now is None:
            self._clock.stop()
        if self.panel is not None and isValid(self.panel):
            now = self._now
            after = time.monotonic() - now.began if now else 0.0
            bar = (now.progress.done, now.progress.of) if now and after >= self.times.bar else None
            self.panel.show_state(self._said(after), bar)

    def _said(self, after: float) -> str:
        """Return the status text: nothing at first, then the title, the count, and the time left."""
        if self._now is None or after < self.times.line:
            return ""
        progress = self._now.progress
        parts = [self._now.title]
        if progress.of:
            percent = round(100 * progress.done / progress.of)
            parts.append(COUNTS[progress.unit].say().format(done=progress.done, of=progress.of, percent=percent))
        if after >= self.times.estimate and (left := self.left()) is not None:
            parts.append(left)
        return dotted(*parts)

    def left(self) -> str | None:
        """Return the time left in words; None while it is unknown."""
        if self._now is None or not self._now.progress.done:
            return None
        progress, after = self._now.progress, time.monotonic() - self._now.began
        seconds = max(1, round(after * (progress.of - progress.done) / progress.done))
        if seconds >= 90:
            return ntr("work", "about {n} minute left", "about {n} minutes left", round(seconds / 60))
        return ntr("work", "about {n} second left", "about {n} seconds left", seconds)

    def cancel(self) -> None:
        """Cancel the running job. One that does not stop in time is dropped: it can write nothing any more."""
        if self._now is not None:
            self._now.progress.stop()
            self._patience.start(round(self.times.stop * 1000))

    def _let_go(self) -> None:
        if self._now is not None and not self._now.writing:
            self._now.error = Cancelled()
            self._ended(self._now)

    def may_close(self) -> bool:
        """Return whether the window can be closed now. If not, ask the user; the window closes itself when the job is over."""
        if self._now is not None:
            if self._quitting is None:
                self._quitting = QuitDialog(self._now.title, self.left(), self._window)
                self._quitting.answered.connect(self._answered)
            self._quitting.open()
        return self._now is None

    def _answered(self, answer: str) -> None:
        if answer == "stop":
            self._waiting.clear()
            self.cancel()
        elif not answer:
            self._ask_no_more()

    def _leave(self) -> None:
        """Close the window if that was asked for and no job is left."""
        if self._now is None and self._quitting is not None:
            self._ask_no_more()
            self._window.close()

    def _ask_no_more(self) -> None:
        box, self._quitting = self._quitting, None
        if box is not None:
            box.done(0)
            box.deleteLater()

    def stop_all(self) -> None:
        """Stop all jobs and wait for them: the workspace is about to be closed."""
        self._waiting.clear()
        if self._now is not None:
            self._now.progress.stop()
        if self._last is not None:
            self._last.join()
        if self._now is not None:
            self._end_writing(self._now)
        self._now = None
        self._clock.stop()
        self._patience.stop()
