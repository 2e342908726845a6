"""Undo of all that the window does; the history of a record; templates."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QFrame, QMessageBox, QPushButton

from tests.helpers.changesets import take_in
from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, press_in
from ucapdesk.base.i18n import use_language
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.files import imports
from ucapdesk.services.records import history, lists, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.lists import list_pane
from ucapdesk.ui.lists.list_dialogs import BulkDialog
from ucapdesk.ui.record.record_dialogs import HistoryDialog, TemplatesDialog, marked
from ucapdesk.ui.screens.people_screens import PartnershipDialog
from ucapdesk.ui.toolkit import keyboard_focus
from ucapdesk.ui.window.command_table import Command, Condition
from ucapdesk.ui.window.commands import command_context as needs
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.help_dialogs import DateDialog
from ucapdesk.ui.window.sections import TRASH

Hands = Callable[[User], object]
CLOSING = ("file.close", "file.quit")


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs are left at once, unless a test answers them."""
    monkeypatch.setattr(QDialog, "exec", lambda _: 0)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: 0)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")


def _digest(user: User) -> dict[str, str]:
    return maintenance.digest(user.desk)


def _log(user: User) -> str:
    return maintenance.digest(user.desk, log=True)["log"]


def _meeting(user: User) -> str:
    return user.open(user.id("meeting"))


def _action(user: User, text: str = "Send the schema") -> str:
    return user.open(records.add(user.desk, "action_item", {"text": Bilingual(en=text)}))


def _trashed(user: User) -> None:
    meeting = user.id("meeting")
    records.trash(user.desk, meeting)
    user.open(meeting)


def _person(user: User) -> str:
    return user.open(user.id("person"))


# What must be shown for a command of this condition; a meeting for any other.
READY: dict[Condition, Hands] = {
    needs.guest_shown: _person,
    needs.action_shown: _action,
    needs.trashed_shown: _trashed,
}


def _name_it(user: User) -> None:
    field = next(name for name in ("title", "text", "name") if name in user.form.editors)
    user.type(f"{field}.en", "Something new")


