"""Background jobs and queries, their progress, and the dialog that waits for one.

There is one thread for all jobs, beside that of the window, which stays responsive, shows progress and can cancel. The
window's thread and this one never write at the same time. What a job reads, it reads on connections of its own. For the
part that writes it enters ``Progress.writing``: what is being typed is saved first, and what is pressed meanwhile happens
right afterwards. See docs/decisions/0040.

A query has a thread of its own: pages that count over everything there is ask this way, and the page of a visit whether
its packs are out of date. Quick answers come at once, slow ones when they are ready; of several questions only the newest
is answered. A query reads through ``desk.read`` and functions of ``services``: it writes nothing and touches no widget.
``done`` runs in the window.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QProgressBar, QProgressDialog, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, ntr, tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import ancestors
from ucapdesk.ui.toolkit.layouts import row
from ucapdesk.ui.toolkit.signals import application, repeating, single_shot
from ucapdesk.ui.toolkit.theme import progress_maximum
from ucapdesk.ui.toolkit.widgets import PlainLabel, announce, button, label, named

log = logging.getLogger(__name__)

# Seconds that the window itself waits for an answer: within a tenth of a second it goes on in any case.
PATIENCE = 0.06

Query = Callable[[], Any]
Done = Callable[[Any], None]


class BackgroundQuery(QObject):
    """Runs one query at a time in a thread of its own; of several that wait, the last."""

    _ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._answer: list[Any] = []
        self._done: Done | None = None
        self._waiting: tuple[Query, Done, float | None] | None = None
        self._ready.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._thread is not None

    def ask(self, job: Query, done: Done, patience: float | None = None) -> None:
        """Call ``done`` with the result of ``job``: before this returns, if that is quick."""
        if self._thread is not None:
            self._waiting = job, done, patience
            return
        self._answer, self._done = [], done
        self._thread = threading.Thread(target=self._work, args=(job, self._answer), name="query", daemon=True)
        self._thread.start()
        self._thread.join(PATIENCE if patience is None else patience)
        if not self._thread.is_alive():
            self._take()

    def _work(self, job: Query, answer: list[Any]) -> None:
        try:
            answer.append(job())
        except Exception:  # the page stays as it was
            log.warning("background query failed", exc_info=True)
        with suppress(RuntimeError):  # the window is gone
            self._ready.emit()

    def _take(self) -> None:
        """Take an answer, unless a newer query waits, which makes it outdated."""
        if self._thread is None or (self._thread.is_alive() and not self._answer):
            return
        self._thread.join()
        self._thread, done = None, self._done
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.ask(*waiting)
        elif self._answer and done is not None:
            done(self._answer[0])

    def stop(self) -> None:
        """Wait for the running query and drop its answer: the workspace is about to be closed."""
        self._waiting, thread, self._thread = None, self._thread, None
        if thread is not None:
            thread.join()


class JobPanel(QWidget):
    """Text, bar and Cancel button of the running job; hidden while there is nothing to show."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("work")
        self._text = label("", "status", name="work.text", wrap=False, parent=self)
        self._bar = named(QProgressBar(self), "work.bar", tr("work", "Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(theme.px(140), theme.px(10))
        self._cancel = button("work.cancel", tr("picker", "Cancel"), cancel, "quiet", parent=self)
        self._cancel.setProperty("level", "low")
        row(self._text, self._bar, self._cancel, on=self, gap=theme.GAP, margins=(0, 0, theme.GAP, 0))
        self.hide()

    def show_state(self, text: str, bar: tuple[int, int] | None) -> None:
        if bool(text) == self.isHidden():
            announce(self, text)
            self.setVisible(bool(text))
        self._text.setText(text)
        for part in (self._bar, self._cancel):
            part.setVisible(bar is not None)
        if bar is not None:
            done, of = bar
            self._bar.setRange(0, progress_maximum(of))
            self._bar.setValue(done)


class QuitDialog(QMessageBox):
    """Asks a user who wants to quit while a job is running.

    Signals:
        answered(str): ``wait``, ``stop``, or nothing to stay.
    """

    answered = Signal(str)

    def __init__(self, title: str, left: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("work.quit")
        self.setWindowTitle("UCAPDesk")
        said = tr("work", "“{title}” is not done yet.", title=title)
        self.setText(f"{said}\n{left}" if left else said)
        for answer, shown in (
            ("wait", tr("work", "Wait and quit")),
            ("stop", tr("work", "Stop and quit")),
            ("", tr("work", "Stay here")),
        ):
            role = QMessageBox.ButtonRole.AcceptRole if answer else QMessageBox.ButtonRole.RejectRole
            button = self.addButton(shown, role)
            button.setObjectName(f"work.quit.{answer or 'stay'}")
            button.clicked.connect(lambda _=False, answer=answer: self.answered.emit(answer))
            if answer == "wait":
                self.setDefaultButton(button)
        self.rejected.connect(lambda: self.answered.emit(""))  # its window may be closed without a button


HELD_BACK_EVENTS = {
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
}  # fmt: skip


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


MAX_BAR_VALUE = 2**31 - 1


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
        self.wanted = False
        self.held.set()


Job = Callable[[Progress], Any]


@dataclass(slots=True, eq=False)
class Task:
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
        self.save: Callable[[], object] = lambda: None  # Saves what is being typed, before a job writes
        self.say: Callable[[str], object] = lambda _: None
        self.warn: Callable[[str], object] = lambda _: None
        self.times = Times()
        self._now: Task | None = None
        self._waiting: list[Task] = []
        self._last: threading.Thread | None = None
        self._later: list[Callable[[], object]] = []
        self._quitting: QuitDialog | None = None
        self.panel: JobPanel | None = None
        self._clock = repeating(self, 100, self._tell)
        self._patience = single_shot(self, 0, self._let_go)
        self._hold.connect(self._begin_writing)
        self._release.connect(self._end_writing)
        self._over.connect(self._ended)

    @property
    def busy(self) -> bool:
        return self._now is not None

    @property
    def writing(self) -> bool:
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
        def writing(progress: Progress) -> Any:
            with progress.writing():
                return job(progress)

        self.run(title, writing, done)

    def drop(self, task: Task) -> None:
        task.quiet = True
        if task is self._now:
            self.cancel()
        elif task in self._waiting:
            self._waiting.remove(task)

    def show_in(self, place: Callable[[QWidget], object]) -> None:
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
        middle, held = self._window.centralWidget(), event.type() in HELD_BACK_EVENTS
        if not held or not isinstance(watched, QWidget) or not any(each is middle for each in ancestors(watched)):
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
        if self._now is None:
            self._clock.stop()
        if self.panel is not None and isValid(self.panel):
            now = self._now
            after = time.monotonic() - now.began if now else 0.0
            bar = (now.progress.done, now.progress.of) if now and after >= self.times.bar else None
            self.panel.show_state(self._said(after), bar)

    def _said(self, after: float) -> str:
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
        if self._now is None and self._quitting is not None:
            self._ask_no_more()
            self._window.close()

    def _ask_no_more(self) -> None:
        box, self._quitting = self._quitting, None
        if box is not None:
            box.done(0)
            box.deleteLater()

    def stop_all(self) -> None:
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


T = TypeVar("T")
# Milliseconds until the dialog comes up; seconds between two looks at how far it is.
DIALOG_DELAY_MS, BEAT = 1000, 0.02


def wait_for(title: str, job: Callable[[Progress], T], parent: QWidget | None = None) -> T:
    """Run a job in another thread and return its result, or raise its error; the screen is repainted meanwhile.

    Raises:
        Cancelled: The person stopped it; everything is as it was before.
    """
    task = Task(title, job)
    box = named(QProgressDialog("", tr("picker", "Cancel"), 0, progress_maximum(0), parent), "waiting")
    box.setLabel(PlainLabel(title))
    box.setWindowTitle("UCAPDesk")
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    box.setMinimumDuration(DIALOG_DELAY_MS)
    box.setAutoReset(False)
    box.canceled.connect(task.progress.stop)
    _watch(threading.Thread(target=task.do, daemon=True), box, task.progress)
    box.deleteLater()
    if task.error is not None:
        raise task.error if task.progress.wanted else Cancelled
    result: T = task.result
    return result


def _watch(thread: threading.Thread, box: QProgressDialog, progress: Progress) -> None:
    """Show the progress until the thread is done. Nothing behind the dialog can be pressed meanwhile."""
    behind = box.parentWidget()
    if behind is not None:
        behind.setEnabled(False)
    thread.start()
    while thread.is_alive():
        if progress.wanted:
            box.setMaximum(progress_maximum(progress.of))
            box.setValue(progress.done)
        QApplication.processEvents()
        thread.join(BEAT)
    if behind is not None:
        behind.setEnabled(True)
    box.reset()
