"""The first page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.services import Desk


class HomePage(QScrollArea):
    """What is now, what is next, what is missing.

    Signals:
        opened(str): a record is to be shown.
        chosen(str): a section is to be shown.
        wanted(str): a command of the menus is to be given.
    """

    opened = Signal(str)
    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, desk: Desk, can: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk, self._can = desk, can

    def refresh(self) -> None:
        """Show how things stand."""

    def take_focus(self) -> None:
        """Put the keys on the first thing that can be opened."""
        self.setFocus()
