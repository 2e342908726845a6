"""Names widgets: for tests, size and style by an object name, for screen readers by words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str = "", *, role: str = "") -> W:
    """Return a widget that was just made with its names, and its look as the style sheet names it."""
    widget.setObjectName(name)
    if said:
        widget.setAccessibleName(said)
    if role:
        widget.setProperty("role", role)
    return widget
