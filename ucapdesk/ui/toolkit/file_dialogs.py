"""Asks for files and folders: which is to be read, and where one is to be written."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_ENDING = re.compile(r"\*(\.\w+)")


def ask_file(over: QWidget | None, title: str, forms: str = "") -> Path | None:
    """Return the file that was chosen to be read; None for none."""
    chosen, _ = QFileDialog.getOpenFileName(over, title, "", forms)
    return Path(chosen) if chosen else None


def ask_folder(over: QWidget | None, title: str) -> Path | None:
    """Return the folder that was chosen; None for none."""
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
