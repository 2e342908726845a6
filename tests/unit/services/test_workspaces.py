"""Making and opening workspaces, and remembering the last one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from tests.helpers.silence import LogWatch
from ucapdesk.base import settings
from ucapdesk.model.values import Bilingual
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, workspace_service
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


@pytest.mark.skipif(sys.platform == "win32", reason="there no folder goes whose files are open")
def test_nothing_is_saved_into_a_folder_that_was_removed_and_what_there_was_is_given(tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "w", person="Ana") as desk:
        meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
        (tmp_path / "w").rename(tmp_path / "moved")
        records.edit(desk, meeting, {"room": "1"})
        shutil.rmtree(tmp_path / "moved")
        with user_error("workspace-removed"):
            records.edit(desk, meeting, {"room": "2"})
        with user_error("workspace-removed"):
            maintenance.backup(desk, tmp_path / "all.ucapbackup")
        exchange_service.give(desk, tmp_path / "all.ucapx")
    with exchange_service.join(tmp_path / "again", tmp_path / "all.ucapx", person="Ana") as desk:
        assert vars(records.get(desk, meeting))["room"] == "1"
