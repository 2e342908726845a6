"""The folder of a workspace: who may write it, where it may lie, which device writes there, and what a copy of it is."""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.disks import read_only_folder
from tests.helpers.errors import user_error
from tests.helpers.source_tree import ROOT
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store import errors
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import (
    ReadOnlyWorkspace,
    SecondWriter,
)
from ucapdesk.store.refusals import NothingToUndo
from ucapdesk.store.workspace import folder, identity
from ucapdesk.store.workspace.identity import Identity, device_id_of, head_is_signed, identity_for
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


def test_every_sentence_says_what_happened_what_is_safe_and_what_next() -> None:
    from ucapdesk.store import errors

    for name, each in vars(errors).items():
        of_a_class = isinstance(each, type) and issubclass(each, UserError) and each.sentence
        if of_a_class or isinstance(each, Failure):
            assert each.sentence.count(". ") == 1, name
            assert each.sentence.endswith("."), name


WRITER = """
import sys
from pathlib import Path
from ucapdesk.store.workspace.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
workspace.db.execute("UPDATE sync_meta SET v = 'Chen Yan' WHERE k = 'person'")
print("open", flush=True)
sys.stdin.read()
workspace.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Workspace.create(tmp_path / "w", name="x", person="Ana").close()
    return tmp_path / "w"


def writer(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_second_process_may_read_but_not_write(path: Path) -> None:
    with writer(path) as first:
        with pytest.raises(SecondWriter):
            Workspace.open(path)
        with Workspace.open(path, read_only=True) as reader:
            assert reader.person == "Chen Yan"
        first.communicate()
    Workspace.open(path).close()


def test_a_killed_writer_leaves_no_lock_and_loses_nothing(path: Path) -> None:
    with writer(path) as first:
        first.kill()
    with Workspace.open(path) as workspace:
        assert workspace.person == "Chen Yan"


def test_the_same_program_cannot_open_a_workspace_twice_for_writing(path: Path) -> None:
    with Workspace.open(path):
        with pytest.raises(SecondWriter):
            Workspace.open(path)
        with pytest.raises(SecondWriter):
            Workspace.open(path, read_only=None)
    Workspace.open(path).close()


def test_closing_twice_does_no_harm(path: Path) -> None:
    workspace = Workspace.open(path)
    workspace.close()
    workspace.close()
    with contextlib.closing(Workspace.open(path)) as again:
        assert again.why_read_only is None


def translated(error: UserError | None) -> str:
    return error.code if error else ""


def test_a_name_longer_than_the_system_takes_is_told_with_its_length(tmp_path: Path) -> None:
    place = tmp_path / ("a" * 300)
    with user_error("path-too-long", match=f"{len(str(place))} characters") as said:
        workspace_service.new(place, name="short", person="Ana")
    assert "Nothing was changed" in said.value.say()


@pytest.mark.parametrize(("code", "number"), [(21, 13), (433, 22), (1167, 22)])
def test_a_stick_that_was_pulled_is_told_as_what_is_not_there(code: int, number: int) -> None:
    gone = OSError(number, "The device is not ready")
    gone.winerror = code  # type: ignore[attr-defined] # only Windows' errors have it
    assert translated(errors.translate(gone, Path("desk"), "store.db")) == errors.NOT_THERE.code


def test_windows_says_of_a_long_path_that_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("/" + "/".join(["folder"] * 40))
    missing = FileNotFoundError(2, "not there", str(path))
    monkeypatch.setattr(errors, "SHORT_PATHS", False)
    assert translated(errors.translate(missing, path, "store.db")) == errors.NOT_THERE.code
    monkeypatch.setattr(errors, "SHORT_PATHS", True)
    assert translated(errors.translate(missing, path, "store.db")) == errors.PATH_TOO_LONG.code
    assert translated(errors.translate(missing, Path("/short"), "store.db")) == errors.NOT_THERE.code


@pytest.mark.skipif(sys.platform == "win32", reason="has another error for a name that is too long")
def test_the_name_that_is_too_long_is_told_and_not_that_of_the_workspace(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 300)
    with user_error("path-too-long") as said, errors.translated_errors(tmp_path):
        file.touch()
    assert file.name in said.value.say("en")


Open = Callable[..., Identity]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "store.db").write_bytes(b"records")
    return folder


def opened(folder: Path, held: dict[str, int] | None = None, last: str | None = None) -> Identity:
    return identity_for(folder / "store.db", "workspace-1", held or {}, last)


def test_a_new_working_copy_becomes_a_device(copy: Path) -> None:
    me = opened(copy)
    assert me.succ_of is None
    digest = base64.b32encode(hashlib.sha256(me.public_key).digest()).decode()
    assert me.device_id == device_id_of(me.public_key) == digest.lower()[:16]


def test_the_same_working_copy_stays_the_same_device(copy: Path) -> None:
    me = opened(copy)
    assert opened(copy).device_id == me.device_id  # also before its first write
    me.note_seq(7)
    again = opened(copy, {me.device_id: 7}, me.device_id)
    assert (again.device_id, again.public_key, again.succ_of) == (me.device_id, me.public_key, None)


def test_a_crash_between_commit_and_note_does_not_make_a_new_device(copy: Path) -> None:
    me = opened(copy)
    me.note_seq(7)
    assert opened(copy, {me.device_id: 8}).device_id == me.device_id
    # … and the number it missed is put right, so that a restored 7 is noticed.
    assert opened(copy, {me.device_id: 7}).device_id != me.device_id


def test_what_was_saved_is_saved_where_the_settings_folder_went_meanwhile(copy: Path, config_dir: Path) -> None:
    me = opened(copy)
    shutil.rmtree(config_dir)
    me.note_seq(7)
    assert opened(copy, {me.device_id: 7}, me.device_id).succ_of == me.device_id
    shutil.rmtree(config_dir)
    config_dir.write_bytes(b"")  # another program made something else of it
    me.note_seq(8)
    config_dir.unlink()


def test_a_moved_working_copy_stays_the_same_device(copy: Path, tmp_path: Path) -> None:
    me = opened(copy)
    me.note_seq(3)
    copy.rename(tmp_path / "elsewhere")
    assert opened(tmp_path / "elsewhere", {me.device_id: 3}).device_id == me.device_id
    assert opened(tmp_path / "elsewhere", {me.device_id: 3}).device_id == me.device_id


def test_a_copied_working_copy_becomes_a_device_that_follows(copy: Path, tmp_path: Path) -> None:
    me = opened(copy)
    me.note_seq(3)
    shutil.copytree(copy, tmp_path / "copied")
    other = opened(tmp_path / "copied", {me.device_id: 3}, me.device_id)
    assert other.device_id != me.device_id
    assert other.succ_of == me.device_id
    assert opened(copy, {me.device_id: 3}).device_id == me.device_id


def test_a_copy_whose_original_was_deleted_is_still_a_copy(copy: Path, tmp_path: Path) -> None:
    me = opened(copy)
    (tmp_path / "stays").mkdir()
    shutil.copytree(copy, tmp_path / "copied")
    shutil.move(copy, tmp_path / "stays" / "w")
    assert opened(tmp_path / "copied", {me.device_id: 0}, me.device_id).device_id != me.device_id


def test_a_restored_older_state_becomes_a_new_device(copy: Path) -> None:
    me = opened(copy)
    me.note_seq(10)
    restored = opened(copy, {me.device_id: 6}, me.device_id)
    assert restored.device_id != me.device_id
    assert restored.succ_of == me.device_id
    # From then on it is that one, and the old one does not come back when its changesets arrive again.
    restored.note_seq(1)
    held = {me.device_id: 10, restored.device_id: 1}
    assert opened(copy, held, restored.device_id).device_id == restored.device_id


def test_another_user_becomes_a_device_of_their_own(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = opened(copy)
    monkeypatch.setenv("UCAPDESK_CONFIG", str(tmp_path / "other user"))
    other = opened(copy, {me.device_id: 0}, me.device_id)
    assert other.device_id != me.device_id
    assert other.succ_of == me.device_id


def test_another_workspace_in_the_same_place_is_another_device(copy: Path) -> None:
    me = opened(copy)
    assert identity_for(copy / "store.db", "workspace-2", {}).device_id != me.device_id


@pytest.fixture
def stick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every disk is a stick, which gives files other numbers each time it is plugged in."""
    monkeypatch.setattr(identity, "has_fleeting_numbers", lambda _: True)


