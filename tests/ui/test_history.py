"""The history of a record, from which any field is brought back, and the Trash, from which any record is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from tests.helpers.changesets import take_in
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.base.i18n import use_language
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.lists import list_pane
from ucapdesk.ui.record.record_dialogs import HistoryDialog, marked
from ucapdesk.ui.window.sections import TRASH


def _open(user: User, id_: str) -> HistoryDialog:
    dialog = HistoryDialog(user.desk, id_, user.window)
    user.bot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    user.bot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def _cells(dialog: HistoryDialog, row: int = 0) -> list[str]:
    model = dialog.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def _choose_field(dialog: HistoryDialog, field: str) -> None:
    dialog.fields.setCurrentIndex(dialog.fields.findData(field))


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that was renamed twice, in both languages."""
    id_ = user.id("meeting")
    for english, chinese in (("Opening", "开幕式"), ("Closing", "闭幕式")):
        records.edit(user.desk, id_, {"title": Bilingual(en=english, zh=chinese)})
    return id_


@pytest.mark.row("X8")
@pytest.mark.rule("U3", "R11")
def test_who_wrote_what_and_when_in_both_languages_newest_first(user: User, meeting: str) -> None:
    dialog = _open(user, meeting)
    rows = {tuple(_cells(dialog, row)[1:]) for row in range(2)}
    assert rows == {("Title · English", "Opening", "Closing"), ("Title · 中文", "开幕式", "闭幕式")}
    when, who = _cells(dialog)[0].split("\n")
    assert who == user.desk.workspace.person
    assert when == "Mon 2 Nov 2026 09:00"


def test_one_field_is_looked_at_alone(user: User, meeting: str) -> None:
    dialog = _open(user, meeting)
    _choose_field(dialog, "title.zh")
    assert dialog.table.rowCount() == 3
    assert {_cells(dialog, row)[1] for row in range(3)} == {"Title · 中文"}


def test_what_went_and_what_came_is_told_apart_without_colours() -> None:
    said = marked("The first meeting of 柳州市", "The second meeting of 桂林市")
    assert "<s" in said
    assert ">first</s>" in said
    assert ">second</u>" in said
    assert ">柳州</s>" in said
    assert "市</u>" not in said
    assert marked("same", "same") == "same"
    assert "&lt;b&gt;" in marked("", "<b>")
    long = marked("a " * 3000, "b " * 3000)
    assert long.count("<s") == long.count("<u") == 1


def test_the_difference_of_the_chosen_entry_is_shown_and_told_to_a_screen_reader(user: User, meeting: str) -> None:
    dialog = _open(user, meeting)
    _choose_field(dialog, "title.en")
    assert ">Opening</s>" in dialog.detail.text()
    assert ">Closing</u>" in dialog.detail.text()
    assert dialog.detail.accessibleName() == "Before: Opening. After: Closing."


@pytest.mark.rule("U3", "R11")
def test_a_field_is_brought_back_from_here_and_that_can_be_undone(user: User, meeting: str) -> None:
    before = maintenance.digest(user.desk)
    dialog = _open(user, meeting)
    _choose_field(dialog, "title.en")
    dialog.table.selectRow(1)
    user.bot.mouseClick(dialog.after, Qt.MouseButton.LeftButton)
    assert dialog.restored == "title.en"
    assert user.value(meeting, "title")["en"] == "Opening"
    assert user.value(meeting, "title")["zh"] == "闭幕式", "only the one field"
    user.window.do("edit.undo")
    assert maintenance.digest(user.desk) == before


def test_what_a_field_holds_already_is_not_written_again(user: User, meeting: str) -> None:
    log = maintenance.digest(user.desk, log=True)
    dialog = _open(user, meeting)
    dialog.after.click()
    assert dialog.isVisible()
    assert "holds now" in dialog._said.text()
    assert maintenance.digest(user.desk, log=True) == log


def test_the_history_is_used_with_keys_alone(user: User, meeting: str) -> None:
    dialog = _open(user, meeting)
    assert dialog.table.hasFocus()
    user.press(Qt.Key.Key_Down)
    assert dialog.table.currentRow() == 1
    for _ in range(8):
        user.press(Qt.Key.Key_Tab)
        if user.focus() is dialog.before:
            break
    user.press(Qt.Key.Key_Space)
    assert dialog.restored
    assert not dialog.isVisible()


