"""Workspaces on disks that are full or damaged, and updates that are cut off."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.faults import steps
from tests.faults.database_copy import copy_of
from tests.faults.steps import state
from tests.helpers.clock import FrozenClock
from tests.helpers.disks import fill, small_disk
from tests.helpers.errors import user_error
from tests.helpers.kills import KILLED, ends_of
from tests.helpers.marker_words import places
from tests.helpers.newer_schema import next_steps
from tests.journeys.conftest import run
from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.exchange import devices
from ucapdesk.model.values import PersonName
from ucapdesk.services import agreements, home
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import (
    DAMAGED_WORKSPACE,
    DamagedDatabase,
    DiskFull,
    LeftoversRemain,
    translate,
    translated_errors,
)
from ucapdesk.store.outcomes import ChangeEvent
from ucapdesk.store.safety import restore
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import Database, connect, problems
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
    except DamagedDatabase as error:
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


PAGE = 4096
ASKED: dict[str, Callable[[Desk, str, Path], Any]] = {
    "list": lambda desk, _, __: records.listing(desk, "meeting"),
    "record": lambda desk, id_, _: records.as_json(desk, records.get(desk, id_), with_children=True),
    "home": lambda desk, _, __: home.page(desk, lang="en", with_month=True),
    "history": lambda desk, id_, _: history.of(desk, id_),
    "search": lambda desk, _, __: desk.read.search("meeting"),
    "questions": lambda desk, _, __: desk.questions(),
    "trash": lambda desk, _, __: desk.read.trash(),
    "standing": lambda desk, _, __: (exchange_service.standing(desk), exchange_service.pending(desk), exchange_service.received(desk)),
    "devices": lambda desk, _, __: devices.listed(desk),
    "edit": lambda desk, id_, _: records.edit(desk, id_, {"room": "12"}),
    "undo": lambda desk, _, __: desk.undo(),
    "give": lambda desk, _, folder: exchange_service.give(desk, folder),
    "digest": lambda desk, _, __: maintenance.digest(desk),
    "check": lambda desk, _, __: maintenance.check(desk),
    "mentions": lambda desk, _, __: privacy.mentions(desk, ["Anna"]),
    "reminders": lambda desk, _, __: agreements.reminders(desk, today(desk.workspace.clock), "en"),
    "attachment": lambda desk, id_, _: attached_files.of(desk, id_),
}  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("damage")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder / "config"))
        with workspace_service.new(folder / "w", name="W", person="Anna") as desk:
            ids = [records.add(desk, "meeting", {"room": f"Room {n}"}) for n in range(120)]
            scan = folder / "scan.pdf"
            scan.write_bytes(Random(1).randbytes(200_000))
            attached_files.attach(desk, ids[0], [scan])
            desk.workspace.daily_copy()
    return folder / "w", ids[0]


@pytest.fixture
def filled(template: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A workspace with an attachment and a backup, and its first meeting."""
    return shutil.copytree(template[0], tmp_path / "w"), template[1]


def test_wherever_a_page_is_damaged_it_is_said_and_the_backup_can_be_restored_at_once(
    template: tuple[Path, str], tmp_path: Path
) -> None:
    source, meeting = template
    pages = (source / "store.db").stat().st_size // PAGE
    late = 0
    for number, page in enumerate(sorted(Random(7).sample(range(1, pages), 24))):
        folder = shutil.copytree(source, tmp_path / f"w{number}")
        with (folder / "store.db").open("r+b") as store:
            store.seek(page * PAGE)
            store.write(b"\xaa" * PAGE)
        try:
            desk = workspace_service.open(folder)
        except DamagedDatabase:
            desk = None
        if desk is not None:
            for what, ask in ASKED.items():
                try:
                    ask(desk, meeting, tmp_path)
                except UserError as error:
                    late += error.code == DAMAGED_WORKSPACE.code
                except Exception as error:
                    raise AssertionError(f"{what} after page {page} was damaged: {error!r}") from error
            desk.close()
        (backup,) = (folder / "backups").glob("*-daily.db")
        maintenance.restore_backup(Path(backup.name), folder)
        with workspace_service.open(folder) as again:
            assert len(records.listing(again, "meeting")) == 120
    assert late, "no damage was found late"


