"""Files kept with records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.store.refusals import InTrash, NoSuchRecord


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.7 scan")
    return path


def test_a_file_is_kept_with_a_record_and_written_out_again(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    note = tmp_path / "note.txt"
    note.write_text("Hello", "utf-8")
    ids = attached_files.attach(desk, meeting, [scan, note])
    assert [child.id for child in records.children(desk, meeting)["attachment"]] == ids
    assert records.titles(desk, ids) == {ids[0]: "扫描件.pdf", ids[1]: "note.txt"}
    assert history.next_undo(desk) == "Attached 2 files to “Kick-off”"
    attached_files.save_as(desk, ids[0], tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == scan.read_bytes()


def test_what_cannot_be_attached_is_said_and_nothing_kept(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    country = records.add(desk, "country", {"alpha2": "ES"})
    with user_error("file-not-there"):
        attached_files.attach(desk, meeting, [scan, tmp_path / "gone.pdf"])
    with user_error("file-not-there"):
        attached_files.attach(desk, meeting, [tmp_path])
    with user_error("no-files-with"):
        attached_files.attach(desk, country, [scan])
    with pytest.raises(NoSuchRecord):
        attached_files.attach(desk, "nobody", [scan])
    with pytest.raises(NoSuchRecord):
        attached_files.save_as(desk, meeting, tmp_path / "copy.pdf")
    records.trash(desk, meeting)
    with pytest.raises(InTrash):
        attached_files.attach(desk, meeting, [scan])
    assert desk.workspace.files.all() == []


def test_a_file_that_has_not_arrived_is_said(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    (id_,) = attached_files.attach(desk, meeting, [scan])
    desk.workspace.files.db.execute("DELETE FROM part")
    desk.workspace.files.db.execute("DELETE FROM file")
    with user_error("file-missing"):
        attached_files.save_as(desk, id_, tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()