def _plugged_in_again(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("again"))
    shutil.rmtree(folder)
    folder.with_name("again").rename(folder)


def test_a_working_copy_on_a_stick_stays_the_same_device_when_it_is_plugged_in_again(copy: Path, stick: None) -> None:
    me = opened(copy)
    me.note_seq(7)
    _plugged_in_again(copy)
    assert opened(copy, {me.device_id: 7}, me.device_id).device_id == me.device_id


def test_on_other_disks_a_file_with_another_number_is_a_copy(copy: Path) -> None:
    me = opened(copy)
    me.note_seq(7)
    _plugged_in_again(copy)
    assert opened(copy, {me.device_id: 7}, me.device_id).succ_of == me.device_id


def test_another_stick_in_its_place_that_lacks_changes_becomes_a_new_device(copy: Path, stick: None) -> None:
    me = opened(copy)
    me.note_seq(7)
    _plugged_in_again(copy)
    assert opened(copy, {me.device_id: 6}, me.device_id).device_id != me.device_id


def test_a_file_elsewhere_that_has_the_number_by_chance_is_not_taken_for_it(
    copy: Path, stick: None, tmp_path: Path
) -> None:
    me = opened(copy)
    copy.rename(tmp_path / "elsewhere")
    assert opened(tmp_path / "elsewhere", {me.device_id: 0}, me.device_id).device_id != me.device_id


