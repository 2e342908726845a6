"""Widgets in one place, of which one is shown.

A ``QStackedWidget`` is a layered pane to screen readers, which say “layered pane, 0 items” whenever the keys get into it.
This is nothing to them but what it shows.
"""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class Stack(QWidget):
    """Shows one of its ``pages``, at first the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedLayout(self)
