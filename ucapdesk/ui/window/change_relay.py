"""Publishes every change of the desk to the widgets, on the window's own thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from ucapdesk.services import ChangeSet, Desk


class ChangeRelay(QObject):
    """Signals:
    written(ChangeSet): something was saved, after its commit.
    """

    written = Signal(object)
    _from_any_thread = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from_any_thread.connect(self.written, Qt.ConnectionType.AutoConnection)
        self._unsubscribe = desk.subscribe(self._tell)

    def _tell(self, change: ChangeSet) -> None:
        self._from_any_thread.emit(change)

    def close(self) -> None:
        """Stop listening to this desk."""
        self._unsubscribe()
