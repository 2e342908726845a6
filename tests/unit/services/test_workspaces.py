"""Workspaces as a whole: made and opened, the sample, checked, backed up and restored."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.silence import LogWatch
from ucapdesk.base import settings
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import AgendaItem, MinuteEntry
from ucapdesk.model.values import Bilingual, Codes, When
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import maintenance, sample, workspace_service
from ucapdesk.store.errors import DiskFull, SecondWriter
from ucapdesk.store.refusals import InTrash
from ucapdesk.store.workspace.workspace import Workspace


def test_the_first_opening_of_a_day_keeps_a_backup(workspace_folder: Path) -> None:
    for _ in range(2):
        workspace_service.open(workspace_folder).close()
    assert [path.name.rpartition("-")[2] for path in (workspace_folder / "backups").glob("*.db")] == ["daily.db"]


def test_reading_works_beside_a_writer_and_keeps_no_backup(workspace_folder: Path) -> None:
    with (
        workspace_service.open(workspace_folder) as _,
        workspace_service.open(workspace_folder, read_only=True) as reader,
    ):
        assert reader.workspace.read_only
        with pytest.raises(SecondWriter):
            workspace_service.open(workspace_folder, read_only=False)


def test_no_room_for_a_backup_is_no_reason_to_stay_closed(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    def full(_: Workspace) -> None:
        raise DiskFull(path=workspace_folder)

    monkeypatch.setattr(Workspace, "daily_copy", full)
    log_watch.expect("no backup of today")
    with workspace_service.open(workspace_folder) as desk:
        assert not desk.workspace.read_only


def test_who_writes_is_taken_from_the_settings(tmp_path: Path) -> None:
    assert workspace_service.this_person()
    settings.save(settings.load().with_(person="Chen Yan"))
    with workspace_service.new(tmp_path / "柳州") as desk:
        assert (desk.workspace.name, desk.workspace.person) == ("柳州", "Chen Yan")
    with workspace_service.new(tmp_path / "two", name="Two", person="Ana", passphrase="secret") as desk:
        assert (desk.workspace.name, desk.workspace.person, desk.workspace.protected) == ("Two", "Ana", True)


def test_a_place_for_a_new_workspace_is_free_and_its_name_fits_any_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_service, "workspaces_dir", lambda: tmp_path)
    assert workspace_service.default_place("柳州: a/b?") == tmp_path / "柳州  a b"
    (tmp_path / "desk").mkdir()
    assert workspace_service.default_place("desk") == tmp_path / "desk 2"
    assert workspace_service.default_place("..") == tmp_path / "UCAPDesk"


def test_the_last_workspace_is_remembered_while_it_is_there(
    workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # from another drive there would be no relative path
    assert workspace_service.last_opened() is None
    workspace_service.note_opened(Path(os.path.relpath(workspace_folder)))
    workspace_service.note_opened(tmp_path / "gone")
    assert workspace_service.last_opened() == workspace_folder.absolute()


@pytest.mark.skipif(sys.platform == "win32", reason="there no folder goes whose files are open")
def test_nothing_is_saved_into_a_folder_that_was_removed_and_what_there_was_is_given(tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "w", person="Ana") as desk:
        meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
        (tmp_path / "w").rename(tmp_path / "moved")
        records.edit(desk, meeting, {"room": "1"})
        shutil.rmtree(tmp_path / "moved")
        with user_error("workspace-removed"):
            records.edit(desk, meeting, {"room": "2"})
        with user_error("workspace-removed"):
            maintenance.backup(desk, tmp_path / "all.ucapbackup")
        exchange_service.give(desk, tmp_path / "all.ucapx")
    with exchange_service.join(tmp_path / "again", tmp_path / "all.ucapx", person="Ana") as desk:
        assert vars(records.get(desk, meeting))["room"] == "1"


def test_the_sample_is_the_paper_with_draft_chinese(tmp_path: Path) -> None:
    with sample.make(tmp_path / "sample") as desk:
        assert desk.workspace.name == "Sample: Liuzhou"
        assert history.next_undo(desk) == "Created the sample"
        theme = records.get(desk, records.listing(desk, "theme")[0])
        assert theme.name.get("zh") == "智慧能源城区"  # type: ignore[attr-defined]
        states = set()
        for kind in LISTED.values():
            for record in records.page(desk, kind.name, records.listing(desk, kind.name)):
                texts = (getattr(record, name) for name in kind.fields)
                if kind.name != "country":
                    states |= {text.state("zh") for text in texts if isinstance(text, Bilingual) and text.get("zh")}
        assert states == {"draft"}
        assert records.count(desk, "country") == 249
        assert records.get(desk, records.listing(desk, "country")[0]).name.state("zh") == ""  # type: ignore[attr-defined]
        desk.undo()
        desk.undo()
        assert records.count(desk, "ucap") == 0


def test_the_sample_is_known_as_one_and_no_other_workspace_is(desk: Desk, tmp_path: Path) -> None:
    assert not sample.is_sample(desk)
    with sample.make(tmp_path / "marked") as made:
        assert sample.is_sample(made)
        maintenance.backup(made, tmp_path / "sample.ucapbackup")
    maintenance.restore_backup(tmp_path / "sample.ucapbackup", tmp_path / "restored")
    with Desk.open(tmp_path / "restored") as restored:
        assert sample.is_sample(restored)


def test_the_sample_of_the_window_lives_in_this_week(tmp_path: Path) -> None:
    with sample.make(tmp_path / "sample", living=True) as desk:
        (visit,) = records.listing(desk, "visit", find="Delegation from Barcelona")
        now = records.get(desk, visit)
        assert now.dates.edtf == "2026-11-02/2026-11-05"  # type: ignore[attr-defined]
        parts = records.children(desk, visit)
        assert [len(parts[kind]) for kind in ("participation", "itinerary_item", "action_item")] == [5, 12, 1]
        for part in parts["itinerary_item"]:
            assert part.when.start  # type: ignore[attr-defined]
        (mou,) = records.listing(desk, "agreement")
        parties: list[Any] = records.children(desk, mou)["agreement_party"]
        assert all(each.represented_by for each in parties)
        assert len(records.listing(desk, "action_item")) == 3


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


SHAPES: dict[str, tuple[Any, Any]] = {
    "when": (When(date="2026-11-25", start="09:00", tz="Europe/Madrid"), When(date="2026-11-26")),
    "ordinal": (3, 4),
    "room": ("12", None),
    "tags": (Codes(["a", "b"]), Codes(["b", "c", "d"])),
    "title": (Bilingual(en="One"), Bilingual(en="Two")),
    "mode": ("online", "in_person"),
}


@pytest.fixture
def meeting(desk: Desk) -> str:
    """A record to write into."""
    return records.add(desk, "meeting", {"summary": Bilingual(en="Something")})


@pytest.mark.rule("U3")
@pytest.mark.parametrize("field", SHAPES)
def test_values_of_every_shape_come_back_in_one_step_that_can_be_undone(desk: Desk, meeting: str, field: str) -> None:
    first, second = SHAPES[field]
    for value in (first, second):
        records.edit(desk, meeting, {field: value})
    before = maintenance.digest(desk)
    assert history.restore(desk, meeting, history.of(desk, meeting)[-1], before=True)
    back = getattr(records.get(desk, meeting), field)
    assert sorted(back) == sorted(first) if isinstance(first, Codes) else back == first
    assert history.of(desk, meeting)[-1].sentence.startswith("Restored an earlier state of ")
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_one_language_comes_back_and_the_other_stays(desk: Desk, meeting: str) -> None:
    for value in (Bilingual(en="One", zh="一"), Bilingual(en="Two", zh="二")):
        records.edit(desk, meeting, {"title": value})
    entry = next(each for each in history.of(desk, meeting) if each.field == "title.en" and each.new == "One")
    assert history.restore(desk, meeting, entry)
    assert records.get(desk, meeting).title == Bilingual(en="One", zh="二")  # type: ignore[attr-defined]


def test_what_is_said_of_a_text_comes_back_with_the_texts_it_was_said_of(desk: Desk, meeting: str) -> None:
    said = Bilingual(en="One", zh="一").mark("zh", "approved")
    records.edit(desk, meeting, {"title": said})
    records.edit(desk, meeting, {"title": said.mark("zh", "draft")})
    entry = next(each for each in history.of(desk, meeting) if each.new == "approved")
    assert history.restore(desk, meeting, entry)
    assert records.get(desk, meeting).title.state("zh") == "approved"  # type: ignore[attr-defined]


def test_what_a_field_holds_already_is_not_written_again(desk: Desk, meeting: str) -> None:
    log = maintenance.digest(desk, log=True)
    assert not history.restore(desk, meeting, history.of(desk, meeting)[-1])
    assert maintenance.digest(desk, log=True) == log


def test_a_link_into_the_trash_is_not_brought_back(desk: Desk, meeting: str) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit")})
    for value in (visit, None):
        records.edit(desk, meeting, {"visit": value})
    records.trash(desk, visit)
    with pytest.raises(InTrash):
        history.restore(desk, meeting, history.of(desk, meeting)[-1], before=True)


@pytest.mark.parametrize("kind", ["country", "place", "ucap", "person", "visit", "ucap_side", "affiliation"])
def test_every_kind_is_copied_in_one_step(liuzhou: Desk, kind: str) -> None:
    before = maintenance.digest(liuzhou)
    first = records.listing(liuzhou, kind)[0]
    copy = records.copy_with_parts(liuzhou, first)
    assert copy != first
    assert history.next_undo(liuzhou, "en") == (
        f"Duplicated “{records.titles(liuzhou, [first], 'en')[first]}” ({KINDS[kind].label('en')})"
    )
    history.undo(liuzhou)
    assert maintenance.digest(liuzhou) == before


def test_a_copy_has_all_the_parts_and_all_their_values(liuzhou: Desk) -> None:
    first = records.listing(liuzhou, "ucap")[0]
    copy = records.copy_with_parts(liuzhou, first)
    for kind, parts in records.children(liuzhou, first).items():
        copied = records.children(liuzhou, copy)[kind]
        names = [name for name in KINDS[kind].fields if name != "owner"]
        assert [[getattr(part, name) for name in names] for part in copied] == [
            [getattr(part, name) for name in names] for part in parts
        ]


def test_links_among_the_parts_of_a_copy_lead_to_the_copied_parts(liuzhou: Desk) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    topic = records.add(liuzhou, "agenda_item", {"owner": meeting, "title": Bilingual(en="Topic")})
    values = {"owner": meeting, "text": Bilingual(en="Said"), "agenda_item": topic}
    records.add(liuzhou, "minute_entry", values)
    with liuzhou.save(["record.add", {}]) as work:
        work.new(Pack, owner=meeting, document="agenda", version=1)
    copy = records.copy_with_parts(liuzhou, meeting)
    (line,) = liuzhou.read.children(copy, MinuteEntry)
    topics = [each.id for each in liuzhou.read.children(copy, AgendaItem) if each.title == Bilingual(en="Topic")]
    assert [line.agenda_item] == topics != [topic]
    assert liuzhou.read.children(copy, Pack) == [], "nothing was printed of it"


def test_what_is_in_the_trash_is_not_copied(liuzhou: Desk) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    records.trash(liuzhou, meeting)
    with pytest.raises(InTrash):
        records.copy_with_parts(liuzhou, meeting)