@pytest.mark.parametrize("size", [0.5, 100])
def test_records_are_used_and_given_though_the_attachments_are_damaged(
    filled: tuple[Path, str], tmp_path: Path, size: float
) -> None:
    folder, meeting = filled
    data = (folder / "files.db").read_bytes()
    (folder / "files.db").write_bytes(data[: int(size if size > 1 else len(data) * size)])
    for left in folder.glob("files.db-*"):
        left.unlink()
    with workspace_service.open(folder) as desk:
        assert "attachments" in desk.said[0].say("en")
        assert len(records.listing(desk, "meeting")) == 120
        records.edit(desk, meeting, {"room": "13"})
        given = exchange_service.give(desk, tmp_path / "1.ucapx")
        assert (given.files, given.changesets) == (
            0,
            desk.db.execute("SELECT count(*) FROM sync_changeset").fetchone()[0],
        )
        (scan,) = attached_files.of(desk, meeting)
        for do in (
            lambda: attached_files.save_as(desk, scan.id, tmp_path / "copy.pdf"),
            lambda: attached_files.attach_bytes(desk, meeting, "new.pdf", b"new"),
            lambda: maintenance.backup(desk, tmp_path / "all.ucapbackup"),
        ):
            with user_error("damaged-attachments"):
                do()
        assert [finding.where for finding in maintenance.check(desk).findings] == ["files"]
        (said,) = maintenance.repair(desk)
        assert "set aside" in said.say("en")
        attached_files.attach_bytes(desk, meeting, "new.pdf", b"new")
    assert list(folder.glob("files.db.damaged-*"))
    assert "attachments" not in run("check", folder).stderr


def test_a_full_disk_is_read_and_given_from(filled: tuple[Path, str], tmp_path: Path) -> None:
    folder, meeting = filled
    with small_disk(tmp_path / "disk", 12_000) as disk:
        full = shutil.copytree(folder, disk / "w")
        filler = fill(disk)
        commands: dict[str, list[object]] = {
            "list": ["meeting"],
            "show": [meeting],
            "give": ["-o", tmp_path / "give.ucapx"],
        }
        for command, rest in commands.items():
            done = run(command, full, *rest)
            assert done.exit_code == 0, done.output
        with workspace_service.open(full) as desk:
            assert desk.workspace.why_read_only is not None
            assert "no room left" in desk.workspace.why_read_only.say("en")
            assert desk.workspace.can_be_given
            exchange_service.give(desk, tmp_path / "window.ucapx")
            os.truncate(filler, filler.stat().st_size - 100_000)
            with pytest.raises(UserError, match=f"no room left on the disk that holds {disk}. "):
                maintenance.backup(desk, disk / "all.ucapbackup")
    assert run("join", tmp_path / "other", tmp_path / "give.ucapx", "--person", "B").exit_code == 0


def test_a_disk_that_fills_up_while_one_works_still_gives(filled: tuple[Path, str], tmp_path: Path) -> None:
    folder, meeting = filled
    with small_disk(tmp_path / "disk", 16_000) as disk:
        full = shutil.copytree(folder, disk / "w")
        with workspace_service.open(full) as desk:
            fill(disk)
            with pytest.raises(UserError, match="no room left"):
                attached_files.attach_bytes(desk, meeting, "big.bin", Random(2).randbytes(3_000_000))
            assert exchange_service.give(desk, tmp_path / "1.ucapx").changesets >= 120
            assert len(records.listing(desk, "meeting")) == 120


EVERY = 1 if os.environ.get("UCAPDESK_SOAK") else 4  # Pages more at each try


@pytest.mark.parametrize("step", steps.STEPS)
def test_out_of_disk_at_any_page_nothing_is_changed_and_later_it_works(
    workspace_folder: Path, tmp_path: Path, clock: FrozenClock, step: str
) -> None:
    with Desk.open(workspace_folder, clock=clock) as desk:
        steps.fill(desk)
        steps.edit(desk)
        pages = desk.db.execute("PRAGMA page_count").fetchone()[0]
        told: list[ChangeEvent] = []
        desk.subscribe(told.append)
        old = state(copy_of(workspace_folder, tmp_path / "old"))
        vector, undoable = desk.log.vector(), desk.next_undo()
        said: list[DiskFull] = []
        for room in range(0, 100_000, EVERY):
            desk.db.execute(f"PRAGMA max_page_count={pages + room}")
            try:
                steps.STEPS[step](desk)
                break
            except DiskFull as error:
                said.append(error)
                assert state(copy_of(workspace_folder, tmp_path / f"full {room}")) == old
                assert (desk.log.vector(), desk.next_undo(), told) == (vector, undoable, [])
        assert said, "there was always room"
        assert told
        assert state(copy_of(workspace_folder, tmp_path / "new")) != old
        desk.db.execute("PRAGMA max_page_count=1000000")
        steps.go_on(desk)


def test_a_removal_says_what_is_left_and_the_next_opening_clears_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 12_000) as disk:
        scan, path, filler = tmp_path / "scan.bin", disk / "w", disk / "filler"
        scan.write_text("Quittengelee " * 60_000)
        with Desk.create(path, name="w", person="Ana") as desk:
            person = records.add(desk, "person", {"name": PersonName(family="Zwetschgen")})
            attached_files.attach(desk, person, [scan])
            told: list[ChangeEvent] = []
            desk.subscribe(told.append)
            for room in range(0, 4_000_000, 50_000):
                filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
                try:
                    privacy.erase(desk, person, "Zwetschgen")
                except (DiskFull, LeftoversRemain) as error:
                    said = error
                filler.unlink()
                if person not in desk.read.ids("person"):
                    break
            assert type(said) is LeftoversRemain
            assert told
        assert places([path], ["Quittengelee", "Zwetschgen"])
        with workspace_service.open(path) as desk:
            assert "safety copies" in desk.said[0].say("en")
        assert places([path], ["Quittengelee", "Zwetschgen"]) == []


