"""Backups: kept by themselves, written to one file, and put back without ever losing what was there."""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.disks import read_only_folder
from tests.helpers.errors import user_error
from ucapdesk.base import settings
from ucapdesk.base.errors import Failure
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.errors import (
    DAMAGED_BACKUP,
    FOLDER_IN_USE,
    NEWER_WORKSPACE,
    NOT_A_BACKUP,
    OTHER_WORKSPACE,
    PASSPHRASE_NEEDED,
    WRONG_PASSPHRASE,
    SecondWriter,
)
from ucapdesk.store.safety import backup, restore
from ucapdesk.store.workspace.database import connect, problems
from ucapdesk.store.workspace.workspace import Workspace

DAY = 24 * 3600


class Stop(Exception):
    """Raised by somebody who pressed Cancel."""


def make(path: Path, clock: FrozenClock, *, passphrase: str | None = None, rows: int = 0) -> Workspace:
    workspace = Workspace.create(path, name="Liuzhou", person="Ana", passphrase=passphrase, clock=clock)
    assert workspace.db is not None
    workspace.db.execute("BEGIN")
    for n in range(rows):
        workspace.db.execute("INSERT INTO place(id, notes) VALUES(?, ?)", (f"{n}", "柳州" * 200))
    workspace.db.execute("COMMIT")
    return workspace


def person(workspace: Workspace, name: str) -> None:
    assert workspace.db is not None
    workspace.db.execute("UPDATE sync_meta SET v = ? WHERE k = 'person'", (name,))


def person_in(path: Path, passphrase: str | None = None) -> str:
    with Workspace.open(path, passphrase=passphrase) as workspace:
        assert workspace.db is not None
        assert problems(workspace.db) == []
        assert problems(workspace.files.db) == []
        return workspace.person


@pytest.mark.row("X14")
def test_one_backup_a_day_and_fourteen_are_kept(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock) as workspace:
        made = []
        for _ in range(20):
            made.append(workspace.daily_copy())
            clock.tick(3600)
            assert workspace.daily_copy() is None
            clock.tick(DAY - 3600)
        workspace.keep_copy("receive")
        names = sorted(path.name for path in workspace.backups.glob("*-daily.db"))
    assert names == [path.name for path in made[-14:] if path]


def test_ten_backups_before_larger_steps_are_kept(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock) as workspace:
        daily = workspace.daily_copy()
        made = []
        for n in range(13):  # several in one second too
            made.append(workspace.keep_copy("receive" if n % 2 else "restore"))
            clock.tick(1 if n % 3 == 0 else 0)
        left = {path.name for path in workspace.backups.glob("*.db")}
    assert daily is not None
    assert daily.name in left
    assert len(left) == 11
    assert made[-1].name in left


@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_a_backup_holds_what_was_saved_and_can_be_put_back(
    tmp_path: Path, clock: FrozenClock, passphrase: str | None
) -> None:
    path = tmp_path / "w"
    with make(path, clock, passphrase=passphrase, rows=200) as workspace:
        person(workspace, "before")
        kept = workspace.keep_copy("receive")
        person(workspace, "after")
    clock.tick(60)
    aside = restore.restore_copy(path, kept.name, passphrase=passphrase, clock=clock)
    assert person_in(path, passphrase) == "before"
    clock.tick(60)
    restore.restore_copy(path, aside.name, passphrase=passphrase, clock=clock)
    assert person_in(path, passphrase) == "after"


