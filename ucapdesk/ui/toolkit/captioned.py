"""A field with its caption above it, as forms have it, for dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import column, grow, panel, row
from ucapdesk.ui.toolkit.text_label import label


def captioned(text: str, field: QWidget) -> QWidget:
    """Return both as one widget; the caption wraps only where the field ends."""
    return panel(column(label(text, "caption", buddy=field), field, gap=theme.INSIDE))


def side_by_side(*fields: QWidget) -> QHBoxLayout:
    """Return fields of a dialog that share its width, each with its name for screen readers as its caption."""
    said = [
        label(each.accessibleName(), "caption", wrap=False, buddy=each, parent=each.parentWidget()) for each in fields
    ]
    pairs = [grow(column(caption, each, gap=theme.FIELDS)) for caption, each in zip(said, fields, strict=True)]
    return row(*pairs, gap=theme.MARGIN)
