"""Answers a question of the window by the button's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from PySide6.QtWidgets import QMessageBox


@contextmanager
def answering(word: str) -> Iterator[list[str]]:
    """Press this button of each question that is asked meanwhile; what they said."""
    said: list[str] = []

    def press(box: QMessageBox) -> int:
        box.show()
        said.append(box.text())
        next(each for each in box.buttons() if each.text() == word).click()
        return 0

    with patch.object(QMessageBox, "exec", press):
        yield said