def test_a_damaged_workspace_goes_on_from_its_last_backup(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "w"
    with make(path, clock, passphrase="secret", rows=200) as workspace:
        person(workspace, "before")
        workspace.daily_copy()
    damaged = b"not a database" * 5000
    (path / "store.db").write_bytes(damaged)
    (path / "workspace.json").unlink()  # and its second copy is used
    with user_error("damaged-workspace") as said:
        Workspace.open(path, passphrase="secret")
    clock.tick(60)
    aside = restore.restore_copy(path, str(said.value.details["backup"]), passphrase="secret", clock=clock)
    assert aside.read_bytes() == damaged
    assert person_in(path, "secret") == "before"
    (path / "store.db").write_bytes(damaged)
    with user_error("damaged-workspace") as again:  # the damaged one put aside is not offered as a backup
        Workspace.open(path, passphrase="secret")
    assert again.value.details["backup"] == said.value.details["backup"]


def test_changes_that_were_only_in_the_log_of_a_killed_program_do_not_come_back(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "w"
    with make(path, clock, rows=50) as workspace:
        person(workspace, "before")
        kept = workspace.keep_copy("receive")
        person(workspace, "after")
        log = (path / "store.db-wal").read_bytes()
    (path / "store.db").write_bytes(b"x" * 8192)
    (path / "store.db-wal").write_bytes(log)
    aside = restore.restore_copy(path, kept.name, clock=clock)
    assert person_in(path) == "before"
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == log


def test_a_backup_is_not_put_back_under_an_open_window(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock) as workspace:
        kept = workspace.keep_copy("receive")
        with pytest.raises(SecondWriter):
            restore.restore_copy(tmp_path / "w", kept.name, clock=clock)


def test_a_damaged_backup_is_not_put_back(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock, rows=300) as workspace:
        kept = workspace.keep_copy("receive")
    content = kept.read_bytes()
    for bad in (b"", b"x" * 9000, content[: len(content) // 2], content[:8192] + b"\xff" * 400_000 + content[408_192:]):
        kept.write_bytes(bad)
        with user_error("damaged-backup"):
            restore.restore_copy(tmp_path / "w", kept.name, clock=clock)
        assert person_in(tmp_path / "w") == "Ana"
    with user_error("not-there", match=r"no such\.db"):
        restore.restore_copy(tmp_path / "w", "no such.db", clock=clock)
    assert [p.name for p in (tmp_path / "w").iterdir() if "restored" in p.name] == []


def test_somebody_may_write_while_a_backup_is_made(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock, rows=3000) as workspace:
        calls: list[tuple[int, int]] = []

        def writing(done: int, whole: int) -> None:
            if not calls:
                person(workspace, "during")
            calls.append((done, whole))

        kept = workspace.keep_copy("receive", writing)
        with contextlib.closing(connect(kept, read_only=True)) as db:
            assert problems(db) == []
    assert len(calls) > 2
    assert calls[-1][0] == calls[-1][1]
    assert person_in(tmp_path / "w") == "during"


def test_a_cancelled_backup_leaves_nothing(tmp_path: Path, clock: FrozenClock) -> None:
    def cancel(done: int, whole: int) -> None:
        raise Stop

    with make(tmp_path / "w", clock, rows=3000) as workspace:
        before = sorted(workspace.backups.iterdir())
        with pytest.raises(Stop):
            workspace.keep_copy("receive", cancel)
        assert sorted(workspace.backups.iterdir()) == before
        with pytest.raises(Stop):
            workspace.pack(tmp_path / "w.ucapbackup", cancel)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "config") == ["w"]


@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_one_file_takes_everything_to_another_computer(
    tmp_path: Path, clock: FrozenClock, passphrase: str | None
) -> None:
    file = tmp_path / "w.ucapbackup"
    seen: list[tuple[int, int]] = []
    with make(tmp_path / "w", clock, passphrase=passphrase, rows=500) as workspace:
        scan = workspace.files.put(b"scan" * 1000, name="scan.pdf").sha256 or ""
        id_ = workspace.id
        workspace.pack(file, lambda done, whole: seen.append((done, whole)))
        with user_error("already-there"):
            workspace.pack(file)
    assert seen[-1][0] == seen[-1][1]
    assert [whole for _, whole in seen] == [seen[0][1]] * len(seen)
    assert sorted(zipfile.ZipFile(file).namelist()) == ["files.db", "store.db", "workspace.json"]
    if passphrase:
        for wrong, error in ((None, PASSPHRASE_NEEDED), ("guess", WRONG_PASSPHRASE)):
            with user_error(error.code):
                restore.restore(file, tmp_path / "new", passphrase=wrong, clock=clock)
        assert not (tmp_path / "new").exists()
    assert restore.restore(file, tmp_path / "new", passphrase=passphrase, clock=clock) is None
    with Workspace.open(tmp_path / "new", passphrase=passphrase) as there:
        assert (there.id, there.name, there.person) == (id_, "Liuzhou", "Ana")
        assert there.files.read(scan) == b"scan" * 1000
        assert there.db is not None
        assert there.db.execute("SELECT count(*) FROM place").fetchone()[0] == 500
    assert person_in(tmp_path / "new", passphrase) == "Ana"


def test_a_cancelled_restore_leaves_what_was_there(tmp_path: Path, clock: FrozenClock) -> None:
    def cancel(done: int, whole: int) -> None:
        raise Stop

    with make(tmp_path / "w", clock) as workspace:
        workspace.pack(tmp_path / "w.ucapbackup")
    for name in ("w", "new"):
        with pytest.raises(Stop):
            restore.restore(tmp_path / "w.ucapbackup", tmp_path / name, clock=clock, progress=cancel)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "config") == ["w", "w.ucapbackup"]
    assert person_in(tmp_path / "w") == "Ana"


@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_a_restored_workspace_can_be_given_a_passphrase(
    tmp_path: Path, clock: FrozenClock, passphrase: str | None
) -> None:
    file = tmp_path / "w.ucapbackup"
    with make(tmp_path / "w", clock, passphrase=passphrase, rows=20) as workspace:
        assert workspace.db is not None
        workspace.db.execute("INSERT INTO search(rowid, names) VALUES(5, 'zwetschge')")
        scan = workspace.files.put(b"zwetschge").sha256 or ""
        workspace.pack(file)
    restore.restore(file, tmp_path / "new", passphrase=passphrase, protect="other", clock=clock)
    with user_error("wrong-passphrase"):
        Workspace.open(tmp_path / "new", passphrase="secret")
    with Workspace.open(tmp_path / "new", passphrase="other") as there:
        assert there.files.read(scan) == b"zwetschge"
        assert there.db is not None
        assert there.db.execute("SELECT rowid FROM search WHERE search MATCH 'zwetschge'").fetchall() == [(5,)]
        there.db.execute("INSERT INTO search(rowid, names) VALUES(6, 'apfel')")
        assert there.db.execute("SELECT count(*) FROM place").fetchone()[0] == 20
        assert problems(there.db) == []
    for name in ("store.db", "files.db"):
        assert b"zwetschge" not in (tmp_path / "new" / name).read_bytes()
        assert not (tmp_path / "new" / name).read_bytes().startswith(b"SQLite format 3")


def test_restoring_over_a_workspace_keeps_the_one_that_was_there(tmp_path: Path, clock: FrozenClock) -> None:
    file = tmp_path / "w.ucapbackup"
    with make(tmp_path / "w", clock) as workspace:
        workspace.pack(file)
        person(workspace, "after")
        with pytest.raises(SecondWriter):
            restore.restore(file, tmp_path / "w", clock=clock)
    aside = restore.restore(file, tmp_path / "w", clock=clock)
    assert aside is not None
    assert person_in(tmp_path / "w") == "Ana"
    assert person_in(aside) == "after"
    (tmp_path / "w" / "store.db").write_bytes(b"x")
    (tmp_path / "w" / "workspace.json").write_bytes(b"x")
    clock.tick(1)
    assert restore.restore(file, tmp_path / "w", clock=clock) is not None  # also over a damaged one
    assert person_in(tmp_path / "w") == "Ana"


def test_nothing_else_is_restored_over(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock) as workspace:
        workspace.pack(tmp_path / "w.ucapbackup")
    make(tmp_path / "other", clock).close()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").touch()
    for name, error in (("other", OTHER_WORKSPACE), ("letters", FOLDER_IN_USE), ("letters/a.txt", FOLDER_IN_USE)):
        with user_error(error.code):
            restore.restore(tmp_path / "w.ucapbackup", tmp_path / name, clock=clock)
    with user_error("inside-workspace"):
        restore.restore(tmp_path / "w.ucapbackup", tmp_path / "other" / "w", clock=clock)
    (tmp_path / "empty").mkdir()
    restore.restore(tmp_path / "w.ucapbackup", tmp_path / "empty", clock=clock)
    assert person_in(tmp_path / "empty") == "Ana"


def test_a_file_that_is_no_whole_backup_is_refused_with_its_name(tmp_path: Path, clock: FrozenClock) -> None:
    with make(tmp_path / "w", clock, rows=200) as workspace:
        workspace.pack(tmp_path / "good.ucapbackup")
    good = (tmp_path / "good.ucapbackup").read_bytes()
    cases: dict[str, tuple[bytes, Failure]] = {
        "empty": (b"", NOT_A_BACKUP),
        "text": (b"dear Ana" * 500, NOT_A_BACKUP),
        "half": (good[: len(good) // 2], DAMAGED_BACKUP),
        "flipped": (good[:300_000] + b"\xff" * 50 + good[300_050:], DAMAGED_BACKUP),
        "zip": (_zip({"a.txt": b"x"}), NOT_A_BACKUP),
        "missing": (_zip({"workspace.json": b"{}"}, b"ucapdesk backup 1"), DAMAGED_BACKUP),
        "newer": (_zip({}, b"ucapdesk backup 2"), NEWER_WORKSPACE),
        "strange": (
            _zip(dict.fromkeys(restore.MEMBERS, b"x"), b"ucapdesk backup 1").replace(
                b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
            ),
            DAMAGED_BACKUP,
        ),
        "no json": (_zip(dict.fromkeys(restore.MEMBERS, b"x"), b"ucapdesk backup 1"), DAMAGED_BACKUP),
    }
    for name, (content, error) in cases.items():
        (tmp_path / name).write_bytes(content)
        with user_error(error.code) as said:
            restore.restore(tmp_path / name, tmp_path / "new", clock=clock)
        assert name in str(said.value)
    with user_error("not-there", match="gone"):
        restore.restore(tmp_path / "gone", tmp_path / "new", clock=clock)
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*.part"))


def _zip(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    import io

    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        file.comment = comment
        for name, content in members.items():
            file.writestr(name, content)
    return memory.getvalue()


def test_a_folder_is_no_backup(tmp_path: Path, clock: FrozenClock) -> None:
    with user_error("not-a-backup"):
        restore.restore(tmp_path, tmp_path / "w", clock=clock)
    assert not (tmp_path / "w").exists()


def test_a_workspace_that_can_only_be_read_can_be_packed(tmp_path: Path, clock: FrozenClock) -> None:
    make(tmp_path / "w", clock, rows=20).close()
    with read_only_folder(tmp_path / "w") as path, Workspace.open(path, read_only=None) as workspace:
        target = path.parents[1] / f"ucapdesk-test-{workspace.id}.ucapbackup"
        workspace.pack(target)
    restore.restore(target, tmp_path / "new", clock=clock)
    target.unlink()
    assert person_in(tmp_path / "new") == "Ana"


def test_a_restore_killed_between_its_two_renames_is_ended_by_the_next_opening(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "w"
    make(path, clock).close()
    settings.save(settings.load().opened(path))
    shutil.copytree(path, tmp_path / ".w.restored")
    path.rename(tmp_path / "w before 20261102T090000Z")
    assert workspace_service.last_opened() == path
    Workspace.open(path).close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["w", "w before 20261102T090000Z"]


def test_copies_are_bounded_by_bytes_and_the_newest_of_each_sort_stay(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path / "w", clock) as workspace:
        first = workspace.keep_copy("receive")
        monkeypatch.setattr(backup, "MOST_BYTES", first.stat().st_size * 4)
        made = [first]
        for n in range(8):
            clock.tick(DAY)
            made.append(workspace.keep_copy("receive" if n == 1 else "daily"))
        left = {path.name for path in workspace.backups.glob("*.db")}
        assert left == {path.name for path in (made[2], *made[-4:])}, "the oldest go first"
        monkeypatch.setattr(backup, "MOST_BYTES", 1)
        clock.tick(DAY)
        assert (last := workspace.daily_copy()) is not None
        left = {path.name for path in workspace.backups.glob("*.db")}
    assert left == {made[2].name, last.name}


def test_the_last_sound_copy_is_never_let_go(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(tmp_path / "w", clock, passphrase="secret", rows=200) as workspace:
        made = []
        for _ in range(20):
            made.append(workspace.keep_copy("daily"))
            clock.tick(DAY)
            if len(made) > 7:  # since that day the disk loses what is written
                whole = made[-1].read_bytes()
                made[-1].write_bytes(whole[: len(whole) // 2])
        monkeypatch.setattr(backup, "MOST_BYTES", 1)
        monkeypatch.setattr(backup, "copy_database", lambda _source, target, *_: target.write_bytes(b"x" * 9000))
        workspace.keep_copy("daily")
        left = sorted(path.name for path in workspace.backups.glob("*.db"))
    assert left[0] == made[6].name, "the last that can be put back"
    assert len(left) == 2
