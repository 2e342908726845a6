"""Attachments: their bytes in the workspace, and copies opened in other programs."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.helpers.kills import KILLED, ends_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DiskFull, FileDamaged
from ucapdesk.store.workspace import file_store as files_module
from ucapdesk.store.workspace.database import connect
from ucapdesk.store.workspace.file_store import MARK, CopiesOut, Files
from ucapdesk.store.workspace.folder import FILE

KEY = bytearray(range(32))


@pytest.fixture(params=[None, KEY], ids=["plain", "protected"])
def kept(tmp_path: Path, clock: FrozenClock, request: pytest.FixtureRequest) -> Iterator[Files]:
    files = Files(tmp_path / "files.db", request.param, clock=clock)
    yield files
    files.close()


def counts(files: Files) -> tuple[int, int]:
    return tuple(files.db.execute("SELECT (SELECT count(*) FROM file), (SELECT count(*) FROM part)").fetchone())


@pytest.mark.parametrize("size", [0, 1, files_module.PART - 1, files_module.PART, files_module.PART + 1, 5_000_000])
def test_a_file_comes_back_as_it_was(kept: Files, tmp_path: Path, size: int) -> None:
    content = (b"scan %d " % size * (size // 8 + 1))[:size]
    (tmp_path / "MoU 柳州.pdf").write_bytes(content)
    said = kept.put(tmp_path / "MoU 柳州.pdf")
    assert (said.name, said.mime, said.size) == ("MoU 柳州.pdf", "application/pdf", size)
    assert said.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.read(said.sha256) == content
    assert kept.has(said.sha256)


def test_the_same_bytes_are_kept_once(kept: Files) -> None:
    one = kept.put(b"same", name="a.txt")
    two = kept.put(b"same", name="b.bin", mime="text/x-other")
    assert one.sha256 == two.sha256
    assert (two.name, two.mime) == ("b.bin", "text/x-other")
    assert kept.all() == [one.sha256]
    assert counts(kept) == (1, 1)


def test_a_kept_file_is_there_for_the_next_connection(tmp_path: Path) -> None:
    first, second = Files(tmp_path / "files.db", KEY), Files(tmp_path / "files.db", KEY, read_only=True)
    said = first.put(b"x" * 3_000_000)
    assert second.read(said.sha256 or "") == b"x" * 3_000_000
    first.close()
    second.close()


def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing(kept: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "MAX_FILE_BYTES", 2 * 2**20)
    with user_error("file-too-big", match=r"big\.bin is larger than 2 MB"):
        kept.put(b"x" * (2 * 2**20 + 1), name="big.bin")
    assert counts(kept) == (0, 0)
    kept.put(b"x" * 2 * 2**20)


def test_a_file_that_cannot_be_read_is_named(kept: Files, tmp_path: Path) -> None:
    with user_error("not-there", match=r"gone\.pdf"):
        kept.put(tmp_path / "gone.pdf")
    with user_error("not-allowed" if os.name == "nt" else "disk-trouble"):  # a folder that is read as a file
        kept.put(tmp_path)
    assert counts(kept) == (0, 0)


def test_a_full_disk_is_said_and_leaves_nothing(kept: Files) -> None:
    small = kept.put(b"small").sha256 or ""
    pages = kept.db.execute("PRAGMA page_count").fetchone()[0]
    kept.db.execute(f"PRAGMA max_page_count={pages + 50}")
    with pytest.raises(DiskFull):
        kept.put(b"y" * 1_000_000)
    assert kept.all() == [small]
    assert counts(kept) == (1, 1)
    kept.db.execute("PRAGMA max_page_count=1000000")
    kept.put(b"y" * 1_000_000)


def test_bytes_that_are_not_here_are_a_state_with_a_sentence(kept: Files) -> None:
    assert not kept.has("0" * 64)
    with user_error("file-missing"):
        kept.read("0" * 64)


def test_changed_bytes_are_noticed(tmp_path: Path) -> None:
    files = Files(tmp_path / "files.db")
    good, bad = files.put(b"good").sha256 or "", files.put(b"bad" * 600_000).sha256 or ""
    files.db.execute("UPDATE part SET bytes = zeroblob(length(bytes)) WHERE pos = 1")
    with pytest.raises(FileDamaged):
        files.read(bad)
    assert files.damaged() == [bad]
    assert files.read(good) == b"good"
    files.close()


def test_a_large_file_leaves_no_large_log_behind(tmp_path: Path) -> None:
    files = Files(tmp_path / "files.db", KEY)
    files.put(b"z" * 10 * 2**20)
    assert (tmp_path / "files.db-wal").stat().st_size == 0
    files.close()


def test_received_packages_have_their_table(tmp_path: Path) -> None:
    Files(tmp_path / "files.db").close()
    db = connect(tmp_path / "files.db", read_only=True)
    assert [row[1] for row in db.execute("PRAGMA table_info(package)")] == ["sha256", "name", "at", "state", "note"]
    db.close()


SHOWING = """
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.desk import Desk
def step(folder):
    desk = Desk.open(Path(folder))
    attached_files.open_copy(desk, records.listing(desk, "attachment")[0])
    kill_self()
