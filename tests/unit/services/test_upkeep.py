"""Checks, digests and backups: what is planted is found, and a rebuild brings back what can be derived."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.workspaces import maintenance, workspace_service


def _found(desk: Desk) -> list[str]:
    return [finding.where for finding in maintenance.check(desk).findings]


def test_all_is_well_and_counted(liuzhou: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"scan")
    attached_files.attach(liuzhou, records.listing(liuzhou, "ucap")[0], [scan])
    report = maintenance.check(liuzhou)
    assert report.ok
    assert report.counts == {"changesets": 2, "devices": 2, "records": 93, "files": 1, "files_missing": 0}
    assert report.digest == maintenance.digest(liuzhou)["digest"]


def test_a_check_works_beside_a_writer_and_leaves_nothing(liuzhou: Desk) -> None:
    before = sorted(path.name for path in liuzhou.workspace.path.iterdir())
    with workspace_service.open(liuzhou.workspace.path, read_only=True) as reader:
        assert maintenance.check(reader).ok
    assert sorted(path.name for path in liuzhou.workspace.path.iterdir()) == before


PLANTED: dict[str, Callable[[Desk], object]] = {
    "log": lambda desk: desk.db.execute("UPDATE sync_changeset SET body = substr(body, 1, 40)"),
    "signature": lambda desk: desk.db.execute("UPDATE sync_device SET head_sig = zeroblob(64)"),
    "files": lambda desk: desk.workspace.files.db.execute("UPDATE part SET bytes = x'00'"),
    "records": lambda desk: desk.db.execute("UPDATE theme SET references_print = 'other' WHERE pos = 'b01V'"),
    "search": lambda desk: desk.db.execute("DELETE FROM search WHERE rowid = 20"),
}


@pytest.mark.row("X14")
@pytest.mark.parametrize("where", [where for where in PLANTED if where != "log"])
def test_a_planted_mistake_is_found(liuzhou: Desk, tmp_path: Path, where: str) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"scan")
    attached_files.attach(liuzhou, records.listing(liuzhou, "ucap")[0], [scan])
    assert _found(liuzhou) == []
    PLANTED[where](liuzhou)
    assert set(_found(liuzhou)) == {where}


def test_a_log_that_is_not_what_it_was_is_found(liuzhou: Desk) -> None:
    (chain,) = liuzhou.db.execute("SELECT chain FROM sync_changeset WHERE n = 1").fetchone()
    liuzhou.db.execute("UPDATE sync_changeset SET chain = zeroblob(32) WHERE n = 1")
    assert set(_found(liuzhou)) == {"log", "signature"}
    liuzhou.db.execute("UPDATE sync_changeset SET chain = ? WHERE n = 1", (chain,))
    assert _found(liuzhou) == []
    liuzhou.db.execute("UPDATE sync_device SET seq = 2")
    assert "log" in _found(liuzhou)


def test_a_changeset_cut_short_is_found(liuzhou: Desk) -> None:
    PLANTED["log"](liuzhou)
    assert _found(liuzhou) == ["log"]
    assert not maintenance.check(liuzhou, rebuild=True).rebuilt
    assert records.count(liuzhou, "theme") == 7


@pytest.mark.parametrize("where", ["records", "search"])
def test_what_is_derived_is_made_again_after_a_backup(liuzhou: Desk, where: str) -> None:
    before = maintenance.digest(liuzhou, log=True)
    PLANTED[where](liuzhou)
    report = maintenance.check(liuzhou, rebuild=True)
    assert report.ok
    assert report.rebuilt
    assert maintenance.digest(liuzhou, log=True) == before
    assert [path.name.rpartition("-")[2] for path in liuzhou.workspace.backups.glob("*.db")] == ["rebuild.db"]
    theme = records.listing(liuzhou, "theme")[0]
    records.edit(liuzhou, theme, {"name": Bilingual(en="Energy")})
    assert maintenance.check(liuzhou).ok


def test_the_digest_is_of_what_lives_and_not_of_the_way_there(liuzhou: Desk) -> None:
    before = maintenance.digest(liuzhou, log=True)
    meeting = records.add(liuzhou, "meeting", {"title": Bilingual(en="Kick-off")})
    assert maintenance.digest(liuzhou)["digest"] != before["digest"]
    records.trash(liuzhou, meeting)
    after = maintenance.digest(liuzhou, log=True)
    assert after["digest"] == before["digest"]
    assert after["log"] != before["log"]


def test_a_backup_brings_everything_to_another_place(liuzhou: Desk, tmp_path: Path) -> None:
    maintenance.backup(liuzhou, tmp_path / "desk.ucapbackup")
    assert maintenance.restore_backup(tmp_path / "desk.ucapbackup", tmp_path / "restored") is None
    with workspace_service.open(tmp_path / "restored", read_only=True) as restored:
        assert maintenance.digest(restored, log=True) == maintenance.digest(liuzhou, log=True)


def test_an_automatic_copy_is_put_back_by_its_name(liuzhou: Desk) -> None:
    path, before = liuzhou.workspace.path, maintenance.digest(liuzhou)
    copy = liuzhou.workspace.daily_copy()
    assert copy is not None
    records.trash(liuzhou, records.listing(liuzhou, "ucap")[0])
    liuzhou.close()
    kept = maintenance.restore_backup(Path(copy.name), path)
    assert kept is not None
    assert kept.parent == path / "backups"
    with workspace_service.open(path, read_only=True) as restored:
        assert maintenance.digest(restored) == before
    with user_error("not-a-backup"):
        maintenance.restore_backup(Path("20200101T000000Z-daily.db"), path)


def test_an_automatic_copy_is_put_back_with_no_other_passphrase(liuzhou: Desk) -> None:
    path, copy = liuzhou.workspace.path, liuzhou.workspace.daily_copy()
    assert copy is not None
    records.trash(liuzhou, records.listing(liuzhou, "ucap")[0])
    after = maintenance.digest(liuzhou)
    liuzhou.close()
    with user_error("no-new-passphrase"):
        maintenance.restore_backup(Path(copy.name), path, protect="柳州 2026")
    with workspace_service.open(path, read_only=True) as untouched:
        assert maintenance.digest(untouched) == after
