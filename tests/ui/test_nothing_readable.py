"""No word of a protected workspace stands in any byte on the disk: folder, logs, settings, temporary files, previews, copies."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.marker_words import places
from tests.helpers.shown import child, on_screen
from tests.ui.conftest import User
from ucapdesk.base import logs
from ucapdesk.model.listing import ListView
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, lists, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store import drafts
from ucapdesk.store.drafts import Draft
from ucapdesk.store.workspace.folder import STORE
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.record.attachments import FileList

FAMILY, FILE, TEXT, HAN, INSIDE, NAME = (
    "Zwetschgen", "Quittengelee", "Holunder", "鱻龘馕", "Mirabellen", "Schlehenfeuer",
)  # fmt: skip
WORDS = (FAMILY, FILE, TEXT, HAN, INSIDE, NAME)
PASSPHRASE, ANOTHER = "rain over the river", "snow on the hills"


@pytest.fixture
def places_of_all(
    tmp_path: Path, config_dir: Path, dressed: object, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, ...]:
    """The workspace to be, and wherever else the program writes: temporary files, settings, logs."""
    scratch = tmp_path / "temporary"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    return tmp_path / "w", scratch, config_dir, logs.log_file().parent


def fill(desk: Desk, folder: Path) -> str:
    meeting = records.add(
        desk, "meeting", {"title": Bilingual(en=f"{TEXT} meeting", zh=HAN), "notes": Bilingual(en=TEXT)}
    )
    person = records.add(desk, "person", {"name": PersonName(family=FAMILY, given=HAN), "email": f"{TEXT}@example.org"})
    if desk.workspace.protected:
        records.edit(desk, person, {"passport_number": TEXT})
    scan = folder / f"{FILE}.txt"
    scan.write_text(f"passport of {INSIDE} " * 500)
    attached_files.attach(desk, meeting, [scan])
    scan.unlink()
    lists.keep_view(desk, FAMILY, ListView("person", find=FAMILY))
    desk.workspace.daily_copy()
    desk.workspace.keep_copy("receive")
    return meeting


def at_the_window(user: User, meeting: str, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Searching, typing without leaving the field, looking at paper, opening the file; what was handed to other programs."""
    handed: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: handed.append(Path(url.toLocalFile())))
    user.open(meeting)
    user.window.search.setText(TEXT)
    user.window.list.filter.setText(TEXT)
    user.open(meeting)
    user.type("title.en", f"{TEXT} typed", leave=False)
    drafts.keep(user.desk, Draft("meeting", meeting, "title", f"{TEXT} typed", {}))
    paper = on_screen(user.bot, PaperDialog(user.desk, [meeting], user.window))
    save = child(paper, QPushButton, "pack.save")
    user.bot.waitUntil(save.isEnabled)
    paper.done(0)
    files = child(user.window.record, FileList)
    files.select(records.listing(user.desk, "attachment")[0])
    user.click("files.open")
    return handed


@pytest.mark.parametrize("passphrase", [PASSPHRASE, None])
def test_no_word_stands_anywhere(
    qtbot: QtBot, places_of_all: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    folder, everything = places_of_all[0], places_of_all
    with workspace_service.new(folder, name=NAME, person="Ana", passphrase=passphrase) as desk:
        meeting = fill(desk, folder.parent)
        workspace_service.rename_person(desk, FAMILY)
        user = User(qtbot, desk)
        workspace_service.note_opened(folder)
        (copy,) = at_the_window(user, meeting, monkeypatch)
        maintenance.backup(desk, folder / "all.ucapbackup")
        with desk.workspace.sources() as databases, desk.workspace.throwaway_copy(databases[STORE]):
            found = places(everything, WORDS)
        shown = [place for place in found if place.startswith(str(copy.parent))]
        assert shown, "as long as it is open the copy can be read, and its name beside it, by this user alone"
        assert user.window.close()
        found = [place for place in found if place not in shown]
    if not passphrase:  # the search would have found it
        assert {"store.db", "store.db-wal", "all.ucapbackup", "workspace.json"} <= {
            Path(place.split(" ")[0].rstrip(":")).name for place in found
        }
        return
    assert found == []
    assert places(everything, WORDS) == []
    workspace_service.change_passphrase(folder, passphrase, ANOTHER)
    with workspace_service.open(folder, passphrase=ANOTHER) as desk:
        assert [each.name for each in lists.saved_views(desk)] == [FAMILY]
        assert places(everything, WORDS) == []
