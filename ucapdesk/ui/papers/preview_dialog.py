"""The dialogs with pages as they will be printed, beside what makes them so. The pages follow a moment after each change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.ui.papers.page_preview import PagesView
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import SCREEN_MARGIN
from ucapdesk.ui.toolkit.layout_builder import grow, row
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.window.jobs.job_runner import Job, JobRunner, Task

SIZE = (1180, 760)
REBUILD_DELAY_MS = 300


class PreviewDialog(Dialog):
    """The frame.

    Attributes:
        view: The pages.
        build: Builds them in the background with ``run``, and shows them when they are ready.
        say_failed: Says why there are none.
    """

    view: PagesView
    build: Callable[[], None]
    say_failed: Callable[[UserError], None]

    def __init__(self, name: str, title: str, work: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._work = work
        self._making: Task | None = None
        self._later = single_shot(self, REBUILD_DELAY_MS, self.build)

    def lay_beside(self, left: QWidget | QLayout, right: QLayout) -> None:
        """Put the pages beside what makes them so, in a dialog as large as the screen allows."""
        row(left, grow(right), on=self, gap=theme.MARGIN, margins=theme.FIELDS)
        room = self.screen().availableGeometry().size() - SCREEN_MARGIN
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def run(self, title: str, job: Job, done: Callable[[Any], object]) -> Task:
        """Do something in the background; nobody is told what came of it once the dialog is gone."""
        return self._work.run(
            title,
            job,
            lambda made: done(made) if isValid(self) else None,
            lambda error: self.say_failed(error) if isValid(self) else None,
        )

    def stop_building(self) -> None:
        """Drop the pages that are made, or were to be."""
        self._later.stop()
        if self._making is not None:
            making, self._making = self._making, None
            self._work.drop(making)

    def done(self, result: int) -> None:
        super().done(result)
        self.stop_building()
        self.view.close_document()
