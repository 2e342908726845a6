"""Makes labels of plain text, drawn by their role."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel


def label(
    text: str = "",
    role: str = "",
    *,
    name: str = "",
    wrap: bool = True,
    selectable: bool = False,
    buddy: QWidget | None = None,
    parent: QWidget | None = None,
) -> PlainLabel:
    """Return a label of plain text.

    Args:
        text: The text shown.
        role: Its look, as the style sheet names it: ``caption``, ``second``, ``strong``, ``group``, ``error`` …
        name: The object name.
        wrap: Break long texts into lines.
        selectable: The mouse selects its words; the keys never come to it.
        buddy: The field it names.
        parent: The widget it stands on, where no layout gives it one.
    """
    made = PlainLabel(text, parent)
    made.setWordWrap(wrap)
    named(made, name, role=role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if buddy is not None:
        made.setBuddy(buddy)
    return made
