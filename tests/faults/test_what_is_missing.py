"""What is not there: attachments that are gone, a terminal to type at, a face for a character."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import run
from ucapdesk.store.desk import Desk


def _run(*words: str) -> tuple[int, str, str]:
    done = run(*words)
    return done.exit_code, done.stdout, done.stderr


def _without_files(workspace: Path) -> None:
    for file in workspace.glob("files.db*"):
        file.unlink()


def test_records_are_read_though_the_attachments_are_gone(workspace_folder: Path) -> None:
    code, made, _ = _run("add", str(workspace_folder), "meeting", "title.en=Opening")
    assert code == 0
    _without_files(workspace_folder)
    code, listed, said = _run("list", str(workspace_folder), "meeting")
    assert (code, said) == (0, "")
    assert made.strip() in listed
    assert _run("check", str(workspace_folder))[0] == 0


def test_a_workspace_goes_on_without_its_attachments(workspace_folder: Path) -> None:
    _without_files(workspace_folder)
    with Desk.open(workspace_folder) as desk:
        kept = desk.workspace.files.put(b"bytes", name="a.txt")
        assert desk.workspace.files.read(str(kept.sha256)) == b"bytes"


def test_a_passphrase_cannot_be_typed_without_a_terminal(tmp_path: Path) -> None:
    code, _, said = _run("new", str(tmp_path / "w"), "--protect")
    assert code == 1
    assert "--password-file" in said
    assert not (tmp_path / "w").exists()


def test_a_sign_that_cannot_be_stored_is_shown_by_its_number(workspace_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"a\0b")
    code, _, said = _run("add", str(workspace_folder), "meeting", f"title.en=@{tmp_path / 'odd.txt'}")
    assert code == 1
    assert "a[U+0000]b" in said


@pytest.mark.parametrize("word", ["--json", ""])
def test_characters_without_a_face_are_named_and_the_paper_is_printed(tmp_path: Path, word: str) -> None:
    workspace = str(tmp_path / "w")
    assert _run("sample", workspace)[0] == 0
    id_ = _run("list", workspace, "ucap")[1].split()[0]
    assert _run("edit", workspace, id_, "title.en=Hello 🙂")[0] == 0
    target = tmp_path / "page.pdf"
    code, _, said = _run(*filter(None, ("brief", workspace, id_, "-o", str(target), word)))
    assert code == 0
    assert "U+1F642" in said
    assert target.read_bytes().startswith(b"%PDF")