ROWS = 300
BEFORE, AFTER = database.HEAD, f"{int(database.HEAD) + 1:04}"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    database.migrate(path)
    with contextlib.closing(connect(path)) as db:
        db.execute("BEGIN")
        for n in range(ROWS):
            db.execute("INSERT INTO sync_row(n, id, ent, heads) VALUES(?, ?, 'meeting', '{}')", (n, f"m{n}"))
            db.execute("INSERT INTO meeting(id, notes) VALUES(?, ?)", (f"m{n}", "柳州 " * 50))
        db.execute("COMMIT")
    return path


def migration_state(path: Path) -> str:
    with contextlib.closing(connect(path)) as db:
        step = database.revision(db)
        vehicles = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'vehicle'").fetchone()[0]
        columns = [row[1] for row in db.execute("PRAGMA table_info(meeting)")]
        new = step == AFTER
        assert bool(vehicles) == new
        assert ("dress_code" in columns) == new
        assert not new or db.execute("SELECT count(*) FROM vehicle").fetchone()[0] == ROWS
        assert db.execute("SELECT count(*), sum(length(notes)) FROM meeting").fetchone() == (ROWS, ROWS * 150)
        assert db.execute("PRAGMA user_version").fetchone()[0] == int(step or 0)
        assert problems(db) == []
    return step or "nothing"


def each_statement(monkeypatch: pytest.MonkeyPatch, before: Callable[[Database], None]) -> None:
    """Have ``before`` called before every statement of a migration, with little memory for pages."""

    def watched(*args: Any, **kwargs: Any) -> Database:
        db = connect(*args, **kwargs)
        db.execute("PRAGMA cache_size=10")  # pages reach the log early, as in a large update
        db.set_trace_callback(lambda _: before(db))
        return db

    monkeypatch.setattr(database, "connect", watched)


def test_killed_at_any_statement_it_is_the_old_or_the_new(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, revision = next_steps(tmp_path)
    copies: list[Path] = []

    def copy(_: Database) -> None:
        place = tmp_path / f"killed {len(copies)}"
        place.mkdir()
        for file in older.parent.glob("store.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, place)
        copies.append(place / "store.db")

    each_statement(monkeypatch, copy)
    database.migrate(older, folder=folder, target=revision)
    copy(None)
    monkeypatch.undo()
    found = [migration_state(path) for path in copies]
    assert len(found) > 12
    assert found == sorted(found)
    assert set(found) == {BEFORE, AFTER}
    # Tried again, each of them gets there.
    for path in copies[:: len(copies) // 4]:
        database.migrate(path, folder=folder, target=revision)
        assert migration_state(path) == AFTER


def test_out_of_disk_at_any_page_it_is_the_old_or_the_new(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, revision = next_steps(tmp_path)
    said, room = [], 0
    with contextlib.closing(connect(older)) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    while migration_state(older) == BEFORE:

        def limit(db: Database, most: int = pages + room) -> None:
            db.set_trace_callback(None)
            db.execute(f"PRAGMA max_page_count={most}")

        with monkeypatch.context() as patch:
            each_statement(patch, limit)
            try:
                database.migrate(older, folder=folder, target=revision)
            except DBAPIError as error:
                said.append(translate(error, older))
        room += 1
    assert len(said) >= 3
    assert all(isinstance(error, DiskFull) for error in said)


MIGRATING = """
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import connect
from alembic import command
def step(folder, target, path, after):
    left = [int(after)]
    def count(_):
        left[0] -= 1
        if left[0] < 0:
            kill_self()
    def watched(*args, **kwargs):
        db = connect(*args, **kwargs)
        db.execute("PRAGMA cache_size=10")
        db.set_trace_callback(count)
        return db
    database.connect = watched
    database.migrate(Path(path), folder=Path(folder), target=target)
"""


def test_truly_killed_it_is_the_old_or_the_new(older: Path, tmp_path: Path) -> None:
    folder, revision = next_steps(tmp_path)
    databases = []
    for number in range(20):
        databases.append(tmp_path / f"copy{number}.db")
        shutil.copy(older, databases[-1])
    ends = ends_of(
        MIGRATING, *((str(folder), revision, str(path), str(number)) for number, path in enumerate(databases))
    )
    assert ends.count(KILLED) > 12
    for end, path in zip(ends, databases, strict=True):
        assert migration_state(path) in ({AFTER} if end == 0 else {BEFORE, AFTER})
