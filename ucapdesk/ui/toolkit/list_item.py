"""The rows of lists, made in one call."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from ucapdesk.ui.toolkit.plain_text import set_tool_tip


def list_item(text: str, data: Mapping[int, object], *, said: str = "", tip: str = "") -> QListWidgetItem:
    """Return a row with its data by roles; ``said``: its words for screen readers, where they are not the text."""
    item = QListWidgetItem(text)
    for role, value in data.items():
        item.setData(role, value)
    if said:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    set_tool_tip(item, tip)
    return item
