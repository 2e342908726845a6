"""A copy of the database of a program that is still running."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy_of(folder: Path, to: Path) -> Path:
    to.mkdir()
    for name in ("store.db", "store.db-wal"):
        if (folder / name).exists():
            shutil.copy(folder / name, to)
    return to / "store.db"
