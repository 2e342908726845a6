"""Records that are one thing, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.conftest import run


def test_the_command_line_finds_and_joins_and_parts(tmp_path: Path, ask: Any) -> None:
    desk = tmp_path / "desk"
    ask("new", desk, "--name", "Liuzhou", "--person", "Ana")
    made = [
        ask("add", desk, "person", "name.family=Zhang", "name.given=Wei", *more, "--json")["id"]
        for more in (["email=zw@x.cn"], ["name_han.family=张", "name_han.given=伟"])
    ]
    a, b = sorted(made)
    assert ask("same", desk, "--find", "--json") == [{"kind": "person", "a": a, "b": b, "why": ["name"]}]
    assert "same name" in ask("same", desk, "--find")
    assert f"({a})" in ask("same", desk, b, a)
    assert ask("same", desk, "--find", "--json") == []
    assert [each["id"] for each in ask("list", desk, "person", "--json")] == [a]
    shown = ask("show", desk, b, "--json")
    assert (shown["email"], shown["name_han"]["family"]) == ("zw@x.cn", "张")
    ask("same", desk, a, b, "--apart")
    assert len(ask("list", desk, "person", "--json")) == 2
    ask("same", desk, a, b, "--not")
    assert ask("same", desk, "--find", "--json") == []
    refused = run("same", desk, a, b, "--apart")
    assert refused.exit_code == 1
    assert "nothing to take back" in refused.stderr
    assert run("same", desk, a, "0" * 8).exit_code == 1
    assert run("same", desk, a).exit_code == 2
    assert run("same", desk, a, b, "--find").exit_code == 2
