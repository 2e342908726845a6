"""Long work: one thread beside the window, so that the window goes on answering, and can say how far it is and stop it.

The window's thread and this one never write at the same time. What a job reads, it reads on connections of its own. For
the part that writes it enters ``Progress.writing``: what is being typed is saved first, and what is pressed meanwhile
happens right afterwards. See docs/decisions/0040.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, ntr, tr
from ucapdesk.ui.shell.work_panel import QuitBox, WorkPanel

if TYPE_CHECKING:
    from ucapdesk.ui.shell.window import DeskWindow

HELD = {
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
}  # fmt: skip
"""What waits while a job writes."""


class Cancelled(Exception):
    """The person does not want this work any more."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds until something is shown: a line, a bar with a way to stop, how long it may still take; and how soon it
    has stopped.
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
"""How far a job is, by the unit it counts in."""


class Progress:
    """What a job is given: where it tells how far it is, and hears that it is to stop."""

    def __init__(self) -> None:
        self.done, self.of, self.unit = 0, 0, ""
        self.wanted = True
        self.held = threading.Event()
        self.hold: Callable[[], None] = self.held.set
        self.release: Callable[[], None] = lambda: None

    def step(self, done: int, of: int, unit: str = "") -> None:
        """So much is done, of so much; ``unit`` is one of ``COUNTS``. Raises Cancelled if it is to stop."""
        self.done, self.of, self.unit = done, of, unit
        if not self.wanted:
            raise Cancelled

    def pages(self, done: int, of: int) -> None:
        """As ``step``, of pages."""
        self.step(done, of, "page")

    def files(self, done: int, of: int) -> None:
        """As ``step``, of files."""
        self.step(done, of, "file")

    def stopped(self) -> bool:
        """Whether it is to stop, for those who ask."""
        return not self.wanted

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """For the part of a job that writes: nobody else does meanwhile."""
        self.hold()
        self.held.wait()
        try:
            self.step(self.done, self.of, self.unit)
            yield
        finally:
            self.release()

    def stop(self) -> None:
        """Let it end at the next step."""
        self.wanted = False
        self.held.set()


Job = Callable[[Progress], Any]


@dataclass(slots=True, eq=False)
class Task:
    """One piece of work."""

    title: str
    job: Job
    done: Callable[[Any], object]
    failed: Callable[[UserError], object] | None
    progress: Progress = field(default_factory=Progress)
    began: float = 0
    writing: bool = False
    quiet: bool = False
    result: Any = None
    error: BaseException | None = None
    thread: threading.Thread | None = None


