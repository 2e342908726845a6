"""What is double-clicked opens as what it is: a package where it belongs, a backup, a workspace by its workspace.json."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from tests.helpers.shown import said_by
from tests.helpers.silence import LogWatch
from ucapdesk.base import logs
from ucapdesk.model.values import PersonName
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.ui.window import program as programs
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.program import Program


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Path]]:
    """Which workspace was given which package to receive."""
    found: list[tuple[Path, Path]] = []

    def receive(at: CommandContext, paths: list[Path]) -> None:
        found.extend((at.desk.workspace.path, path) for path in paths)

    monkeypatch.setattr(programs, "receive_packages", receive)
    return found


def _workspace(folder: Path) -> Path:
    workspace_service.new(folder, name=folder.name, person="Ana").close()
    workspace_service.note_opened(folder)
    return folder


def _package(folder: Path, target: Path) -> Path:
    with Desk.open(folder) as desk:
        exchange_service.give(desk, target)
    return target


def _shown(program: Program) -> Path | None:
    return program.window.desk.workspace.path if program.window is not None else None


def test_a_workspace_json_opens_its_workspace(program: Program, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "mine")
    assert program.start(folder / "workspace.json")
    assert _shown(program) == folder


def test_a_package_is_received_by_the_workspace_it_comes_from(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    package = _package(mine, tmp_path / "for-mine.ucapx")
    _workspace(tmp_path / "other")  # opened last
    assert program.start(package)
    assert _shown(program) == mine
    assert received == [(mine, package)]


def test_a_package_of_another_own_workspace_is_received_there_and_makes_no_second_one(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Program, "_join", lambda *_: None)
    mine, other = _workspace(tmp_path / "mine"), _workspace(tmp_path / "other")
    package = _package(mine, tmp_path / "for-mine.ucapx")
    program.start(other)
    program.open_other(package)  # as *Open as a workspace of its own* in the preview does
    assert _shown(program) == mine
    assert received == [(mine, package)]


def test_a_protected_package_of_others_is_joined_also_where_a_link_leads_to_this_workspace(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[Path] = []
    monkeypatch.setattr(Program, "_join", lambda _, package: joined.append(package))
    with workspace_service.new(tmp_path / "theirs", name="Theirs", person="Wei") as desk:
        exchange_service.give(desk, package := tmp_path / "theirs.ucapx", passphrase="lantern")
    link = tmp_path / "link"
    link.symlink_to(_workspace(tmp_path / "mine"), target_is_directory=True)
    assert program.start(link)
    program.open_other(package)  # which does not say whose it is until its passphrase is given
    assert (joined, received) == ([package], [])


def test_a_protected_package_of_another_own_workspace_makes_no_second_one(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = _workspace(tmp_path / "mine"), _workspace(tmp_path / "other")
    with Desk.open(mine) as desk:
        exchange_service.give(desk, package := tmp_path / "for-mine.ucapx", passphrase="lantern")
    monkeypatch.setattr(program._opening, "_passphrase", lambda *_: "lantern")
    program.start(other)
    program.open_other(package)
    assert _shown(program) == mine
    assert received == [(mine, package)]


def test_a_package_of_a_workspace_that_is_not_here_is_joined(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = _workspace(tmp_path / "theirs")
    package = _package(theirs, tmp_path / "theirs.ucapx")
    theirs.rename(tmp_path / "gone")
    joined: list[Path] = []
    monkeypatch.setattr(Program, "_join", lambda _, file: joined.append(file))
    program.start(package)
    assert joined == [package]


def test_a_file_that_is_no_package_is_told_in_the_workspace_of_before(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    broken = tmp_path / "broken.ucapx"
    broken.write_bytes(b"no package")
    program.start(broken)
    assert received == [(mine, broken)]


def test_a_backup_becomes_a_new_workspace_once_the_user_agrees(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = _workspace(tmp_path / "mine")
    file = tmp_path / "of monday.ucapbackup"
    with Desk.open(mine) as desk:
        wei = records.add(desk, "person", {"name": PersonName("Zhang", "Wei")})
        maintenance.backup(desk, file)
        privacy.erase(desk, wei, "Wei Zhang")
    answers = iter([1, 1, 0])
    monkeypatch.setattr("ucapdesk.ui.workspaces.workspace_opening.ask", lambda *_, **__: next(answers))
    assert not program.start(file)
    program.start(mine)
    for _ in range(2):  # dropped on the window, or chosen by Ctrl+O
        assert _shown(program) == mine
        assert program.window is not None
        program.window.do("file.receive", [file])
    assert _shown(program) == tmp_path / "Workspaces" / "of monday"
    assert program.window is not None
    (bar,) = program.window.findChildren(Notice, "said")
    assert "All data of Wei Zhang" in said_by(bar), "who was removed is back without a word"


def test_a_file_handed_over_by_macos_opens_in_the_window_that_is_there(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    package = _package(mine, tmp_path / "for-mine.ucapx")
    program.start(None)
    program._app.installEventFilter(program)  # as it is on macOS
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(package))))
    assert received == [(mine, package)]
    dialog = QDialog(program.window)
    dialog.open()
    other = _workspace(tmp_path / "other") / "workspace.json"
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    assert _shown(program) == mine, "the dialog goes on"
    dialog.close()
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    assert _shown(program) == other.parent


def test_a_mistake_while_starting_is_told_and_leaves_its_trace(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    boxes: list[str] = []

    def exec_(box: QMessageBox) -> int:
        boxes.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    monkeypatch.setattr(programs, "QApplication", lambda _: dressed)
    monkeypatch.setattr(Program, "start", lambda *_: 1 // 0)
    log_watch.expect("unexpected ZeroDivisionError")
    assert programs.run(None) == 1
    assert "ZeroDivisionError" in logs.log_file().read_text(encoding="utf-8")
    assert any("Something unexpected happened" in said for said in boxes)
