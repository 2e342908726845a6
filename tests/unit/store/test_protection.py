"""Protected workspaces: the passphrase, the data key, and how both are changed."""

from __future__ import annotations

import json
import shutil
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.disks import read_only_folder
from tests.helpers.errors import user_error
from tests.helpers.silence import LogWatch
from ucapdesk.base.errors import UserError
from ucapdesk.base.reporting import Progress
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import SecondWriter
from ucapdesk.store.workspace import folder, identity, protection, rekey
from ucapdesk.store.workspace.database import connect
from ucapdesk.store.workspace.rekey import change_passphrase
from ucapdesk.store.workspace.workspace import Workspace

MARKER = "Zwetschgendatschi"
HAN_MARKER = "鱻龘馕"


def test_only_the_passphrase_opens_the_key() -> None:
    key = protection.new_key()
    wrapping = protection.wrap(key, "correct horse", "id")
    assert protection.unwrap(wrapping, "correct horse", "id") == key
    for passphrase, bound_to in (("Correct horse", "id"), ("correct horse ", "id"), ("correct horse", "other")):
        with pytest.raises(protection.WrongKeyError):
            protection.unwrap(wrapping, passphrase, bound_to)
    assert protection.wrap(key, "correct horse", "id") != wrapping


def test_the_same_word_from_another_keyboard_opens_it_too() -> None:
    key = protection.new_key()
    wrapping = protection.wrap(key, unicodedata.normalize("NFC", "Übermut"), "id")
    assert protection.unwrap(wrapping, unicodedata.normalize("NFD", "Übermut"), "id") == key


def test_a_wrapping_is_read_back_and_a_strange_one_refused() -> None:
    wrapping = protection.wrap(protection.new_key(), "x", "id")
    said = json.loads(json.dumps(wrapping.as_json()))
    assert protection.wrapping_of(said) == wrapping
    for change in ({"kdf": "md5"}, {"n": 2**30}, {"n": 0}, {"p": "1"}, {"key": None}, {"cipher": "none"}):
        with pytest.raises(ValueError, match="protection"):
            protection.wrapping_of({**said, **change})


@pytest.mark.usefixtures("full_cost")
def test_guessing_is_slow_in_the_program_itself() -> None:
    assert protection.COST >= 2**17


def test_a_wrong_passphrase_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w"
    Workspace.create(path, name="x", person="Ana", passphrase="right").close()
    before = {p: p.read_bytes() for p in path.rglob("*") if p.is_file()}
    with user_error("wrong-passphrase"):
        Workspace.open(path, passphrase="wrong")
    assert {p: p.read_bytes() for p in path.rglob("*") if p.is_file()} == before


def test_a_damaged_wrapping_is_damage_not_a_wrong_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "w"
    Workspace.create(path, name="x", person="Ana", passphrase="right").close()
    said = json.loads((path / "workspace.json").read_text("utf-8"))
    said["protection"]["key"] = "not base64!"
    (path / "workspace.json").write_text(json.dumps(said), "utf-8")
    with user_error("damaged-without-backup"):
        Workspace.open(path, passphrase="right")


@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_no_word_of_a_protected_workspace_lies_on_the_disk(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "w"
    with Workspace.create(path, name="x", person=MARKER, passphrase=passphrase) as workspace:
        _write_everywhere(workspace, f"{MARKER} {HAN_MARKER}")
        workspace.files.put(f"{MARKER} {HAN_MARKER}".encode() * 200, name=f"{MARKER}.txt")
        workspace.daily_copy()
        workspace.keep_copy("receive")
        workspace.pack(tmp_path / "w.ucapbackup")
        found = set(_where(tmp_path))
    found |= set(_where(tmp_path))
    if passphrase:
        assert found == set()
    else:  # the search would have found it
        assert {"store.db", "store.db-wal", "files.db", "w.ucapbackup"} <= found
        assert len(found) >= 6


def _write_everywhere(workspace: Workspace, word: str) -> None:
    db = workspace.db
    assert db is not None
    db.execute("PRAGMA foreign_keys=OFF")
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type='table' AND sql NOT NULL")]
    for table in tables:
        if table.startswith(("search", "sqlite_", "alembic_")):
            continue
        columns = list(db.execute(f'PRAGMA table_info("{table}")'))
        values = [word if "TEXT" in column[2] else 7 for column in columns]
        db.execute(f'INSERT INTO "{table}" VALUES({",".join("?" * len(values))})', values)
    db.execute("INSERT INTO search(rowid, names, body) VALUES(1, ?, ?)", (word, word))


def _where(folder: Path) -> Iterator[str]:
    words = [form.encode(code) for form in (MARKER, MARKER.lower(), HAN_MARKER) for code in ("utf-8", "utf-16-le")]
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in words):
            yield path.name