@pytest.mark.parametrize("key", [None, "AAAA"])
def test_a_damaged_entry_costs_the_device_but_not_the_workspace(copy: Path, config_dir: Path, key: str | None) -> None:
    me = opened(copy)
    for file in (config_dir / "devices").glob("*.json"):
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "key": key}) if key else "{", "utf-8")
    assert opened(copy, {me.device_id: 1}, me.device_id).succ_of == me.device_id


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_only_the_user_may_read_the_private_key(copy: Path, config_dir: Path) -> None:
    opened(copy).note_seq(1)
    files = list((config_dir / "devices").iterdir())
    assert len(files) == 2
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert stat.S_IMODE((config_dir / "devices").stat().st_mode) == 0o700


def test_a_head_is_signed_and_every_changed_bit_is_noticed(copy: Path) -> None:
    me = opened(copy)
    chain = hashlib.sha256(b"x").digest()
    signature = me.sign_head("workspace-1", me.device_id, 5, chain)
    assert head_is_signed(me.public_key, signature, "workspace-1", 5, chain)
    assert not head_is_signed(me.public_key, signature, "workspace-1", 6, chain)
    assert not head_is_signed(me.public_key, signature, "workspace-2", 5, chain)
    assert not head_is_signed(me.public_key, signature, "workspace-1", 5, hashlib.sha256(b"y").digest())
    assert not head_is_signed(me.public_key, bytes(64), "workspace-1", 5, chain)
    assert not head_is_signed(b"short", signature, "workspace-1", 5, chain)
    again = opened(copy, {me.device_id: 1})
    assert again.sign_head("workspace-1", me.device_id, 5, chain) == signature


def test_noting_a_number_is_cheap(copy: Path) -> None:
    me = opened(copy)
    before = time.thread_time()
    for number in range(1, 101):
        me.note_seq(number)
    assert time.thread_time() - before < 0.1


def _meeting(desk: Desk, title: str) -> str:
    with desk.save(["record.add", {}]) as save:
        return save.new(Meeting, title=Bilingual(en=title)).id


def test_undo_in_a_copy_never_takes_back_the_other_laptops_work(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "ana", name="W", person="Ana") as ana:
        _meeting(ana, "Ana's")
        assert ana.next_undo() is not None
    shutil.copytree(tmp_path / "ana", tmp_path / "chen")
    with Desk.open(tmp_path / "chen") as chen, pytest.raises(NothingToUndo):
        chen.undo()


def test_undo_goes_on_after_a_restart(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "ana", name="W", person="Ana") as ana:
        id_ = _meeting(ana, "Once")
    with Desk.open(tmp_path / "ana") as ana:
        ana.undo()
    with Desk.open(tmp_path / "ana") as ana:
        record = ana.read.get(Meeting, id_)
        assert record is not None
        assert record.is_deleted
        ana.redo()
        record = ana.read.get(Meeting, id_)
        assert record is not None
        assert not record.is_deleted
