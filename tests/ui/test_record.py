"""The record pane: what stands over the fields, when they are written, and what happens where they cannot be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.store import drafts
from ucapdesk.store.errors import DiskFull
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import GapLine, StateHint
from ucapdesk.ui.record.page_area import MessageBar
from ucapdesk.ui.screens.agreement_screen import AgreementScreen


@pytest.fixture
def full_disk(sample_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """While the list holds True, nothing can be written, by whatever way."""
    full = [False]
    transaction = sample_desk.transaction

    def refusing(*args: Any, **kwargs: Any) -> Any:
        if full[0]:
            raise DiskFull(path=sample_desk.workspace.path)
        return transaction(*args, **kwargs)

    monkeypatch.setattr(sample_desk, "transaction", refusing)
    yield full
    full[0] = False


def state(user: User) -> str:
    return user.find(QLabel, "record.state").text()


def bar(user: User) -> str:
    return said_by(user.find(MessageBar, "record.bar"))


def chip(user: User, name: str) -> str:
    found = user.find(QPushButton, f"record.{name}")
    return "" if found.isHidden() else found.text()


def somebody_writes(user: User, id_: str, lang: str, text: str) -> None:
    """Another hand at the same desk."""
    with user.desk.save(["test", {}]) as work:
        record = work.get(Meeting, id_)
        record.title = (record.title or Bilingual()).put(lang, text)


# -- when it is written -----------------------------------------------------------------------------


@pytest.mark.rule("S1", "S3", "R6")
def test_a_field_is_written_when_it_is_left_and_only_then_called_saved(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    assert not state(user).startswith("Saved")
    assert user.value(meeting, "title")["en"] != "Opening"
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert state(user).startswith("Saved ")


@pytest.mark.rule("S1")
@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_ctrl_s_and_enter_write_without_leaving_the_field(user: User, key: Qt.Key) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    user.press(key, ctrl=key == Qt.Key.Key_S)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert user.box("title.en").hasFocus()


@pytest.mark.rule("S1", "S5")
def test_steady_typing_is_kept_as_a_draft_and_its_field_is_left_alone(user: User, qtbot: QtBot) -> None:
    user.open(user.id("meeting"))
    user.window.record.saving.timer.setInterval(30)
    box = user.box("title.en")
    box.setFocus()
    box.selectAll()
    begun = time.monotonic()
    while not drafts.kept(user.desk) and time.monotonic() - begun < PATIENCE:
        qtbot.keyClicks(box, "a")  # never a pause as long as the timer
        qtbot.wait(5)
    assert drafts.kept(user.desk)
    assert set(box.said()) == {"a"}
    assert box.typed_since_focus(), "the text can still be undone in its field"


@pytest.mark.rule("S6")
def test_nothing_is_kept_while_an_input_method_composes(user: User, qtbot: QtBot) -> None:
    user.open(user.id("meeting"))
    saving = user.window.record.saving
    saving.timer.setInterval(10)
    box = user.box("title.zh")
    box.setFocus()
    box.selectAll()
    user.compose(box, "kaimu")
    qtbot.wait(60)
    assert not drafts.kept(user.desk)
    assert box.preedit == "kaimu"
    user.compose(box, "", "开幕")
    qtbot.waitUntil(lambda: [draft.value for draft in drafts.kept(user.desk)] == ["开幕"])


@pytest.mark.rule("S1")
@pytest.mark.parametrize("away", [Qt.ApplicationState.ApplicationSuspended, Qt.ApplicationState.ApplicationInactive])
def test_it_is_written_before_the_computer_sleeps_or_another_program_is_used(
    user: User, away: Qt.ApplicationState
) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    app = QApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(away)
    assert user.value(meeting, "title")["en"] == "Opening"


@pytest.mark.rule("S1", "R9")
def test_it_is_written_before_another_record_is_shown_and_before_the_window_closes(user: User) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    user.type("title.en", "First", leave=False)
    user.open(second)
    assert user.value(first, "title")["en"] == "First"
    user.type("title.en", "Second", leave=False)
    assert user.window.close()
    assert user.value(second, "title")["en"] == "Second"


@pytest.mark.rule("S4")
def test_a_new_record_that_was_not_touched_is_gone_without_a_question(user: User) -> None:
    user.window.record.show_new(KINDS["agreement"])
    user.window.record.show_record(None)
    assert records.count(user.desk, "agreement") == 0
    user.window.record.show_new(KINDS["agreement"])
    assert user.window.close()
    assert records.count(user.desk, "agreement") == 0


@pytest.mark.rule("S4")
def test_a_record_counts_as_a_draft_until_its_minimum_is_there_and_says_what_is_missing(user: User) -> None:
    user.window.record.show_new(KINDS["visit"])
    user.type("title.en", "Kick-off")
    assert user.window.record.id
    assert chip(user, "draft") == "Draft: Dates missing"
    user.click("record.draft")
    assert user.box("dates.line").hasFocus()
    user.type("dates.line", "12 June 2019")
    assert chip(user, "draft") == ""


# -- where it cannot be written ---------------------------------------------------------------------


@pytest.mark.rule("S3", "R6")
def test_a_full_disk_is_said_with_the_way_to_try_again_and_nothing_is_called_saved(
    user: User, full_disk: list[bool]
) -> None:
    meeting = user.open(user.id("meeting"))
    full_disk[0] = True
    user.type("title.en", "Opening")
    assert state(user) == "Not saved"
    assert bar(user).startswith("Not saved: ")
    assert user.box("title.en").said() == "Opening"
    user.click("record.bar.copy")
    assert "Opening" in QGuiApplication.clipboard().text()
    user.click("record.bar.again")
    assert state(user) == "Not saved"
    full_disk[0] = False
    user.click("record.bar.again")
    assert user.value(meeting, "title")["en"] == "Opening"
    assert state(user).startswith("Saved ")
    assert bar(user) == ""


@pytest.mark.rule("S3")
def test_what_could_not_be_written_keeps_its_record_on_the_screen(user: User, full_disk: list[bool]) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    user.open(second)
    assert user.window.record.id == first
    assert user.box("title.en").said() == "Opening"
    user.click("record.bar.copy")
    user.open(second)
    assert user.window.record.id == second, "what is in the clipboard is not lost"


@pytest.mark.rule("S7")
def test_a_window_that_cannot_save_stays_open_and_closes_without_a_question_when_it_can(
    user: User, full_disk: list[bool]
) -> None:
    meeting = user.open(user.id("meeting"))
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    for _ in range(3):
        assert not user.window.close()
        assert user.window.isVisible()
        assert bar(user).startswith("Not saved: ")
    full_disk[0] = False
    assert user.window.close()
    assert user.value(meeting, "title")["en"] == "Opening"


@pytest.mark.rule("S7")
def test_a_window_that_cannot_save_closes_once_its_text_is_copied(user: User, full_disk: list[bool]) -> None:
    user.open(user.id("meeting"))
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    assert not user.window.close()
    user.click("record.bar.copy")
    assert "Opening" in QGuiApplication.clipboard().text()
    assert user.window.close()


@pytest.mark.rule("S3")
def test_slow_writing_is_said_the_next_time(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(user.id("meeting"))
    said = []
    user.window.record.saving.busy.connect(lambda: said.append(state(user)))
    user.type("title.en", "One")
    assert said == [], "quick writing says nothing"
    monkeypatch.setattr(user.window.record.saving, "_took", 0.4)
    user.type("title.en", "Two")
    assert said == ["Saving…"]
    assert state(user).startswith("Saved ")


def test_a_value_that_cannot_be_is_not_lost_when_one_goes_on(user: User) -> None:
    first, second = user.id("visit"), user.id("visit", 1)
    user.open(first)
    user.type("dates.line", "32 June 2019")
    assert state(user) == "Not saved"
    user.open(second)
    assert user.window.record.id == second
    assert "32 June 2019" in bar(user)
    user.click("record.bar.copy")
    assert "32 June 2019" in QGuiApplication.clipboard().text()


# -- somebody else writes meanwhile -----------------------------------------------------------------


def test_somebody_elses_change_under_an_open_field_is_said_at_once_and_mine_can_be_kept(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Mine", leave=False)
    somebody_writes(user, meeting, "zh", "别人的")
    assert bar(user) == "", "it was another language"
    somebody_writes(user, meeting, "en", "Theirs")
    assert "changed “Title”" in bar(user)
    assert user.box("title.en").said() == "Mine"
    user.click("record.bar.show")
    assert "Theirs" in bar(user)
    user.click("record.bar.mine")
    assert dict(user.value(meeting, "title")) == {"en": "Mine", "zh": "别人的"}
    assert bar(user) == ""


def test_theirs_can_be_taken_and_mine_is_in_the_clipboard(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Mine", leave=False)
    somebody_writes(user, meeting, "en", "Theirs")
    user.press(Qt.Key.Key_Tab)
    assert "Theirs" in user.message("title")
    user.click("record.bar.theirs")
    assert user.box("title.en").said() == "Theirs"
    assert user.value(meeting, "title")["en"] == "Theirs"
    assert "Mine" in QGuiApplication.clipboard().text()
    entries = len(history.of(user.desk, meeting))
    user.box("title.zh").setFocus()
    assert len(history.of(user.desk, meeting)) == entries


# -- over the fields --------------------------------------------------------------------------------


@pytest.mark.rule("R21")
def test_missing_translations_are_counted_and_lead_to_the_first_of_them(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"title": Bilingual(en="Opening"), "press_line": Bilingual(en="It was held.")})
    user.open(meeting)
    assert chip(user, "missing.zh") == "中 missing 2"
    assert chip(user, "missing.en") == ""
    user.click("record.missing.zh")
    assert user.box("title.zh").hasFocus()
    user.type("title.zh", "开幕")
    assert chip(user, "missing.zh") == "中 missing 1"


def test_what_cannot_be_right_stands_under_the_title_until_it_is_mended(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"when": When("2027-01-15"), "status": "held"})
    user.open(meeting)
    warned = user.find(QLabel, "record.warnings")
    assert warned.text().splitlines() == [
        "The date lies outside the dates of the visit.",
        "The meeting is marked as held, but its date has not come.",
    ]
    records.edit(user.desk, meeting, {"when": When("2026-10-15"), "visit": None})
    assert warned.isHidden()


def test_the_menu_offers_the_windows_own_commands(user: User) -> None:
    user.open(user.id("meeting"))
    menu = user.find(QToolButton, "record.menu").menu()
    menu.aboutToShow.emit()
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert "record.history" in names
    assert "record.trash" in names
    assert "record.restore" not in names, "it is not in the Trash"


def test_a_field_is_found_unfolded_and_gets_the_keys(user: User) -> None:
    user.open(user.id("person"))
    assert "allergies" not in user.window.record.editors
    assert user.window.record.focus_field("allergies")
    assert user.box("allergies.line").hasFocus()
    assert not user.window.record.focus_field("no_such_field")


@pytest.mark.rule("V4")
def test_what_signing_lacks_is_said_beforehand_with_a_way_to_each_gap_and_nothing_is_barred(user: User) -> None:
    agreement = user.open(
        records.add(user.desk, "agreement", {"title": Bilingual(en="Smart mobility"), "status": "ready_to_sign"})
    )
    hint = user.find(GapLine, "mou.missing")
    assert "two parties" in hint.accessibleName()
    hint.linkActivated.emit("signed")
    assert user.box("signed.line").hasFocus()
    hint.linkActivated.emit("agreement_party")
    assert user.find(ChildList, "parts.agreement_party").isAncestorOf(user.focus())
    screen = screen_of(user, AgreementScreen)
    next(each for each in screen.bar.make_menu("signed").actions() if each.objectName() == "status.signed").trigger()
    assert user.value(agreement, "status") == "signed"


@pytest.mark.rule("V4")
def test_a_gap_is_a_link_that_keys_reach_not_its_markup(user: User) -> None:
    visit = user.id("visit")
    records.edit(user.desk, visit, {"status": "planned", "host_places": Refs()})
    user.open(visit)
    hint = user.find(StateHint, "field.status.missing")
    hint.setFocus(Qt.FocusReason.TabFocusReason)
    user.press(Qt.Key.Key_Tab)
    user.press(Qt.Key.Key_Return)
    assert user.box("host_places.line").hasFocus()


@pytest.mark.rule("V4")
def test_a_filled_gap_is_no_longer_named(user: User) -> None:
    visit = user.id("visit")
    records.edit(user.desk, visit, {"status": "planned", "host_places": Refs(), "dates": PartialDate("2019-04")})
    user.open(visit)
    hint = user.find(StateHint, "field.status.missing")
    assert "Host cities" in hint.text()
    assert hint.textFormat() == Qt.TextFormat.RichText, "its links are links, not their source"
    records.edit(user.desk, visit, {"host_places": Refs((user.id("place"),))})
    assert "Host cities" not in hint.text()
    assert "participants" in hint.text()


def test_in_the_trash_a_record_is_only_shown_and_can_be_brought_back(user: User, tmp_path: Path) -> None:
    meeting = user.open(user.id("meeting"))
    records.trash(user.desk, meeting)
    user.open(meeting)
    assert user.box("title.en").isReadOnly()
    assert "Trash" in bar(user)
    user.click("record.bar.restore")
    assert not user.value(meeting, "is_deleted")
    assert bar(user) == ""


# -- where the program ended ------------------------------------------------------------------------


def ends_here(user: User) -> None:
    """The program ends without a last word."""
    user.window.record.saving.release(*list(user.window.record.saving._targets))


@pytest.mark.rule("S2")
@pytest.mark.parametrize("leave", [False, True])
def test_what_was_no_value_yet_stands_in_its_field_at_the_next_start(user: User, qtbot: QtBot, leave: bool) -> None:
    visit = user.open(user.id("visit", 1))
    before = user.value(visit, "dates")
    user.window.record.saving.timer.setInterval(10)
    user.type("dates.line", "32 June", leave=leave)
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 1)
    user.type("title.zh", "第二次") if leave else None
    assert len(drafts.kept(user.desk)) == 1, "another save keeps it"
    ends_here(user)
    again = User(qtbot, user.desk)
    assert again.window.record.id == visit
    assert again.box("dates.line").said() == "32 June"
    assert again.box("dates.line").hasFocus()
    assert again.value(visit, "dates") == before
    again.type("dates.line", "12 June 2019")
    assert again.value(visit, "dates").edtf == "2019-06-12"
    assert not drafts.kept(user.desk)


@pytest.mark.rule("S2")
def test_what_was_typed_into_a_row_is_found_in_its_row(user: User, qtbot: QtBot) -> None:
    meeting = user.open(user.id("meeting"))
    user.click("parts.agenda_item.add")
    user.window.record.saving.timer.setInterval(10)
    user.write(user.focus(), "Hydrogen")  # type: ignore[arg-type]  # it is a line
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 3)
    ends_here(user)
    again = User(qtbot, user.desk)
    assert again.window.record.id == meeting
    assert again.focus().said() == "Hydrogen"  # type: ignore[attr-defined]  # as above
    titles = [item.title["en"] for item in records.children(user.desk, meeting)["agenda_item"]]  # type: ignore[attr-defined]
    assert "Hydrogen" in titles
    assert not drafts.kept(user.desk)