def _pick_date(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(dialog: DateDialog) -> int:
        dialog.line.setText("2026-11-27")
        dialog.foot.accepted.emit()
        return dialog.result()

    monkeypatch.setattr(DateDialog, "exec", answer)


def _bring_back(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    records.edit(user.desk, _meeting(user), {"title": Bilingual(en="Renamed")})

    def answer(dialog: HistoryDialog) -> int:
        dialog.before.click()
        return dialog.result()

    monkeypatch.setattr(HistoryDialog, "exec", answer)


def _tag_all(_: User, monkeypatch: pytest.MonkeyPatch) -> None:

    def answer(dialog: BulkDialog) -> int:
        dialog.bulk = lists.Bulk(KINDS["meeting"].fields["tags"], lists.ADD, Codes(["together"]))
        return 1

    monkeypatch.setattr(BulkDialog, "exec", answer)


def _choose_file(path: Path) -> Callable[[User, pytest.MonkeyPatch], None]:
    def choose(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))

    return choose


def _name_another(user: User, monkeypatch: pytest.MonkeyPatch) -> None:

    def choose(dialog: PickerDialog) -> int:
        dialog.chosen = [user.id("meeting", 1)]
        return 1

    def answer(dialog: DuplicatesDialog) -> int:
        dialog.yes.click()
        return dialog.result()

    monkeypatch.setattr(PickerDialog, "exec", choose)
    monkeypatch.setattr(DuplicatesDialog, "exec", answer)


def _import_paper(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper of the sample, into a workspace from which all of it is gone."""
    for ids in (records.listing(user.desk, kind) for kind in ("meeting", "visit", "theme")):
        records.trash(user.desk, *ids)
    user.window.show_record(None)
    paper = Path(user.desk.workspace.path) / "paper.txt"
    text = (resource("sample") / "ucap-liuzhou.txt").read_text(encoding="utf-8")
    paper.write_text(text.replace("Liuzhou", "Songzhou"), encoding="utf-8")
    _choose_file(paper)(user, monkeypatch)
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)


def _edit(user: User, _: pytest.MonkeyPatch) -> None:
    records.edit(user.desk, _meeting(user), {"room": "12"})


def _edit_and_undo(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _edit(user, monkeypatch)
    history.undo(user.desk)


def _copy_signature(_: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's signature is on the clipboard, and all of it is wanted."""
    QApplication.clipboard().setText("张伟\n柳州市发改委\nzw@example.cn")
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)


def _keep_agenda(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    records.add(user.desk, "agenda_item", {"owner": _meeting(user), "title": Bilingual(en="Opening")})

    def answer(dialog: TemplatesDialog) -> int:
        dialog.name.setText("Usual")
        keep = child(dialog, QPushButton, "templates.keep.agenda")
        keep.click()
        return dialog.result()

    monkeypatch.setattr(TemplatesDialog, "exec", answer)


BEFORE: dict[str, Callable[[User, pytest.MonkeyPatch], None]] = {
    "edit.undo": _edit,
    "edit.redo": _edit_and_undo,
    "edit.change_many": _tag_all,
    "file.copied": _copy_signature,
    "record.copy_to_date": _pick_date,
    "record.templates": _keep_agenda,
    "file.receive": _import_paper,
    "record.attach": _choose_file(resource("sample") / "ucap-liuzhou.txt"),
    "record.history": _bring_back,
    "record.same_as": _name_another,
}
AFTER: dict[str, Hands] = dict.fromkeys(("record.new", "record.meeting", "record.action"), _name_it)
NEED_WRITABLE = {
    needs.writable, needs.editable_shown, needs.trashed_shown, needs.mergeable_shown, needs.action_shown,
    needs.template_owner_shown, needs.occasion_shown, needs.guest_shown, needs.file_owner_shown,
}  # fmt: skip
WRITING = [spec for spec in menu_commands() if spec.enabled in NEED_WRITABLE or spec.name in BEFORE]


def _give(user: User, spec: Command) -> None:
    user.window.do(spec.name)
    user.bot.waitUntil(lambda: not user.window.work.busy)
    if spec.name in AFTER:
        AFTER[spec.name](user)


@pytest.mark.row("X7")
@pytest.mark.rule("C5", "U2", "R7")
@pytest.mark.parametrize("spec", WRITING, ids=lambda spec: spec.name)
def test_one_step_back_after_a_command_leaves_everything_as_it_was(
    user: User, spec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    READY.get(spec.enabled, _meeting)(user)
    if spec.name in BEFORE:
        BEFORE[spec.name](user, monkeypatch)
    before, log = _digest(user), _log(user)
    _give(user, spec)
    assert _log(user) != log, f"{spec.name} wrote nothing: BEFORE or AFTER does not say how a person gives it"
    assert _digest(user) != before
    user.window.do("edit.redo" if spec.name == "edit.undo" else "edit.undo")
    assert _digest(user) == before


def test_commands_that_only_look_and_go_write_nothing(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _pick_date(user, monkeypatch)
    monkeypatch.setattr(user.window, "dress_anew", lambda: None)  # looks are no records, and take long
    _meeting(user)
    log = _log(user)
    for spec in menu_commands():
        if spec not in WRITING and spec.name not in CLOSING:
            user.window.do(spec.name)
            user.bot.waitUntil(lambda: not user.window.work.busy)
            QApplication.processEvents()
            assert _log(user) == log, spec.name
    user.open(user.id("ucap"))
    shown: list[str] = []
    answer(monkeypatch, PartnershipDialog, lambda dialog: shown.append(dialog.windowTitle()))
    user.window.do("record.partnership")
    assert (len(shown), _log(user)) == (1, log)


def test_a_due_date_set_from_the_list_is_one_step(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _pick_date(user, monkeypatch)
    action = _action(user)
    before = _digest(user)
    user.press(Qt.Key.Key_G, ctrl=True)
    assert user.value(action, "due") == PartialDate("2026-11-27")
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert _digest(user) == before


# -- where one sees it ----------------------------------------------------------------------------


@pytest.mark.rule("U1")
def test_undo_goes_to_the_record_and_frames_the_field_for_two_seconds(user: User) -> None:
    meeting = _meeting(user)
    user.type("title.en", "Opening")
    user.open(user.id("person"))
    press_in(user, user.window.list.view, Qt.Key.Key_Z, ctrl=True)
    assert user.window.record.id == meeting
    assert user.value(meeting, "title")["en"] != "Opening"
    frame = user.find(QFrame, "highlight")
    assert frame.isVisible()
    editor, page = user.editor("title"), frame.parentWidget()
    assert frame.geometry().contains(QRect(editor.mapTo(page, QPoint(0, 0)), editor.size()))
    user.form.hide()  # as another tab does
    assert not frame.isVisible(), "the frame stands around nothing"
    assert keyboard_focus.SECONDS == 2


@pytest.mark.rule("U1")
def test_the_frame_goes_away_by_itself(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboard_focus, "SECONDS", 0.05)
    _meeting(user)
    user.type("title.en", "Opening")
    user.window.do("edit.undo")
    user.bot.waitUntil(lambda: user.window.findChild(QFrame, "highlight") is None)


@pytest.mark.rule("U1", "R7")
def test_undo_says_what_and_offers_to_do_it_again(user: User) -> None:
    meeting = _meeting(user)
    user.type("title.en", "Opening")
    user.press(Qt.Key.Key_Z, ctrl=True)
    toast = user.window.toast
    assert said_by(toast).startswith("Undone: Changed “")
    assert "Title · English" in said_by(toast)
    assert toast.button.text() == "Redo"
    user.bot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert toast.button.text() == "Undo"
    user.bot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert user.value(meeting, "title")["en"] != "Opening"


def test_nothing_to_undo_is_said_in_one_sentence(user: User) -> None:
    while history.next_undo(user.desk) is not None:
        history.undo(user.desk)
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert said_by(user.window.notice)


@pytest.mark.rule("U4", "R32")
def test_an_import_is_undone_without_a_question_but_for_what_somebody_else_changed_since(
    user: User,
    sample_made: Path,
    tmp_path: Path,
) -> None:
    paper = tmp_path / "paper.txt"
    text = (resource("sample") / "ucap-liuzhou.txt").read_text(encoding="utf-8")
    paper.write_text(text.replace("Liuzhou", "Songzhou"), encoding="utf-8")
    before = set(records.listing(user.desk, "meeting"))
    (report,) = imports.import_files(user.desk, [paper])
    changed, *others = [id_ for kind, id_ in report.records if kind == "meeting" and id_ not in before]
    with Desk.open(shutil.copytree(sample_made, tmp_path / "chen")) as other:
        take_in(other, user.desk.log.changesets())
        records.edit(other, changed, {"room": "301"})
        take_in(user.desk, other.log.changesets())
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert not records.get(user.desk, changed).is_deleted
    assert user.value(changed, "room") == "301"
    assert all(records.get(user.desk, id_).is_deleted for id_ in others)
    title = records.titles(user.desk, [changed])[changed]
    assert f"Kept, because it was changed since: {title}" in said_by(user.window.toast)


@pytest.mark.rule("U5", "R10")
def test_delete_asks_nothing_and_says_how_to_bring_it_back(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_: object) -> int:
        raise AssertionError("a question")

    monkeypatch.setattr(QDialog, "exec", asked)
    monkeypatch.setattr(QMessageBox, "exec", asked)
    meeting = _meeting(user)
    press_in(user, user.window.list.view, Qt.Key.Key_Delete)
    assert records.get(user.desk, meeting).is_deleted
    assert said_by(user.window.toast).endswith("is in the Trash.")
    user.bot.mouseClick(user.window.toast.button, Qt.MouseButton.LeftButton)
    assert not records.get(user.desk, meeting).is_deleted


def _open(user: User, id_: str) -> HistoryDialog:
    dialog = kept_by(user.bot, HistoryDialog(user.desk, id_, user.window))
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


def _press(user: User, dialog: TemplatesDialog, name: str) -> None:
    button = child(dialog, QPushButton, f"templates.{name}")
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_agenda_is_kept_and_used_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (add_record(user, "meeting", f"title.en={name}") for name in ("First", "Second"))
    add_record(user, "agenda_item", f"owner={first}", "title.en=Opening")
    user.open(first)

    def keep(dialog: TemplatesDialog) -> None:
        assert not dialog.use.isEnabled()
        _press(user, dialog, "keep.checklist")
        assert "has nothing to keep" in dialog.message.text()
        user.bot.keyClicks(dialog.name, "Usual")
        _press(user, dialog, "keep.agenda")

    answer(monkeypatch, TemplatesDialog, keep)
    user.window.do("record.templates")
    assert "The template was saved" in said_by(user.window.status)
    before = maintenance.digest(user.desk)
    user.open(second)

    def use(dialog: TemplatesDialog) -> None:
        assert dialog.table.item(0, 1).text() == "Usual"  # type: ignore[union-attr]
        user.bot.keyClick(dialog.table, Qt.Key.Key_Return)

    answer(monkeypatch, TemplatesDialog, use)
    user.window.do("record.templates")
    (item,) = records.children(user.desk, second)["agenda_item"]
    assert item.title["en"] == "Opening"  # type: ignore[attr-defined]
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before
    user.open(user.id("person"))
    assert not user.window.menus.actions["record.templates"].isEnabled()
