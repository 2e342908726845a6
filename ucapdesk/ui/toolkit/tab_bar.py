"""The tabs of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from ucapdesk.ui.toolkit.named import named


def tab_bar(name: str, said: str, parent: QWidget) -> QTabBar:
    """Return tabs as wide as their words. Where there is no room for all, arrows beside them lead to the others."""
    made = named(QTabBar(parent), name, said)
    made.setDrawBase(False)
    made.setExpanding(False)
    made.setUsesScrollButtons(True)
    for arrow in made.findChildren(QToolButton):
        arrow.setProperty("role", "scroll")
    return made
