"""A workspace in bad moments: no room, a kill, a file that is torn or garbled. What was saved stays readable."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.disks import fill, small_disk
from tests.helpers.errors import user_error
from tests.helpers.kills import KILLED, ends_of
from ucapdesk.store.errors import DamagedWithoutBackup, DiskFull, translated_errors
from ucapdesk.store.safety import restore
from ucapdesk.store.workspace.database import connect, problems
from ucapdesk.store.workspace.identity import identity_for
from ucapdesk.store.workspace.rekey import change_passphrase
from ucapdesk.store.workspace.workspace import Workspace


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.name != "filler")


@pytest.mark.parametrize("room", [0, 4, 100, 600, 1300])
def test_without_room_for_a_new_workspace_none_is_begun(tmp_path: Path, room: int) -> None:
    with small_disk(tmp_path / "disk", 3000) as disk:
        filler = fill(disk, leave_kilobytes=room)
        with pytest.raises(DiskFull):
            Workspace.create(disk / "w", name="x", person="Ana")
        assert names(disk) == []
        filler.unlink()
        Workspace.create(disk / "w", name="x", person="Ana").close()


def test_without_room_nothing_else_is_begun_either(tmp_path: Path, clock: FrozenClock) -> None:
    with small_disk(tmp_path / "disk", 12_000) as disk:
        with Workspace.create(disk / "w", name="x", person="Ana", passphrase="old", clock=clock) as workspace:
            assert workspace.db is not None
            workspace.pack(tmp_path / "good.ucapbackup")
            scan = workspace.files.put(b"scan").sha256 or ""
            filler = fill(disk, leave_kilobytes=300)
            before = names(disk)
            steps = {
                "daily": workspace.daily_copy,
                "receive": lambda: workspace.keep_copy("receive"),
                "pack": lambda: workspace.pack(disk / "w.ucapbackup"),
                "restore": lambda: restore.restore(tmp_path / "good.ucapbackup", disk / "other", passphrase="old"),
                "attach": lambda: workspace.files.put(os.urandom(800_000)),
            }
            for name, step in steps.items():
                with pytest.raises(DiskFull):
                    step()
                assert names(disk) == before, name
            assert workspace.files.all() == [scan]
            filler.unlink()
            for step in steps.values():
                step()
        with Workspace.open(disk / "w", passphrase="old") as workspace:
            assert workspace.db is not None
            assert problems(workspace.db) == []
            assert problems(workspace.files.db) == []


def test_without_any_room_a_passphrase_stays_what_it_was(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3000) as disk:
        Workspace.create(disk / "w", name="x", person="Ana", passphrase="old").close()
        filler = fill(disk)
        with pytest.raises(DiskFull):
            change_passphrase(disk / "w", "old", "new")
        filler.unlink()
        Workspace.open(disk / "w", passphrase="old").close()


def test_a_device_that_has_no_room_is_made_once_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 100) as disk:
        monkeypatch.setenv("UCAPDESK_CONFIG", str(disk / "config"))
        (disk / "config").mkdir()
        fill(disk)
        with Workspace.create(tmp_path / "w", name="x", person="Ana") as workspace:
            with pytest.raises(DiskFull, match="config"):
                workspace.identity({})
            monkeypatch.setenv("UCAPDESK_CONFIG", str(tmp_path / "config"))
            assert workspace.identity({}).device_id


def test_a_full_disk_in_a_transaction_takes_it_back(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w", name="x", person="Ana") as workspace:
        db = workspace.db
        assert db is not None
        db.execute(f"PRAGMA max_page_count={db.execute('PRAGMA page_count').fetchone()[0] + 2}")
        with pytest.raises(DiskFull):
            _many_rows(workspace)
        if db.in_transaction:
            db.execute("ROLLBACK")
        assert db.execute("SELECT count(*) FROM place").fetchone()[0] == 0
        assert problems(db) == []


def _many_rows(workspace: Workspace) -> None:
    db = workspace.db
    assert db is not None
    with translated_errors(workspace.path):
        db.execute("BEGIN IMMEDIATE")
        for n in range(1000):
            db.execute("INSERT INTO place(id, notes) VALUES(?, ?)", (f"{n}", "x" * 900))


def test_a_torn_or_garbled_log_costs_at_most_what_was_not_yet_safe(tmp_path: Path) -> None:
    path, dice = tmp_path / "w", random.Random(5)
    with Workspace.create(path, name="x", person="Ana") as workspace:
        assert workspace.db is not None
        workspace.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for n in range(20):
            workspace.db.execute("INSERT INTO place(id) VALUES(?)", (f"{n}",))
        shutil.copytree(path, tmp_path / "copy")
    log = (tmp_path / "copy" / "store.db-wal").read_bytes()
    for n in range(25):
        torn = tmp_path / f"torn{n}"
        shutil.copytree(tmp_path / "copy", torn)
        (torn / "store.db-shm").unlink()
        at = dice.randrange(len(log))
        garbled = log[:at] if n % 2 else log[:at] + dice.randbytes(64) + log[at + 64 :]
        (torn / "store.db-wal").write_bytes(garbled)
        with Workspace.open(torn) as workspace:
            assert workspace.db is not None
            rows = workspace.db.execute("SELECT count(*) FROM place").fetchone()[0]
            assert 0 <= rows <= 20
            assert problems(workspace.db) == []


def test_garbage_inside_the_database_is_found_or_told(tmp_path: Path) -> None:
    """Never silence, never a stack trace: a sentence at opening, or a line of the thorough check."""
    path, dice = tmp_path / "w", random.Random(7)
    with Workspace.create(path, name="x", person="Ana", passphrase="p") as workspace:
        assert workspace.db is not None
        for n in range(200):
            workspace.db.execute("INSERT INTO place(id, notes) VALUES(?, ?)", (f"{n}", "柳州" * 100))
    good = (path / "store.db").read_bytes()
    for _ in range(10):
        at = dice.randrange(len(good) - 64)
        (path / "store.db").write_bytes(good[:at] + dice.randbytes(64) + good[at + 64 :])
        assert _complaints(path)


def _complaints(path: Path) -> list[str]:
    try:
        with Workspace.open(path, passphrase="p") as workspace, translated_errors(path):
            assert workspace.db is not None
            return problems(workspace.db)
    except DamagedWithoutBackup as error:
        return [str(error)]


CREATING = """
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.store.workspace import database, workspace
from ucapdesk.store.workspace.database import connect
from alembic import command
def step(path, at):
    left = [int(at)]
    def count(_):
        left[0] -= 1
        if left[0] == 0:
            kill_self()
    def watched(*args, **kwargs):
        db = connect(*args, **kwargs)
        db.set_trace_callback(count)
        return db
    database.connect = workspace.connect = watched
    workspace.Workspace.create(Path(path), name="x", person="Ana").close()
"""


def test_a_creation_that_is_killed_is_nothing_or_a_workspace(tmp_path: Path) -> None:
    paths = [tmp_path / f"w{n}" for n in range(12)]
    ends = ends_of(CREATING, *((str(path), str(1 + number * 42)) for number, path in enumerate(paths)))
    assert ends.count(KILLED) >= 8
    assert 0 in ends
    for end, path in zip(ends, paths, strict=True):
        if not path.exists():
            assert end != 0
            with user_error("not-a-workspace"):
                Workspace.open(path)
            Workspace.create(path, name="x", person="Ana").close()
        with Workspace.open(path) as workspace:
            assert workspace.person == "Ana"
        assert not path.with_name(f".{path.name}.part").exists()


def test_a_device_is_not_two_after_a_kill_between_commit_and_note(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w", name="x", person="Ana") as workspace:
        me = workspace.identity({})
        me.note_seq(3)
    with contextlib.closing(connect(tmp_path / "w" / "store.db")) as db:
        assert problems(db) == []
    again = identity_for(tmp_path / "w" / "store.db", workspace.id, {me.device_id: 4}, me.device_id)
    assert again.device_id == me.device_id