"""


@pytest.fixture
def attached(workspace_folder: Path, tmp_path: Path) -> Path:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    with Desk.open(workspace_folder) as desk:
        attached_files.attach(desk, records.add(desk, "meeting", {"title": Bilingual(en="Opening")}), [scan])
    return workspace_folder


def copies(config_dir: Path) -> list[str]:
    return [path.name for path in (config_dir / "opened").rglob("*.pdf")]


def test_they_go_when_the_workspace_is_closed_and_stay_as_long_as_it_is_open(
    attached: Path, config_dir: Path, tmp_path: Path
) -> None:
    with Desk.open(attached) as desk:
        copy = attached_files.open_copy(desk, records.listing(desk, "attachment")[0])
        if sys.platform != "win32":  # there the folder is the user's own by its place
            assert (copy.stat().st_mode | copy.parent.parent.stat().st_mode) & 0o077 & ~0o044 == 0
        Desk.create(tmp_path / "other", name="Other", person="Ana").close()
        Desk.open(attached, read_only=True).close()
        assert copies(config_dir) == ["scan.pdf"]
        shutil.rmtree(config_dir / "opened")
        assert not desk.workspace.copies_out.changed()
        attached_files.open_copy(desk, records.listing(desk, "attachment")[0])
        assert copies(config_dir) == ["scan.pdf"]
    assert list((config_dir / "opened").iterdir()) == []


def test_what_a_killed_program_left_goes_when_any_workspace_is_opened(
    attached: Path, config_dir: Path, tmp_path: Path
) -> None:
    assert ends_of(SHOWING, (str(attached),)) == [KILLED]
    old = config_dir / "opened" / "of an earlier release" / "attachment"
    old.mkdir(parents=True)
    (old / "old.pdf").write_bytes(b"%PDF-1.7")
    (old / f"old{MARK}").touch()  # the disk was full, or the computer went out
    assert sorted(copies(config_dir)) == ["old.pdf", "scan.pdf"]
    Desk.create(tmp_path / "other", name="Other", person="Ana").close()
    assert copies(config_dir) == []


def test_what_was_written_into_such_a_copy_is_known_to_the_next_window_of_its_workspace(
    attached: Path, config_dir: Path, tmp_path: Path
) -> None:
    assert ends_of(SHOWING, (str(attached),)) == [KILLED]
    (copy,) = (config_dir / "opened").rglob("*.pdf")
    with Desk.open(attached):  # from the command line, while Word still shows it
        pass
    copy.write_bytes(b"%PDF-1.7 signed")
    os.utime(copy, ns=(1, 1))
    Desk.create(tmp_path / "other", name="Other", person="Ana").close()
    with Desk.open(attached) as desk:
        assert not desk.workspace.copies_out.changed()
        desk.workspace.copies_out.go_on()
        (attachment,) = records.listing(desk, "attachment")
        assert desk.workspace.copies_out.changed() == [(attachment, copy)]
    with Desk.open(attached) as desk:  # it ended in the middle of the question
        desk.workspace.copies_out.go_on()
        desk.workspace.copies_out.note(attachment, copy)
    assert copies(config_dir) == []


def test_what_several_openings_left_that_were_killed_the_next_start_knows(config_dir: Path) -> None:
    for at, attachment in enumerate("bab"):
        killed = CopiesOut("workspace")
        copy = killed.place(attachment) / f"{at}.pdf"
        copy.write_bytes(b"%PDF-1.7 signed")
        os.utime(copy, (9, 9 - at))
        killed.note(attachment, copy, at=1)
        for lock in killed._held.values():
            lock.release()
    (config_dir / "opened" / "workspace-of-root" / FILE).mkdir(parents=True)  # it cannot be opened
    started = CopiesOut("workspace")
    started.go_on()
    told = started.changed()
    assert [(attachment, copy.name) for attachment, copy in told] == [("b", "2.pdf"), ("a", "1.pdf"), ("b", "0.pdf")]
    for attachment, copy in told:
        started.note(attachment, copy)
    started.forget()
    assert copies(config_dir) == []
