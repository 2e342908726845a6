"""Workspaces for the tests of the services: an empty one, and one with the Liuzhou paper in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from ucapdesk.base.paths import resource
from ucapdesk.services.files.imports import import_files
from ucapdesk.store.desk import Desk

PAPER = resource("sample") / "ucap-liuzhou.txt"


@pytest.fixture
def desk(workspace_folder: Path, clock: FrozenClock) -> Iterator[Desk]:
    """This test's own empty workspace."""
    with Desk.open(workspace_folder, clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def _liuzhou_template(_workspace_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(_workspace_template, tmp_path_factory.mktemp("liuzhou") / "workspace")
    with Desk.open(folder, clock=FrozenClock()) as made:
        import_files(made, [PAPER])
    return folder


@pytest.fixture
def liuzhou(_liuzhou_template: Path, tmp_path: Path, clock: FrozenClock) -> Iterator[Desk]:
    """This test's own workspace that holds the Liuzhou paper; an hour after it was taken in."""
    folder = shutil.copytree(_liuzhou_template, tmp_path / "liuzhou")
    clock.tick(3600)
    with Desk.open(folder, clock=clock) as opened:
        yield opened
