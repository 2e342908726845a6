"""A terminal shows what colleagues wrote and obeys none of it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import ucapdesk.cli
from tests.journeys.conftest import run

EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnp.exe"


@pytest.fixture
def folder(workspace_folder: Path) -> Path:
    """A workspace with such a title, and such a person's name."""
    made = run("add", workspace_folder, "meeting", f"title.en={EVIL}", "when.date=2026-11-24", "--json")
    assert made.exit_code == 0, made.output
    run("add", workspace_folder, "person", f"name.family={EVIL}")
    return workspace_folder


COMMANDS = [
    ("list", "meeting"), ("list", "person"), ("search", "red"), ("today",), ("conflicts",), ("check",), ("undo",), ("redo",),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_a_sign_that_a_terminal_obeys(folder: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    result = run(name, folder, *rest)
    assert not any(sign in result.output for sign in "\x1b\x07\x9b\u202e"), result.output


def test_data_means_the_same(folder: Path) -> None:
    result = run("list", folder, "meeting", "--json")
    assert not any(sign in result.stdout for sign in "\x1b\x07\x9b\u202e")
    assert json.loads(result.stdout)[0]["title"]["en"] == EVIL


def test_there_is_one_way_to_the_terminal() -> None:
    for file in Path(ucapdesk.cli.__file__).parent.glob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
        names = {ast.unparse(call) for call in calls}
        assert file.name == "output.py" or not names & {"click.echo", "print", "click.secho", "sys.stdout.write"}, file
