"""The tables of a new workspace: the steps of migration make them once in each test process, then they are copied."""

from __future__ import annotations

import shutil
from pathlib import Path

from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.protection import Key


class TablesOnce:
    """Stands for ``migrate`` where workspaces are made; a protected one, or one of other steps, is made each time."""

    def __init__(self, folder: Path) -> None:
        """``folder``: where the first one is kept."""
        self._made, self._head = folder / "store.db", database.HEAD

    def __call__(self, path: Path, key: Key | None = None) -> None:
        if key is not None or path.exists() or self._head != database.HEAD:
            database.migrate(path, key)
            return
        if not self._made.exists():
            database.migrate(self._made)
        shutil.copyfile(self._made, path)
