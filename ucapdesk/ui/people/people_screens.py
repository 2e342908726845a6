"""The page of a person, organisation, city, UCAP, theme or project: the derived form, and related records."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from ucapdesk.ui.people.around_panel import Around
from ucapdesk.ui.people.themes_table import ThemeTable
from ucapdesk.ui.record.record_parts import USES
from ucapdesk.ui.record.record_screen import Screen

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.record.form import RecordForm
    from ucapdesk.ui.record.record_page import RecordPage
    from ucapdesk.ui.record.record_parts import RecordParts

REST = 120
"""Milliseconds before related records are read after the page is shown: typing comes first."""


class AroundScreen(Screen):
    """The plain page, with counts above its fields and their rows at its end."""

    covers: ClassVar[frozenset[str]] = frozenset({USES})

    def __init__(self, view: RecordPage, column: QVBoxLayout, *, read_only: bool) -> None:
        super().__init__(view, column, read_only=read_only)
        self.around = Around(view.desk, column.parentWidget() or view)
        self.around.opened.connect(view.opened)
        self.around.wanted.connect(lambda: view.page.ensureWidgetVisible(self.around.table))
        self._later = QTimer(self.around, singleShot=True, interval=REST)
        self._later.timeout.connect(self._read)

    def put_form(self, form: RecordForm) -> None:
        self.around.line.setVisible(self.view.id is not None)
        self.put(self.around.line)
        super().put_form(form)

    def put_parts(self, parts: RecordParts) -> None:
        super().put_parts(parts)
        self.around.line.show()
        self.put(self.around)

    def fill(self, record: Record) -> None:
        if self.view.id is not None:
            self._later.start()

    def _read(self) -> None:
        if self.view.id is not None:
            self.around.show_record(self.view.id)


class UcapScreen(AroundScreen):
    """The page of a UCAP, with its themes as a table."""

    def put_parts(self, parts: RecordParts) -> None:
        self.themes = ThemeTable(self.view.desk, self.column.parentWidget() or self.view)
        self.themes.opened.connect(self.view.opened)
        self.put(self.themes)
        super().put_parts(parts)

    def fill(self, record: Record) -> None:
        super().fill(record)
        if self.view.id is not None:
            self.themes.show_ucap(self.view.id)
