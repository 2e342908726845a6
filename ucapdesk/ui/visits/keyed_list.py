"""A list whose keys give commands before the window around it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget

CTRL, ALT, SHIFT, NO_KEY = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Keys = Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Any]


ID_ROLE = Qt.ItemDataRole.UserRole
"""The id of the record of a row; empty for a row that is none."""


class KeyedList(QListWidget):
    """The list; a derived class says with ``keys`` what they command.

    Signals:
        asked(object): a command was given by its key.
    """

    asked = Signal(object)
    keys: ClassVar[Keys] = {}

    def command_of(self, event: QKeyEvent) -> Any:
        """Return the command that a key gives; nothing where it gives none."""
        return self.keys.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))

    @property
    def current_id(self) -> str:
        """The id of the selected record."""
        return str(self.currentItem().data(ID_ROLE) or "") if self.currentRow() >= 0 else ""

    def choose(self, id_: str) -> bool:
        """Select the row of a record; return False where it is not here."""
        at = next((n for n in range(self.count()) if id_ and self.item(n).data(ID_ROLE) == id_), None)
        if at is not None:
            self.setCurrentRow(at)
        return at is not None

    def choose_first(self) -> None:
        """Select the first record, if none is selected."""
        if not self.current_id:
            self.setCurrentRow(next((n for n in range(self.count()) if self.item(n).data(ID_ROLE)), -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what Qt would only make the current row, which nobody sees."""
        self.choose_first()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if what := self.command_of(event):
            self.asked.emit(what)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.command_of(event):
            event.accept()
            return True
        return super().event(event)
