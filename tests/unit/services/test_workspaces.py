"""Making and opening workspaces, and remembering the last one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.silence import LogWatch
from ucapdesk.base import settings
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.errors import DiskFull, SecondWriter
from ucapdesk.store.workspace.workspace import Workspace


def test_the_first_opening_of_a_day_keeps_a_backup(workspace_folder: Path) -> None:
    for _ in range(2):
        workspace_service.open(workspace_folder).close()
    assert [path.name.rpartition("-")[2] for path in (workspace_folder / "backups").glob("*.db")] == ["daily.db"]


def test_reading_works_beside_a_writer_and_keeps_no_backup(workspace_folder: Path) -> None:
    with (
        workspace_service.open(workspace_folder) as _,
        workspace_service.open(workspace_folder, read_only=True) as reader,
    ):
        assert reader.workspace.read_only
        with pytest.raises(SecondWriter):
            workspace_service.open(workspace_folder, read_only=False)


def test_no_room_for_a_backup_is_no_reason_to_stay_closed(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    def full(_: Workspace) -> None:
        raise DiskFull(path=workspace_folder)

    monkeypatch.setattr(Workspace, "daily_copy", full)
    log_watch.expect("no backup of today")
    with workspace_service.open(workspace_folder) as desk:
        assert not desk.workspace.read_only


def test_who_writes_is_taken_from_the_settings(tmp_path: Path) -> None:
    assert workspace_service.this_person()
    settings.save(settings.load().with_(person="Chen Yan"))
    with workspace_service.new(tmp_path / "柳州") as desk:
        assert (desk.workspace.name, desk.workspace.person) == ("柳州", "Chen Yan")
    with workspace_service.new(tmp_path / "two", name="Two", person="Ana", passphrase="secret") as desk:
        assert (desk.workspace.name, desk.workspace.person, desk.workspace.protected) == ("Two", "Ana", True)


def test_a_place_for_a_new_workspace_is_free_and_its_name_fits_any_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_service, "workspaces_dir", lambda: tmp_path)
    assert workspace_service.default_place("柳州: a/b?") == tmp_path / "柳州  a b"
    (tmp_path / "desk").mkdir()
    assert workspace_service.default_place("desk") == tmp_path / "desk 2"
    assert workspace_service.default_place("..") == tmp_path / "UCAPDesk"


def test_the_last_workspace_is_remembered_while_it_is_there(
    workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # from another drive there would be no relative path
    assert workspace_service.last_opened() is None
    workspace_service.note_opened(Path(os.path.relpath(workspace_folder)))
    workspace_service.note_opened(tmp_path / "gone")
    assert workspace_service.last_opened() == workspace_folder.absolute()
