"""The status button of a visit, with the usual next steps; moving online takes its coming meetings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.services.visits import visits
from ucapdesk.ui.toolkit.announce import announce

if TYPE_CHECKING:
    from ucapdesk.ui.record.record_page import RecordPage

LIST = "visit_status"


class StatusButton(QPushButton):
    """The present status; its menu has the steps that usually follow, then all others."""

    def __init__(self, view: RecordPage, *, read_only: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("visit.status")
        self.setEnabled(not read_only)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.fill_menu)

    def show_visit(self, visit: Visit) -> None:
        """Show the status."""
        said = tr("visit", "Status: {status}", status=code_label(LIST, visit.status)) if visit.status else ""
        self.setText((said or tr("visit", "Set status")).replace("&", "&&"))

    def fill_menu(self) -> None:
        """Fill the menu: the usual next steps first, though any status may follow any other."""
        menu, visit = self.menu(), self._view.record
        menu.clear()
        if not isinstance(visit, Visit):
            return
        ahead = visits.next_steps(visit)
        for status in ahead:
            self._offer(menu, status, visit, f"→ {code_label(LIST, status)}")
        menu.addSeparator()
        for status in codes(LIST):
            if status not in ahead:
                self._offer(menu, status, visit, code_label(LIST, status))

    def _offer(self, menu: QMenu, status: str, visit: Visit, label: str) -> None:
        action = menu.addAction(label)
        action.setObjectName(f"visit.status.{status}")
        action.setCheckable(True)
        action.setChecked(visit.status == status)
        action.triggered.connect(lambda: self.go_to(status))

    def go_to(self, status: str) -> None:
        """Set the status of the visit."""
        view, moved = self._view, list[int]()
        if not view.attempt(lambda: moved.append(visits.set_status(view.desk, view.id or "", status))):
            return
        said = tr("visit", "Status: {status}", status=code_label(LIST, status))
        if moved[0]:
            said = dotted(said, ntr("visit", "{n} meeting moved online too", "{n} meetings moved online too", moved[0]))
        announce(self, said)
        view.done.emit(said)
