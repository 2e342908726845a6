"""Keys that mean something only in a certain list: Space in the list of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ucapdesk.ui.shell import keys

if TYPE_CHECKING:
    from ucapdesk.ui.lists.pane import ListPane
    from ucapdesk.ui.shell.window import DeskWindow


class ListKeys(QObject):
    """Listens to the keys of one list, and gives the commands they stand for."""

    def __init__(self, window: DeskWindow, pane: ListPane) -> None:
        super().__init__(pane)
        self._window, self._pane = window, pane
        pane.view.installEventFilter(self)
        keys.tell(pane)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
            and self._pane.table.kind.name == "action_item"
            and self._pane.table.rowCount()
        ):
            if not self._pane.view.currentIndex().isValid():  # just entered: the first row is meant
                self._window.open_found(self._pane.table.id_at(0))
            self._window.do("tick", "action")
            return True
        return super().eventFilter(watched, event)