def test_passphrases_are_never_part_of_what_is_printed() -> None:
    wrapping = protection.wrap(protection.new_key(), "very secret", "id")
    assert "very secret" not in repr(wrapping._asdict())


OLD, NEW = "old words", "new words"
NAME = "Zwetschgendatschi"


@pytest.fixture
def protected(tmp_path: Path, clock: FrozenClock) -> Path:
    """A protected workspace with a record, an attachment and two backups, closed."""
    path = tmp_path / "w"
    with Desk.create(path, name=NAME, person="Ana", passphrase=OLD, clock=clock) as desk:
        meeting = records.add(desk, "meeting", {"title": Bilingual(en="Opening")})
        desk.workspace.daily_copy()
        scan = tmp_path / "scan.pdf"
        scan.write_bytes(b"%PDF-1.7" + b"scan" * 50_000)
        attached_files.attach(desk, meeting, [scan])
        desk.workspace.keep_copy("receive")
    return path


def names(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path)) for file in path.rglob("*") if not file.name.endswith(("-wal", "-shm")))


def holds_all(path: Path, passphrase: str) -> str:
    with Desk.open(path, passphrase=passphrase) as desk:
        assert desk.workspace.name == NAME
        assert records.listing(desk, "meeting", find="Opening")
        (scan,) = records.listing(desk, "attachment")
        assert desk.workspace.files.read(records.get(desk, scan).file.sha256)[:8] == b"%PDF-1.7"  # type: ignore[attr-defined]
        assert maintenance.check(desk).ok
        return desk.me().device_id


def test_what_opened_the_old_state_opens_nothing_of_the_new_one(protected: Path, tmp_path: Path) -> None:
    device = holds_all(protected, OLD)
    before = (protected / "workspace.json").read_bytes()
    with user_error("wrong-passphrase"):
        change_passphrase(protected, "guess", NEW)
    with user_error("empty-passphrase"):
        change_passphrase(protected, OLD, " ")
    change_passphrase(protected, OLD, NEW)
    assert holds_all(protected, NEW) == device, "it is the same laptop"
    with user_error("wrong-passphrase"):
        Workspace.open(protected, passphrase=OLD)
    assert before not in [file.read_bytes() for file in protected.rglob("workspace.json")]
    assert len({file.read_bytes() for file in protected.rglob("workspace.json")}) == 1
    for place in (protected, protected / "backups"):
        (place / "workspace.json").write_bytes(before)
    with pytest.raises(UserError, match="damaged"):
        Workspace.open(protected, passphrase=OLD)
    _, key = folder.unlock(protected, folder.read_info(protected), OLD)
    for database in protected.rglob("*.db"):
        with pytest.raises(UserError):
            connect(database, key, read_only=True)


def test_backups_follow_and_can_be_gone_back_to(protected: Path) -> None:
    change_passphrase(protected, OLD, NEW)
    assert len(maintenance.copies(protected)) == 2
    for copy in maintenance.copies(protected):
        maintenance.restore_backup(Path(copy.name), protected, passphrase=NEW)
        with Desk.open(protected, passphrase=NEW) as desk:
            assert records.listing(desk, "meeting", find="Opening")


