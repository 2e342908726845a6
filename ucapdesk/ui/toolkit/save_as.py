"""Asks where a file is to be written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(over: QWidget, title: str, name: str, forms: str) -> Path | None:
    """Return the file that was chosen, with the ending of the proposed ``name`` where it has none; None for none."""
    chosen, _ = QFileDialog.getSaveFileName(over, title, name, forms)
    path = Path(chosen)
    return (path if path.suffix else path.with_suffix(Path(name).suffix)) if chosen else None
