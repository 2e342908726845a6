"""Steps back and forth: after every command the way back leads to the very same records."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QFrame, QMessageBox, QPushButton

from tests.helpers.answers import answering
from tests.helpers.changesets import take_in
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, PartialDate, When
from ucapdesk.services import Desk, meetings
from ucapdesk.services.files import imports
from ucapdesk.services.records import bulk, history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.lists.list_dialogs import BulkDialog
from ucapdesk.ui.record.record_dialogs import HistoryDialog, TemplatesDialog
from ucapdesk.ui.screens.partnership_dialog import PartnershipDialog
from ucapdesk.ui.toolkit import keyboard_focus
from ucapdesk.ui.window.command_table import Command, Condition
from ucapdesk.ui.window.commands import command_context as needs
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.date_dialog import DateDialog

Hands = Callable[[User], object]
CLOSING = ("file.close", "file.quit")
STEPS = 200 if os.environ.get("UCAPDESK_SOAK") else 60
"""Through the window; the store goes two hundred steps back and forth each time (tests/unit/store/test_save.py)."""


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
    id_ = user.id("meeting")
    user.open(id_)
    return id_


def _action(user: User, text: str = "Send the schema") -> str:
    made = records.add(user.desk, "action_item", {"text": Bilingual(en=text)})
    user.open(made)
    return made


def _trashed(user: User) -> None:
    meeting = user.id("meeting")
    records.trash(user.desk, meeting)
    user.open(meeting)


def _person(user: User) -> str:
    id_ = user.id("person")
    user.open(id_)
    return id_


READY: dict[Condition, Hands] = {
    needs.guest_shown: _person,
    needs.action_shown: _action,
    needs.trashed_shown: _trashed,
}
"""What must be shown for a command of this condition; a meeting for any other."""


def _name_it(user: User) -> None:
    """A new record is made when its first field is left."""
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
    """The records that are chosen get one tag more."""

    def answer(dialog: BulkDialog) -> int:
        dialog.bulk = bulk.Bulk(KINDS["meeting"].fields["tags"], bulk.ADD, Codes(["together"]))
        return 1

    monkeypatch.setattr(BulkDialog, "exec", answer)


def _choose_file(path: Path) -> Callable[[User, pytest.MonkeyPatch], None]:
    def choose(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))

    return choose


def _name_another(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The meeting shown is the same as the next one."""

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
        keep = dialog.findChild(QPushButton, "templates.keep.agenda")
        assert keep is not None
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
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Z, ctrl=True)
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


@pytest.mark.rule("U1")
def test_what_is_typed_is_taken_back_in_the_field_before_any_step(user: User) -> None:
    meeting = _meeting(user)
    title = user.value(meeting, "title")["en"]
    log = _log(user)
    box = user.box("title.en")
    user.type("title.en", "Op", leave=False)
    for _ in range(20):
        if box.said() == title:
            break
        user.press(Qt.Key.Key_Z, ctrl=True)
    assert box.said() == title
    assert _log(user) == log


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
    for _ in range(STEPS):
        if history.next_undo(user.desk) is None:
            break
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


# -- what one step is -----------------------------------------------------------------------------


@pytest.mark.rule("U2")
def test_a_delete_with_all_its_parts_is_one_step(user: User) -> None:
    before = _digest(user)
    ucap = user.id("ucap")
    user.open(ucap)
    user.window.list.view.setFocus()
    with answering("Move to the Trash"):
        user.press(Qt.Key.Key_Delete)
    assert records.get(user.desk, records.listing(user.desk, "ucap_side", trash=True)[0]).is_deleted
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert _digest(user) == before


def _some_step(desk: Desk, dice: random.Random) -> None:
    """Something a person might do; mostly they write on in the record that is shown."""
    terms, gone = records.listing(desk, "glossary_term"), records.listing(desk, "glossary_term", trash=True)
    match dice.randrange(40):
        case 0:
            records.add(desk, "action_item", {"text": Bilingual(zh=f"行动 {dice.random()}")})
        case 1 if len(terms) > 1:
            records.trash(desk, dice.choice(terms))
        case 2 if gone:
            records.untrash(desk, dice.choice(gone))
        case 3:
            records.copy_with_parts(desk, records.listing(desk, "meeting")[0])
        case 4 if due := records.listing(desk, "action_item"):
            meetings.set_due_of_actions(desk, due[:2], PartialDate(f"2026-{dice.randint(1, 12):02}"))
        case 5:
            records.edit(desk, dice.choice(records.listing(desk, "meeting")), {"when": When(date="2026-11-25")})
        case _ if terms:
            changes = {"term": Bilingual(zh=f"词 {dice.random()}"), "tags": Codes([f"{dice.random()}"])}
            records.edit(desk, terms[0], changes)
        case _:
            records.add(desk, "glossary_term", {"term": Bilingual(en=f"Term {dice.random()}")})


@pytest.mark.rule("U2")
def test_many_steps_back_and_forth_lead_to_the_same_records(user: User) -> None:
    dice, first = random.Random(5), _digest(user)
    steps: list[object] = []
    user.desk.subscribe(steps.append)
    while len(steps) < STEPS:
        _some_step(user.desk, dice)
    last = _digest(user)
    for _ in range(STEPS):
        user.window.do("edit.undo")
    assert _digest(user) == first
    for _ in range(STEPS + 1):  # one more does nothing
        user.window.do("edit.redo")
    assert _digest(user) == last


# -- later ----------------------------------------------------------------------------------------


@pytest.mark.rule("U3")
def test_after_a_restart_the_history_and_the_trash_bring_things_back(user: User, sample_folder: Path) -> None:
    meeting, other = user.id("meeting"), user.id("meeting", 1)
    title = user.value(meeting, "title")["en"]
    user.open(meeting)
    user.type("title.en", "Opening")
    records.trash(user.desk, other)
    user.window.close()
    user.desk.close()
    with Desk.open(sample_folder) as again:
        entry = next(each for each in history.of(again, meeting) if each.new == "Opening")
        assert history.restore(again, meeting, entry, before=True)
        assert records.get(again, meeting).title["en"] == title  # type: ignore[attr-defined]
        records.untrash(again, again.read.trash()[0].id)
        assert not records.get(again, other).is_deleted


@pytest.mark.rule("U5", "R10")
def test_delete_asks_nothing_and_says_how_to_bring_it_back(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_: object) -> int:
        raise AssertionError("a question")

    monkeypatch.setattr(QDialog, "exec", asked)
    monkeypatch.setattr(QMessageBox, "exec", asked)
    meeting = _meeting(user)
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Delete)
    assert records.get(user.desk, meeting).is_deleted
    assert said_by(user.window.toast).endswith("is in the Trash.")
    user.bot.mouseClick(user.window.toast.button, Qt.MouseButton.LeftButton)
    assert not records.get(user.desk, meeting).is_deleted
