"""A list whose keys give commands before the window around it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget

CTRL, ALT, SHIFT, NO_KEY = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Keys = Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Any]


class KeyedList(QListWidget):
    """The list; a derived class says with ``keys`` what they command, and does it in ``keyPressEvent``."""

    keys: ClassVar[Keys] = {}

    def command_of(self, event: QKeyEvent) -> Any:
        """Return the command that a key gives; nothing where it gives none."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.keys.get((Qt.Key(event.key()), held))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.command_of(event):
            event.accept()
            return True
        return super().event(event)