def test_escape_closes_the_history(user: User, meeting: str) -> None:
    dialog = _open(user, meeting)
    user.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_command_says_what_was_brought_back_and_frames_the_field(
    user: User, meeting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring_back(dialog: HistoryDialog) -> int:
        dialog.before.click()
        return dialog.result()

    monkeypatch.setattr(HistoryDialog, "exec", bring_back)
    user.open(meeting)
    user.press(Qt.Key.Key_H, ctrl=True)
    assert said_by(user.window.toast).startswith("“Title · ")
    assert user.window.findChild(QFrame, "highlight") is not None


@pytest.mark.rule("U3")
def test_the_value_that_lost_a_conflict_is_there_with_its_author(
    user: User,
    sample_made: Path,
    tmp_path: Path,
) -> None:
    meeting = user.id("meeting")
    with Desk.open(shutil.copytree(sample_made, tmp_path / "chen")) as other:
        other.rename_person("Chen Yan")
        records.edit(other, meeting, {"room": "301"})
        records.edit(user.desk, meeting, {"room": "12"})
        take_in(user.desk, other.log.changesets())
    rooms = {(each.person, each.after) for each in history.of(user.desk, meeting) if each.field == "room"}
    assert rooms == {("Chen Yan", "301"), (user.desk.workspace.person, "12")}
    shown = user.value(meeting, "room")
    lost = next(each for each in history.of(user.desk, meeting) if each.field == "room" and each.after != shown)
    assert history.restore(user.desk, meeting, lost)
    assert user.value(meeting, "room") == lost.after
    assert not [each for each in user.desk.questions() if each.state == "decide"]


# -- the Trash ------------------------------------------------------------------------------------


def _rows(user: User) -> list[tuple[str, ...]]:
    model = user.window.shelf.trash.rows.model()
    return [tuple(model.index(row, column).data() for column in range(2)) for row in range(model.rowCount())]


def test_the_trash_tells_kind_title_when_and_by_whom(user: User) -> None:
    person = user.id("person")
    records.trash(user.desk, person)
    user.window.show_section(TRASH)
    ((what, who),) = _rows(user)
    assert what == f"{records.titles(user.desk, [person])[person]}\nPerson"
    assert who.endswith("\n" + user.desk.workspace.person)


@pytest.mark.row("X7")
def test_chosen_rows_are_restored_in_one_step(user: User) -> None:
    before = maintenance.digest(user.desk)
    gone = [user.id("person"), user.id("meeting")]
    for id_ in gone:
        records.trash(user.desk, id_)
    user.window.show_section(TRASH)
    user.window.shelf.trash.rows.setFocus()
    user.window.shelf.trash.rows.setCurrentCell(0, 0)
    user.press(Qt.Key.Key_A, ctrl=True)
    user.click("trash.restore")
    assert maintenance.digest(user.desk) == before
    assert said_by(user.window.toast) == "2 records are restored."
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert all(records.get(user.desk, id_).is_deleted for id_ in gone)


def test_enter_restores_the_row(user: User) -> None:
    meeting = user.id("meeting")
    records.trash(user.desk, meeting)
    user.window.show_section(TRASH)
    user.window.shelf.trash.rows.setFocus()
    user.window.shelf.trash.rows.setCurrentCell(0, 0)
    user.press(Qt.Key.Key_Return)
    assert not records.get(user.desk, meeting).is_deleted


@pytest.mark.rule("U5", "R10")
def test_what_is_old_folds_away_and_nothing_is_ever_emptied(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    records.trash(user.desk, user.id("meeting"))
    monkeypatch.setattr(list_pane, "RECENT_DAYS", -1)
    user.window.show_section(TRASH)
    pane = user.window.shelf.trash
    assert _rows(user) == []
    assert pane.old.text() == "▸ 1 older than 30 days"
    user.click("trash.old")
    assert len(_rows(user)) == 1
    user.click("trash.old")
    assert _rows(user) == []
    words = [button.text() for button in user.window.findChildren(QPushButton)]
    assert not [word for word in words if "mpty" in word]


def test_the_history_speaks_the_readers_language(user: User, meeting: str) -> None:
    for lang in ["en", "zh"]:
        use_language(lang)
        dialog = _open(user, meeting)
        assert _cells(dialog)[1] in [history.label_of("meeting", cell, lang) for cell in ("title.en", "title.zh")]
