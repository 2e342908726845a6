"""A field with its caption above it, as forms have it, for dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.plain_text import PlainLabel


def captioned(text: str, field: QWidget) -> QWidget:
    """Return both as one widget; the caption wraps only where the field ends."""
    block = QWidget()
    caption = PlainLabel(text, block)
    caption.setProperty("role", "caption")
    caption.setWordWrap(True)
    caption.setBuddy(field)
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.INSIDE)
    column.addWidget(caption)
    column.addWidget(field)
    return block
