"""Runs a job in a thread with a progress dialog, where there is no window yet or a dialog waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.reader_wishes import whole_of
from ucapdesk.ui.window.jobs.job_runner import Cancelled, Progress, Task

T = TypeVar("T")
DIALOG_DELAY_MS, BEAT = 1000, 0.02
"""Milliseconds until the dialog comes up; seconds between two looks at how far it is."""


def wait_for(title: str, job: Callable[[Progress], T], parent: QWidget | None = None) -> T:
    """Run a job in another thread and return its result, or raise its error; the screen is repainted meanwhile.

    Raises:
        Cancelled: The person stopped it; everything is as it was before.
    """
    task = Task(title, job)
    box = named(QProgressDialog("", tr("picker", "Cancel"), 0, whole_of(0), parent), "waiting")
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
            box.setMaximum(whole_of(progress.of))
            box.setValue(progress.done)
        QApplication.processEvents()
        thread.join(BEAT)
    if behind is not None:
        behind.setEnabled(True)
    box.reset()