class Work(QObject):
    """The long work of one window, one piece at a time.

    Signals:
        ended(): a piece of work came to its end, whichever.
    """

    ended = Signal()
    _hold = Signal(object)
    _release = Signal(object)
    _over = Signal(object)

    def __init__(self, window: DeskWindow, times: Times | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.times = times or Times()
        self._now: Task | None = None
        self._waiting: list[Task] = []
        self._last: threading.Thread | None = None
        self._later: list[Callable[[], object]] = []
        self._quitting: QuitBox | None = None
        self._leaving = False
        self.panel: WorkPanel | None = None
        self._clock = QTimer(self, interval=100)
        self._clock.timeout.connect(self._tell)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._let_go)
        self._hold.connect(self._begin_writing)
        self._release.connect(self._end_writing)
        self._over.connect(self._ended)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._now is not None

    @property
    def writing(self) -> bool:
        """Whether the window must not write just now."""
        return self._now is not None and self._now.writing

    def run(
        self, title: str, job: Job, done: Callable[[Any], object], failed: Callable[[UserError], object] | None = None
    ) -> Task:
        """Do a piece of work beside the window, after the one that is being done. What it returns can be dropped.

        Args:
            title: What it is, for the foot of the window: "Reading papers".
            job: Given a ``Progress``; runs in another thread and touches no widget.
            done: Given what the job returned, in the window's thread; tells what was done and what not.
            failed: Given what could not be done; without it the window says so.
        """
        task = Task(title, job, done, failed)
        if self._now is not None:
            self._waiting.append(task)
            said = tr("work", "“{title}” begins when “{running}” is done.", title=title, running=self._now.title)
            if not self._now.quiet:
                self._window.say(said)
        else:
            self._start(task)
        return task

    def drop(self, task: Task) -> None:
        """Nobody wants this any more: without a word, whether it is being done or waits."""
        task.quiet = True
        if task is self._now:
            self.cancel()
        elif task in self._waiting:
            self._waiting.remove(task)

    def show_in(self, place: Callable[[QWidget], object]) -> None:
        """Make the line that tells of the work anew and put it somewhere."""
        self.panel = WorkPanel(self.cancel)
        place(self.panel)
        self._tell()

    def after(self, do: Callable[[], object]) -> bool:
        """Do something once a job has written, and True; False where none is writing, and it can be done now."""
        if self.writing:
            self._later.append(do)
        return self.writing

    # -- the thread -------------------------------------------------------------------------------

    def _start(self, task: Task) -> None:
        self._now, task.began = task, time.monotonic()
        task.progress.hold = lambda: self._hold.emit(task)
        task.progress.release = lambda: self._release.emit(task)
        before, self._last = self._last, threading.Thread(target=lambda: self._do(task, before), daemon=True)
        task.thread = self._last
        self._clock.start()
        self._last.start()

    def _do(self, task: Task, before: threading.Thread | None) -> None:
        """In the other thread. One that was let go may still be on its way to its end."""
        if before is not None:
            before.join()
        try:
            task.result = task.job(task.progress)
        except BaseException as error:  # noqa: BLE001 - raised or said in the window's thread
            task.error = error
        self._over.emit(task)

    def _begin_writing(self, task: Task) -> None:
        if task is self._now and task.progress.wanted:
            self._window.record.save_now()
            task.writing = True
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        task.progress.held.set()

    def _end_writing(self, task: Task) -> None:
        if not task.writing:
            return
        task.writing = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        later, self._later = self._later, []
        for do in later:
            do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a job writes: keep what is pressed in the window, for afterwards."""
        if event.type() not in HELD or not isinstance(watched, QWidget) or watched is self._window:
            return False
        middle = self._window.centralWidget()
        if middle is None or not (watched is middle or middle.isAncestorOf(watched)):
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
        self.ended.emit()
        self._leave()

    def _report(self, task: Task) -> None:
        if task.quiet:
            return
        if task.error is None:
            task.done(task.result)
        elif not task.progress.wanted:
            self._window.say(tr("work", "“{title}” was stopped. Everything is as it was before.", title=task.title))
        elif isinstance(task.error, UserError):
            (task.failed or (lambda error: self._window.notice.say(error.say())))(task.error)
        else:  # a mistake of ours, told as any other
            sys.excepthook(type(task.error), task.error, task.error.__traceback__)

    # -- how far, and the end of it ---------------------------------------------------------------

    def _tell(self) -> None:
        """Show how far the work is, as much as its time has come for."""
        if self._now is None:
            self._clock.stop()
        if self.panel is not None and isValid(self.panel):
            after = time.monotonic() - self._now.began if self._now else 0.0
            progress = self._now.progress if self._now else None
            bar = (progress.done, progress.of) if progress and after >= self.times.bar else None
            self.panel.show_state(self._said(after), bar)

    def _said(self, after: float) -> str:
        """Nothing at first; then what is done, how much of it, and how long it may still take."""
        if self._now is None or after < self.times.line:
            return ""
        progress = self._now.progress
        parts = [self._now.title]
        if progress.of:
            percent = round(100 * progress.done / progress.of)
            said = COUNTS[progress.unit].say().format(done=progress.done, of=progress.of, percent=percent)
            parts.append(said)
        if after >= self.times.estimate and (left := self.left()) is not None:
            parts.append(left)
        return dotted(*parts)

    def left(self) -> str | None:
        """How long it may still take, in words; None while that is not known."""
        progress = self._now.progress if self._now else None
        if self._now is None or progress is None or not progress.done:
            return None
        after = time.monotonic() - self._now.began
        seconds = max(1, round(after * (progress.of - progress.done) / progress.done))
        if seconds >= 90:
            return ntr("work", "about {n} minute left", "about {n} minutes left", round(seconds / 60))
        return ntr("work", "about {n} second left", "about {n} seconds left", seconds)

    def cancel(self) -> None:
        """Stop what is being done. What does not hear of it in time is let go: it can write nothing any more."""
        if self._now is not None:
            self._now.progress.stop()
            self._patience.start(round(self.times.stop * 1000))

    def _let_go(self) -> None:
        if self._now is not None and not self._now.writing:
            self._now.error = Cancelled()
            self._ended(self._now)

    def may_close(self) -> bool:
        """Whether the window can be closed now. If not, the person is asked, and it closes itself when the work is over."""
        if self._now is None:
            return True
        if self._quitting is None:
            self._quitting = QuitBox(self._now.title, self.left(), self._window)
            self._quitting.answered.connect(self._answered)
        self._quitting.open()
        return False

    def _answered(self, answer: str) -> None:
        box, self._quitting = self._quitting, None
        if box is not None:
            box.deleteLater()
        if answer:
            self._leaving = True
        if answer == "stop":
            self._waiting.clear()
            self.cancel()
        self._leave()

    def _leave(self) -> None:
        """Close the window if that is what was wanted and nothing is left to do."""
        if self._now is not None or not (self._leaving or self._quitting):
            return
        box, self._quitting = self._quitting, None
        if box is not None:
            box.done(0)
            box.deleteLater()
        self._leaving = False
        self._window.close()

    def stop_all(self) -> None:
        """The workspace is going to be closed: stop everything, and wait for that."""
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
