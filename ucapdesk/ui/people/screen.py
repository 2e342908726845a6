"""The page of a person, an organisation, a city, a UCAP or a project: the derived form, and below it what is on record around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from ucapdesk.ui.people.around import Around
from ucapdesk.ui.record.screen import Screen

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.record.parts import Parts
    from ucapdesk.ui.record.view import RecordView

REST = 120
"""Milliseconds after the page is shown until what is around is read: writing comes first."""


class AroundScreen(Screen):
    """The plain page with ``Around`` at its end."""

    def __init__(self, view: RecordView, column: QVBoxLayout, *, read_only: bool) -> None:
        super().__init__(view, column, read_only=read_only)
        self.around = Around(view.desk, column.parentWidget() or view)
        self.around.opened.connect(view.opened)
        self._later = QTimer(self.around, singleShot=True, interval=REST)
        self._later.timeout.connect(self._read)

    def put_parts(self, parts: Parts) -> None:
        super().put_parts(parts)
        self.put(self.around)

    def fill(self, record: Record) -> None:
        if self.view.id is not None:
            self._later.start()

    def _read(self) -> None:
        if self.view.id is not None:
            self.around.show_record(self.view.id)
