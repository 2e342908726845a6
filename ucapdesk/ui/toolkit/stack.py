"""Widgets in one place, of which one is shown.

A ``QStackedWidget`` is a layered pane to screen readers, which say “layered pane, 0 items” whenever the keys get into it.
This is nothing to them but what it shows.
"""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class Stack(QWidget):
    """Shows one of the widgets that were added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = QStackedLayout(self)

    def addWidget(self, page: QWidget) -> int:
        """Add a widget; the first one is shown."""
        return self._pages.addWidget(page)

    def currentWidget(self) -> QWidget | None:
        """Return the widget that is shown."""
        return self._pages.currentWidget()

    def currentIndex(self) -> int:
        """Return the place of the widget that is shown."""
        return self._pages.currentIndex()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show one of the widgets."""
        self._pages.setCurrentWidget(page)

    def setCurrentIndex(self, at: int) -> None:
        """Show a widget by the place at which it was added."""
        self._pages.setCurrentIndex(at)
