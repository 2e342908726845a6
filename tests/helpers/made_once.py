"""What each test process makes once: the tables of a new workspace, which are then copied, and compiled statements."""

from __future__ import annotations

import compileall
import contextlib
import importlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.protection import Key

ROOT = Path(__file__).parents[2]


def compile_share(folders: Iterable[Path]) -> None:
    """Compile every n-th module where n processes test; each finds there what the others compile meanwhile.

    Args:
        folders: Hold the tests that are to be collected; pytest compiles their modules itself, as they are read in.
    """
    worker, workers = (
        os.environ.get("PYTEST_XDIST_WORKER", "gw0"),
        int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")),
    )
    if workers == 1:
        return
    share = slice(int(worker.removeprefix("gw")), None, workers)
    for file in sorted((ROOT / "ucapdesk").rglob("*.py"))[share]:
        compileall.compile_file(file, quiet=2)
    for file in sorted(file for folder in folders for file in folder.rglob("test_*.py"))[share]:
        with contextlib.suppress(Exception, pytest.skip.Exception):  # said where it is collected
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


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
