"""Background reads: quick answers come at once, slow ones when they are ready.

Pages that count over everything there is ask this way, and the page of a visit whether its packs are out of date. Each query
has a thread of its own, beside the one of ``job_runner``; of several questions only the newest is answered. A query reads
through ``desk.read`` and functions of ``services``: it writes nothing and touches no widget. ``done`` runs in the window.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)

PATIENCE = 0.06
"""Seconds that the window itself waits for an answer: within a tenth of a second it goes on in any case."""

Job = Callable[[], Any]
Done = Callable[[Any], None]


class BackgroundQuery(QObject):
    """Runs one query at a time in a thread of its own; of several that wait, the last."""

    _ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._answer: list[Any] = []
        self._done: Done | None = None
        self._waiting: tuple[Job, Done, float | None] | None = None
        self._ready.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None

    def ask(self, job: Job, done: Done, patience: float | None = None) -> None:
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

    def _work(self, job: Job, answer: list[Any]) -> None:
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
