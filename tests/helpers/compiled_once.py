"""The modules of a fresh copy of the repository are compiled once, not by all test processes at the same time."""

from __future__ import annotations

import compileall
import contextlib
import importlib
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

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
