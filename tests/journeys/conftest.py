"""The command line as a user of it: arguments in, what is printed out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ucapdesk.base import i18n
from ucapdesk.base.paths import resource
from ucapdesk.cli import cli

PAPER = resource("sample") / "ucap-liuzhou.txt"
Ask = Callable[..., Any]


def run(*arguments: object) -> Result:
    """A command called in this process; anything but an answer or a sentence is raised."""
    i18n.use_language("en")  # in a process of its own it would be new as well
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def ask() -> Ask:
    """Call a command that must succeed; its data with ``--json``, else its text."""

    def asked(*arguments: object) -> Any:
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout) if "--json" in arguments else result.stdout

    return asked


@pytest.fixture(scope="session")
def _imported(_workspace_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(_workspace_template, tmp_path_factory.mktemp("imported") / "desk")
    result = run("import", folder, PAPER)
    assert result.exit_code == 0, result.output
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


@pytest.fixture
def liuzhou(_imported: Path, tmp_path: Path) -> Path:
    """This test's own workspace that holds the Liuzhou paper."""
    return shutil.copytree(_imported, tmp_path / "desk")
