"""Names widgets: for tests, size and style by an object name, for screen readers by words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str = "") -> W:
    """Return a widget that was just made with its names."""
    widget.setObjectName(name)
    if said:
        widget.setAccessibleName(said)
    return widget
