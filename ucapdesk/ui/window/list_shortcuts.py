"""Keys with a meaning in certain lists only, or before a row is selected: Space in the list of actions, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from ucapdesk.base.clock import today
from ucapdesk.services.meetings import meetings
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.window import shortcuts

if TYPE_CHECKING:
    from ucapdesk.ui.lists.list_pane import ListPane
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow


class ListShortcuts(QObject):
    """Listens to the keys of one list, and runs their commands."""

    def __init__(self, window: NavigableWindow, pane: ListPane) -> None:
        super().__init__(pane)
        self._window, self._pane = window, pane
        pane.view.takers.append(self._takes)
        shortcuts.tell(pane)

    def _takes(self, event: QKeyEvent) -> bool:
        if not event.modifiers():
            there = self._pane.table.rowCount() > 0
            space = presentation(self._pane.table.kind.name).space
            if event.key() == Qt.Key.Key_Space and space and there:
                if not self._chosen:
                    self._window.open_found(self._pane.table.id_at(0))
                self._window.do(space)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and there and not self._chosen:
                self._window.open_found(self._first())
                self._pane.entered.emit()
                return True
        return False

    @property
    def _chosen(self) -> bool:
        """Return whether a row is selected; where the list was just entered none is, and the first is meant."""
        return self._pane.view.currentIndex().isValid()

    def _first(self) -> str:
        """Return the row that is meant where none is selected: the visit under way, else the first."""
        table, desk = self._pane.table, self._window.desk
        running = meetings.running_visit(desk, today(desk.workspace.clock).isoformat())
        if table.kind.name == "visit" and running is not None and table.row_of(running.id) >= 0:
            return running.id
        return table.id_at(0)
