"""The folder of a workspace: making it, finding it, refusing what is none."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.disks import read_only_folder
from tests.helpers.errors import user_error
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.store.errors import (
    ReadOnlyWorkspace,
)
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.workspace import Workspace


@pytest.fixture
def made(tmp_path: Path, clock: FrozenClock) -> Path:
    path = tmp_path / "w"
    Workspace.create(path, name="Liuzhou 柳州", person="Ana", clock=clock).close()
    return path


def files_of(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def test_a_new_workspace_can_be_closed_and_opened_again(tmp_path: Path, clock: FrozenClock) -> None:
    with Workspace.create(tmp_path / "deep" / "w", name="Liuzhou", person="Ana", clock=clock) as new:
        assert (new.name, new.person, new.protected, new.read_only) == ("Liuzhou", "Ana", False, False)
        id_ = new.id
    with Workspace.open(tmp_path / "deep" / "w") as again:
        assert (again.id, again.name, again.person) == (id_, "Liuzhou", "Ana")
        assert again.db is not None
        assert again.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert sorted(p.name for p in (tmp_path / "deep").iterdir()) == ["w"]
    assert json.loads((tmp_path / "deep" / "w" / "workspace.json").read_text("utf-8"))["format"] == 1


def test_making_a_workspace_takes_less_than_a_second(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "first", name="x", person="").close()  # imports what is imported once
    before = time.thread_time()
    Workspace.create(tmp_path / "w", name="x", person="").close()
    assert time.thread_time() - before < 1


def test_a_joined_workspace_has_the_id_it_is_given(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w", name="x", person="", id_="4f0a") as joined:
        assert joined.id == "4f0a"


def test_a_new_workspace_may_go_into_an_empty_folder_but_not_into_one_in_use(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    Workspace.create(tmp_path / "empty", name="x", person="").close()
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("dear", "utf-8")
    for path in (tmp_path / "used", tmp_path / "empty", tmp_path / "used" / "letter.txt"):
        with user_error("folder-in-use"):
            Workspace.create(path, name="x", person="")
    assert files_of(tmp_path / "used") == {"letter.txt": b"dear"}


def test_a_workspace_is_never_made_in_the_folder_of_another(made: Path, tmp_path: Path) -> None:
    before = files_of(made)
    (made / "empty").mkdir()
    (tmp_path / "link").symlink_to(made, target_is_directory=True)
    for path in (made / "new", made / "empty", made / "a" / "b", made / "backups" / "new", tmp_path / "link" / "new"):
        with user_error("inside-workspace", match="lies in the folder of another workspace"):
            Workspace.create(path, name="x", person="")
    assert files_of(made) == before
    Workspace.create(tmp_path / "beside", name="x", person="").close()


def test_a_creation_that_was_cut_off_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / ".w.part").mkdir()
    (tmp_path / ".w.part" / "store.db").write_bytes(b"half")
    Workspace.create(tmp_path / "w", name="x", person="").close()
    assert not (tmp_path / ".w.part").exists()


def test_what_is_no_workspace_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    for name in ("nothing", "folder", "file", tmp_path.anchor):  # a stick is chosen as a whole
        with user_error("not-a-workspace") as said:
            Workspace.open(tmp_path / name)
        assert name in str(said.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_workspace_of_a_newer_program_is_not_touched(made: Path) -> None:
    said = json.loads((made / "workspace.json").read_text("utf-8"))
    (made / "workspace.json").write_text(json.dumps({"format": 2, "something": "else"}), "utf-8")
    before = files_of(made)
    with user_error("newer-workspace"):
        Workspace.open(made)
    assert files_of(made) == before
    (made / "workspace.json").write_text(json.dumps(said), "utf-8")
    with Workspace.open(made) as workspace:
        assert workspace.db is not None
        workspace.db.execute("UPDATE alembic_version SET version_num = '9999'")
    before = files_of(made)
    for read_only in (False, True):
        with user_error("newer-workspace"):
            Workspace.open(made, read_only=read_only)
    assert files_of(made) == before


def test_newer_attachments_are_not_touched(made: Path) -> None:
    with Workspace.open(made) as workspace:
        workspace.files.db.execute("PRAGMA user_version=2")
    before = files_of(made)
    with user_error("newer-workspace"):
        Workspace.open(made)
    assert files_of(made) == before


def test_a_damaged_workspace_offers_its_last_backup(made: Path, clock: FrozenClock) -> None:
    with Workspace.open(made, clock=clock) as workspace:
        workspace.daily_copy()
        clock.tick(60)
        last = workspace.keep_copy("receive")
    good = files_of(made)
    damages = {
        "workspace.json": [
            b"",
            b"{",
            b"[1]",
            b'{"format": 1}',
            b"\xff\xfe",
            b'{"format":1,"id":1,"name":"","created":""}',
        ],
        "store.db": [b"no database at all" * 4096, good["store.db"][:5000], b"\0" * 8192, b""],
    }
    for name, contents in damages.items():
        for content in contents:
            (made / name).write_bytes(content)
            with user_error("damaged-workspace") as said:
                Workspace.open(made)
            assert name in str(said.value)
            assert last.name in str(said.value)
        (made / name).unlink()
        with user_error("damaged-workspace"):
            Workspace.open(made)
        (made / name).write_bytes(good[name])
    Workspace.open(made).close()


def test_a_damaged_workspace_without_a_backup_says_what_else_helps(made: Path) -> None:
    (made / "store.db").write_bytes(b"x" * 9000)
    with user_error("damaged-without-backup", match="ucapbackup"):
        Workspace.open(made)


def test_damaged_attachments_are_not_called_damaged_records(made: Path) -> None:
    (made / "files.db").write_bytes(b"x" * 9000)
    with Workspace.open(made) as workspace:
        assert "records are safe" in str(workspace.files.broken)
        with user_error("damaged-attachments"):
            workspace.files.put(b"new")
    (made / "files.db").rename(made / "files.db.old")
    with Workspace.open(made) as workspace:
        assert workspace.files.put(b"new").size == 3


@pytest.mark.parametrize(
    ("names", "service"),
    [
        (["OneDrive - Ajuntament de Barcelona"], "OneDrive"),
        (["OneDrive"], "OneDrive"),
        (["Dropbox"], "Dropbox"),
        (["Nextcloud2"], "Nextcloud"),
        (["share", ".stfolder/"], "Syncthing"),
        (["share", ".sync_0a1b2c3d4e5f.db"], "Nextcloud"),
        (["坚果云"], "Nutstore"),
        (["Google Drive"], "Google Drive"),
    ],
)
def test_a_folder_kept_in_step_by_a_service_is_refused(tmp_path: Path, names: list[str], service: str) -> None:
    outer = tmp_path / names[0]
    outer.mkdir()
    for name in names[1:]:
        (outer / name).mkdir() if name.endswith("/") else (outer / name).touch()
    with user_error("synced-folder", match=service):
        Workspace.create(outer / "in" / "w", name="x", person="")
    assert not (outer / "in").exists()
    Workspace.create(tmp_path / "w", name="x", person="").close()
    shutil.move(tmp_path / "w", outer / "w")
    with user_error("synced-folder", match=service):
        Workspace.open(outer / "w")
    with Workspace.open(outer / "w", read_only=True) as workspace:  # to get the data out
        assert workspace.read_only


def test_a_folder_that_only_looks_like_one_is_not_refused(tmp_path: Path) -> None:
    for name in ("Dropbox notes", "my onedrive", "sync"):
        assert folder.syncing_service(tmp_path / name) is None


def test_a_read_only_folder_opens_for_reading_and_says_so(made: Path) -> None:
    with read_only_folder(made) as path:
        before = files_of(path)
        with pytest.raises(ReadOnlyWorkspace):
            Workspace.open(path)
        for read_only in (None, True):
            with Workspace.open(path, read_only=read_only) as workspace:
                assert workspace.read_only
                assert workspace.db is None
                assert workspace.why_read_only is not None
                assert workspace.person == "Ana"
                assert workspace.files.all() == []
        assert files_of(path) == before


@pytest.mark.parametrize("refused", [".try.part", "store.db"])
def test_a_refusal_that_no_permission_bit_tells_is_found_out_by_trying(
    made: Path, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def refusing(path: str | Path, *how: int, **more: int) -> int:
        if Path(path).name == refused:
            raise PermissionError(errno.EACCES, "Access is denied", str(path))
        return really(path, *how, **more)

    before = files_of(made)
    with monkeypatch.context() as denied:
        denied.setattr(os, "open", refusing)
        denied.setattr(folder, "ASKED_BY_OPENING", True)
        with pytest.raises(ReadOnlyWorkspace):
            Workspace.open(made)
        with Workspace.open(made, read_only=None) as workspace:
            assert workspace.read_only
    assert files_of(made) == before
    with Workspace.open(made, read_only=None) as workspace:
        assert not workspace.read_only


def test_a_workspace_is_not_made_where_nothing_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    with read_only_folder(tmp_path / "shared") as path:
        with user_error("not-allowed", match="new"):
            Workspace.create(path / "new", name="x", person="")
        assert list(path.iterdir()) == []


def test_half_backups_of_a_killed_program_are_swept(made: Path) -> None:
    for name in ("20261102T090000Z-daily.db.part", "20261102T090000Z-daily.db.part-journal"):
        (made / "backups" / name).touch()
    Workspace.open(made, read_only=True).close()
    assert len(list((made / "backups").iterdir())) == 3
    Workspace.open(made).close()
    assert [p.name for p in (made / "backups").iterdir()] == ["workspace.json"]


def test_the_database_of_another_workspace_is_noticed(made: Path, tmp_path: Path) -> None:
    Workspace.create(tmp_path / "other", name="x", person="").close()
    shutil.copy(tmp_path / "other" / "store.db", made)
    with user_error("damaged-without-backup"):
        Workspace.open(made)


def test_what_a_killed_program_left_is_read_from_a_read_only_folder_too(made: Path) -> None:
    with Workspace.open(made) as workspace:
        assert workspace.db is not None
        workspace.db.execute("UPDATE sync_meta SET v = 'Chen Yan' WHERE k = 'person'")
        kept = workspace.files.put(b"scan", name="scan.pdf")
        assert (made / "store.db-wal").stat().st_size
        copy = made.with_name("killed")
        shutil.copytree(made, copy)
    with read_only_folder(copy) as path:
        before = files_of(path)
        with Workspace.open(path, read_only=None) as workspace:
            assert workspace.person == "Chen Yan"
            assert workspace.files.read(kept.sha256 or "") == b"scan"
        assert files_of(path) == before


def test_a_reader_connection_cannot_write(made: Path) -> None:
    with Workspace.open(made) as workspace, workspace.readers.connect() as reader:
        with pytest.raises(Exception, match="readonly"):
            reader.exec_driver_sql("UPDATE sync_meta SET v = 'x'")
        assert workspace.person == "Ana"


def test_a_protected_workspace_asks_for_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "w"
    for empty in ("", "  "):
        with user_error("empty-passphrase"):
            Workspace.create(path, name="x", person="Ana", passphrase=empty)
    Workspace.create(path, name="x", person="Ana", passphrase="柳州 2026").close()
    with user_error("passphrase-needed"):
        Workspace.open(path)
    with Workspace.open(path, passphrase="柳州 2026") as workspace:
        assert workspace.protected
        assert workspace.person == "Ana"


def test_every_sentence_says_what_happened_what_is_safe_and_what_next() -> None:
    from ucapdesk.store import errors

    for name, each in vars(errors).items():
        of_a_class = isinstance(each, type) and issubclass(each, UserError) and each.sentence
        if of_a_class or isinstance(each, Failure):
            assert each.sentence.count(". ") == 1, name
            assert each.sentence.endswith("."), name
