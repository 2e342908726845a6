"""Habits of Windows that the command line must not take over: wildcards of its own, code pages."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from ucapdesk import cli
from ucapdesk.cli import command
from ucapdesk.services.workspaces import workspace_service

PASSPHRASE = "雨落江上 ñandú"


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where click takes itself to be on Windows, and would expand what is typed."""
    like_windows = SimpleNamespace(**{name: getattr(os, name) for name in dir(os) if not name.startswith("__")})
    like_windows.name = "nt"
    monkeypatch.setattr(click.core, "os", like_windows)


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 0


def test_a_percent_sign_and_a_star_are_kept_as_typed(
    on_windows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET", "of the computer")
    (tmp_path / "notes.txt").touch()
    workspace_service.new(tmp_path / "desk", person="Ana").close()
    monkeypatch.setattr("sys.argv", ["ucapdesk", "add", "desk", "meeting", "title.en=100%SECRET% $SECRET *.txt"])
    with pytest.raises(SystemExit):
        cli.main()
    capsys.readouterr()
    assert _run("list", "desk", "meeting") == 0
    assert "100%SECRET% $SECRET *.txt" in capsys.readouterr().out
    for wrong in ("--help", "--nonsense"):
        _run("list", wrong, "--lang", "de")
        assert "Aufruf: ucapdesk list" in "".join(capsys.readouterr())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp936"])
def test_a_piped_passphrase_is_understood_in_utf_8_and_in_the_code_page(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "雨落江上" if encoding == "cp936" else PASSPHRASE
    piped = io.TextIOWrapper(io.BytesIO(f"{said}\r\n".encode(encoding)), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", piped)
    monkeypatch.setattr(command, "_code_pages", lambda: ["cp936", "cp437"])
    assert _run("new", str(tmp_path / "desk"), "--protect") == 0
    workspace_service.open(tmp_path / "desk", passphrase=said).close()


def test_bytes_that_are_no_text_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00\n"), encoding="utf-8"))
    monkeypatch.setattr(command, "_code_pages", list)
    assert _run("new", str(tmp_path / "desk"), "--protect") == 1
    assert "not readable text" in capsys.readouterr().err
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp936"])
def test_a_passphrase_file_is_understood_as_notepad_and_powershell_write_it(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pass.txt").write_bytes("雨落江上\r\n".encode(encoding))
    monkeypatch.setattr(command, "_code_pages", lambda: ["cp936", "cp437"])
    assert command.passphrase_in(tmp_path / "pass.txt") == "雨落江上"
