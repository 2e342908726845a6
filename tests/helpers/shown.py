"""What a window shows: the sentences of its bars and messages, and its first page."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ucapdesk.ui.home_page import HomePage
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import HOME


def said_by(bar: QWidget) -> str:
    """Return the sentence that a bar, a message or the status bar shows, as it was written; empty while that is hidden."""
    label = bar.findChild(QLabel)
    return label.text().replace("\u200b", "") if label is not None and not bar.isHidden() else ""


def home_of(window: DeskWindow) -> HomePage:
    page = window.page_of(HOME)
    assert isinstance(page, HomePage)
    return page