def stopping_after(steps: int) -> Progress:
    left = iter(range(steps))

    def told(_done: int, _whole: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return told


def test_stopped_anywhere_everything_is_as_it_was(protected: Path) -> None:
    before, steps = names(protected), list[tuple[int, int]]()
    change_passphrase(protected, OLD, OLD, progress=lambda *step: steps.append(step))
    assert len(steps) >= 4
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert {whole for _, whole in steps} == {steps[-1][0]}, "and the end is the whole"
    for stop in range(len(steps)):
        with pytest.raises(KeyboardInterrupt):
            change_passphrase(protected, OLD, NEW, progress=stopping_after(stop))
        assert names(protected) == before
    holds_all(protected, OLD)


def test_what_a_killed_change_left_is_ended_or_removed(
    protected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(rekey, "settle", lambda *_: None)  # killed before anything is in place
        change_passphrase(protected, OLD, NEW)
    half = shutil.copytree(protected, tmp_path / "before")
    with Desk.open(half, passphrase=NEW, read_only=True) as desk:
        assert records.listing(desk, "meeting", find="Opening")
        assert len(desk.workspace.files.all()) == 1
    with read_only_folder(half) as place, Desk.open(place, passphrase=NEW, read_only=None) as desk:
        assert records.listing(desk, "meeting", find="Opening")
    holds_all(protected, NEW)
    assert not [name for name in names(protected) if name.count(".") > 1]
    change_passphrase(protected, NEW, OLD)
    (protected / "store.db.0123abcd").write_bytes(b"of a change that was killed before it held")
    (protected / "backups" / "x.db.0123abcd.part").write_bytes(b"half")
    holds_all(protected, OLD)
    assert not [name for name in names(protected) if "0123abcd" in name]


def test_it_is_refused_while_somebody_writes(protected: Path) -> None:
    with Workspace.open(protected, passphrase=OLD), pytest.raises(SecondWriter):
        change_passphrase(protected, OLD, NEW)
    holds_all(protected, OLD)


def test_a_damaged_backup_keeps_nobody_from_it(protected: Path, log_watch: LogWatch) -> None:
    log_watch.expect("a backup could not be read and keeps its key")
    broken = next((protected / "backups").glob("*-daily.db"))
    broken.write_bytes(broken.read_bytes()[:5000] + b"x" * 5000)
    change_passphrase(protected, OLD, NEW)
    holds_all(protected, NEW)


def test_a_key_is_wiped_when_the_workspace_is_closed(protected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[protection.Key] = []
    unwrap = protection.unwrap

    def noted(*given: Any) -> protection.Key:
        keys.append(unwrap(*given))
        return keys[-1]

    monkeypatch.setattr(protection, "unwrap", noted)
    with Workspace.open(protected, passphrase=OLD):
        assert any(keys[0])
    change_passphrase(protected, OLD, NEW)
    with suppress(UserError):
        Workspace.open(protected / "nowhere", passphrase=NEW)
    assert len(keys) == 2
    assert not any(map(any, keys))


@pytest.mark.parametrize(
    "numbers", [(2**20, 16, 16), (2**17, 8, 16), (2**18, 8, 1), (2, 2**20, 1), (2**62, 1, 1), (True, 8, 1)]
)
def test_a_file_cannot_ask_for_hours_or_gigabytes(
    protected: Path, tmp_path: Path, numbers: tuple[int, int, int]
) -> None:
    with Workspace.open(protected, passphrase=OLD) as workspace:
        workspace.pack(tmp_path / "good.ucapbackup")
    said = json.loads((protected / "workspace.json").read_text("utf-8"))
    said["protection"] |= dict(zip("nrp", numbers, strict=True))
    shutil.rmtree(protected / "backups")
    (protected / "workspace.json").write_text(json.dumps(said), "utf-8")
    with (
        zipfile.ZipFile(tmp_path / "good.ucapbackup") as good,
        zipfile.ZipFile(tmp_path / "bad.ucapbackup", "w") as bad,
    ):
        bad.comment = good.comment
        for name in good.namelist():
            bad.writestr(name, good.read(name) if name != "workspace.json" else json.dumps(said))
    before = time.thread_time()
    with user_error("damaged-without-backup"):
        Workspace.open(protected, passphrase=OLD)
    with user_error("damaged-backup"):
        maintenance.restore_backup(tmp_path / "bad.ucapbackup", tmp_path / "restored", passphrase=OLD)
    assert time.thread_time() - before < 1
    assert not (tmp_path / "restored").exists()


def test_a_strange_description_is_damage(protected: Path) -> None:
    shutil.rmtree(protected / "backups")
    for text in ("[" * 200_000, '{"id":' * 100_000, "1" * 9000):
        (protected / "workspace.json").write_text(text)
        with user_error("damaged-without-backup"):
            Workspace.open(protected, passphrase=OLD)


def test_a_backup_that_swells_is_not_unpacked(protected: Path, tmp_path: Path) -> None:
    with Workspace.open(protected, passphrase=OLD) as workspace:
        workspace.pack(tmp_path / "good.ucapbackup")
    with (
        zipfile.ZipFile(tmp_path / "good.ucapbackup") as good,
        zipfile.ZipFile(tmp_path / "bad.ucapbackup", "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        bad.comment = good.comment
        for name in good.namelist():
            bad.writestr(name, good.read(name))
    with user_error("damaged-backup"):
        maintenance.restore_backup(tmp_path / "bad.ucapbackup", tmp_path / "restored", passphrase=OLD)


def test_a_change_keeps_the_identity_of_no_other_place(protected: Path, tmp_path: Path) -> None:
    """A copy of the workspace elsewhere is another laptop, before and after."""
    device = holds_all(protected, OLD)
    copy = shutil.copytree(protected, tmp_path / "copy")
    change_passphrase(protected, OLD, NEW)
    assert identity.known_identity(device) is not None
    assert holds_all(copy, OLD) != device
    assert holds_all(protected, NEW) == device
