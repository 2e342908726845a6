"""Labels, tooltips and questions whose text is never read as HTML.

Qt guesses whether a text is HTML. Titles and names come from other people's files, so a guess could hide a part of them
or load a picture from disk; ``tests/ui/test_plain_text.py`` holds that nothing else in the window makes them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import (
    QLabel,
    QListWidgetItem,
    QMessageBox,
    QTableWidgetItem,
    QWidget,
)


class PlainLabel(QLabel):
    """A label of plain text; one that shows marked differences sets ``RichText`` itself and escapes its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show a text; without one the label takes no room."""
        self.setText(text)
        self.setVisible(bool(text))


def as_tool_tip(text: str) -> str:
    """Return a tooltip that reads as ``text``, even where Qt would take it for HTML."""
    return RichText.convertFromPlainText(text) if RichText.mightBeRichText(text) else text


def without_markup(text: str) -> str:
    """Return ``text`` for system notifications, some of which read HTML: its ``<`` is replaced by one that none reads."""
    return text.replace("<", "‹")


def set_tool_tip(on: QWidget | QListWidgetItem | QTableWidgetItem, text: str) -> None:
    """Set a tooltip of plain text on a widget or an item."""
    on.setToolTip(as_tool_tip(text))


def ask(over: QWidget | None, name: str, sentence: str, answers: Sequence[str], *, default: int = -1) -> int | None:
    """Ask a question in a modal box.

    Args:
        over: The widget the question stands over.
        name: The object name of the box.
        sentence: The question; shown as typed.
        answers: The buttons; Escape gives the last one.
        default: The index of the button that Enter presses.

    Returns:
        The index of the answer, None where the box was closed without one.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "UCAPDesk", "", QMessageBox.StandardButton.NoButton, over)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    role = QMessageBox.ButtonRole
    roles = [role.AcceptRole, *[role.ActionRole] * (len(answers) - 2), role.RejectRole][-len(answers) :]
    buttons = [box.addButton(answer, role) for answer, role in zip(answers, roles, strict=True)]
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return buttons.index(clicked) if clicked in buttons else None
