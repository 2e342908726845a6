"""Hands files to other programs of the system: the only module that does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files


def open_attachment(desk: Desk, attachment: str) -> None:
    """Open a copy of an attached file in the system's program for it. Raises what keeps it from being opened."""
    _hand_over(attached_files.open_copy(desk, attachment))


def show_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    if folder.is_dir():
        _hand_over(folder)


def _hand_over(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
