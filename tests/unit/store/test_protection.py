"""Protection by passphrase: what opens, what does not, and what a byte search finds."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from ucapdesk.store.workspace import protection
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


def test_a_new_passphrase_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "w"
    Workspace.create(path, name="x", person="Ana", passphrase="old").close()
    with user_error("wrong-passphrase"):
        change_passphrase(path, "guess", "new")
    with user_error("empty-passphrase"):
        change_passphrase(path, "old", " ")
    change_passphrase(path, "old", "new")
    with user_error("wrong-passphrase"):
        Workspace.open(path, passphrase="old")
    with Workspace.open(path, passphrase="new") as workspace:
        assert workspace.person == "Ana"
    copy = json.loads((path / "backups" / "workspace.json").read_text("utf-8"))
    assert copy == json.loads((path / "workspace.json").read_text("utf-8"))


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
