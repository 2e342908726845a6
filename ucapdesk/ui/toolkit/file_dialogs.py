"""Files as the user meets them: dialogs that ask for one, sizes in words, and handing files to other programs of the system.

This is the only module that hands anything to another program.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ucapdesk.model.text.amounts import say_number
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files

_ENDING = re.compile(r"\*(\.\w+)")


def ask_file(over: QWidget | None, title: str, forms: str = "") -> Path | None:
    chosen, _ = QFileDialog.getOpenFileName(over, title, "", forms)
    return Path(chosen) if chosen else None


def ask_folder(over: QWidget | None, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(over, title)
    return Path(chosen) if chosen else None


def ask_where(over: QWidget | None, title: str, name: str, forms: str) -> Path | None:
    """Return the file that was chosen; None for none.

    A name with none of the endings of ``forms`` gets that of the chosen form. Where there is such a file, this one is asked about.
    """
    chosen, form = QFileDialog.getSaveFileName(over, title, name, forms)
    known = _ENDING.findall(forms)
    if not chosen or Path(chosen).suffix.lower() in known:
        return Path(chosen) if chosen else None
    ended = f"{chosen}{(_ENDING.findall(form) or known)[0]}"
    return ask_where(over, title, ended, forms) if Path(ended).exists() else Path(ended)


def size_in_words(size: int) -> str:
    """Return a readable file size, in the units of the limits: a megabyte has 1024 kilobytes."""
    for unit, bytes_ in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if size >= bytes_:
            return f"{say_number(f'{size / bytes_:.1f}')} {unit}"
    return f"{size} B"


def open_attachment(desk: Desk, attachment: str) -> None:
    """Open a copy of an attached file in the system's program for it. Raises what keeps it from being opened."""
    _hand_over(attached_files.open_copy(desk, attachment))


def show_folder(folder: Path) -> None:
    if folder.is_dir():
        _hand_over(folder)


def _hand_over(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
