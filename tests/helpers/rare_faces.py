"""Forgets the faces of rare characters that a test had loaded, so that the next one begins like the program."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ucapdesk.ui.toolkit import fonts


def forget_rare_faces() -> None:
    gone = set(fonts.rare_families())
    for number in fonts._loaded.values():
        QFontDatabase.removeApplicationFont(number)
    fonts._checked.clear()
    fonts._loaded.clear()
    if gone:
        font = QApplication.font()
        font.setFamilies([family for family in font.families() if family not in gone])
        QApplication.setFont(font)
