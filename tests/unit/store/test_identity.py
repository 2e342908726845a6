"""Devices: the same working copy keeps its device; a copied, restored or foreign one becomes a new one."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ucapdesk.store.workspace import identity
from ucapdesk.store.workspace.identity import Identity, device_id_of, head_is_signed, identity_for

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
