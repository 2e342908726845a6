"""The lists of a meeting: minutes in which Enter begins the next entry, actions with owner and due date, the agenda."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.child_row import ChildRow
from ucapdesk.ui.record.saving import is_composing

ROW_FIELDS = {
    "agenda_item": ("title", "type", "starts", "minutes"),
    "minute_entry": ("text", "type"),
    "action_item": ("text", "person", "due", "status"),
}
"""By kind: the fields of a row; all others are in the form that the row opens."""


ENDS = {"minute_entry": "text", "action_item": "due"}
"""By kind: the field in which Enter ends a line and begins the next."""


class WrittenList(ChildList):
    """Lines written one after the other: Enter begins the next one, Shift+Enter a new line of the text."""

    def _begins_at(self, row: ChildRow) -> QWidget:
        """Return the text field; the type can be set later."""
        return next(editor for editor in row.editors if editor.field.name == "text")

    def _meant(self, row: ChildRow, watched: QObject, event: QKeyEvent) -> str:
        meant = super()._meant(row, watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        last = next(editor for editor in row.editors if editor.field.name == ENDS[self.kind.name])
        here = isinstance(watched, QWidget) and last.isAncestorOf(watched)
        return "add" if not meant and enter and here and not is_composing(row) else meant
