"""Copies of attachments shown by other programs go with the opening that made them, or with the next one of any workspace."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.helpers.kills import KILLED, ends_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.workspace.file_store import MARK, CopiesOut
from ucapdesk.store.workspace.folder import FILE

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
