"""The mark on a visit's page that its printed papers are outdated, checked a moment after a change.

To know it, a copy is made again in mind; that takes a moment, so it is done beside the window, and only where anything was
printed at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.format import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery

if TYPE_CHECKING:
    from ucapdesk.services.files.packs import PackInfo
    from ucapdesk.ui.record.record_page import RecordPage

BEHIND = "visit.printed.behind"
PACKS_DELAY_MS = 1_000
"""Milliseconds of rest after a change."""


class PrintedMark(ElidedButton):
    """“Changed since printed”: visible while true. A press shows the paper with today's data."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._view = view
        self._changed: list[PackInfo] = []
        # it is there as long as the window, and stopped with it
        self._behind = view.findChild(BackgroundQuery, BEHIND) or BackgroundQuery(view)
        self._behind.setObjectName(BEHIND)
        self._soon = QTimer(self, singleShot=True, interval=PACKS_DELAY_MS)
        self._soon.timeout.connect(self.look)
        self.setObjectName("visit.printed")
        self.setProperty("role", "gap")
        self.clicked.connect(self._show_it)
        self.hide()

    def show_visit(self, visit: Visit) -> None:
        """Check soon whether the papers of a visit are still up to date."""
        if self._view.desk.read.children(visit.id, Pack):
            self._soon.start()
        else:
            self._tell(visit.id, [])

    def look(self) -> None:
        """Check now, in the background."""
        desk, id_ = self._view.desk, self._view.id or ""

        def changed() -> list[PackInfo]:
            from ucapdesk.services.files import packs  # takes long to load

            return packs.changed_copies(desk, id_)

        self._behind.ask(changed, lambda found: self._tell(id_, found), patience=0)

    def _tell(self, id_: str, changed: list[PackInfo]) -> None:
        if not isValid(self) or id_ != self._view.id:
            return
        self._changed = changed
        self.setVisible(bool(changed))
        if changed:
            self.setText(
                ntr("visit", "{n} paper changed since printed", "{n} papers changed since printed", len(changed))
            )
            set_tool_tip(self, "\n".join([*map(self._named, changed), tr("visit", "Press to see it as it is now.")]))

    def _show_it(self) -> None:
        """Show the paper with today's data; of several, the chosen one."""
        if len(self._changed) == 1:
            self._view.reprinted.emit(self._changed[0].id)
            return
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def make_menu(self) -> QMenu:
        """Return the menu of the papers that have changed."""
        menu = QMenu(self)
        for each in self._changed:
            action = menu.addAction(self._named(each).replace("&", "&&"))
            action.triggered.connect(lambda _=False, id_=each.id: self._view.reprinted.emit(id_))
        return menu

    def _named(self, pack: PackInfo) -> str:
        """Return which paper it was, and when it was printed."""
        day = say_date(PartialDate(f"{local_time(pack.printed):%Y-%m-%d}"), language())
        title = records.titles(self._view.desk, [pack.id]).get(pack.id, "")
        return tr("visit", "{paper}, printed {day}", paper=title, day=day)
