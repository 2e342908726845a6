"""A damaged or full disk: what can be read is read and given, everything else says a sentence, and no lock is left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.helpers.disks import fill, small_disk
from tests.helpers.errors import user_error
from tests.journeys.conftest import run
from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.exchange import devices
from ucapdesk.services import agreements, home
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DAMAGED_WORKSPACE, DamagedDatabase

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
