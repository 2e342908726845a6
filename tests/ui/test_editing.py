"""Leaving a field saves it; what is typed and not saved yet is kept, also when its record is left or the program ends; nothing jumps, and the keys stay where one works."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.monkey import is_seen
from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import focused, press_in, screen_of, selected
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import draft_texts, history, records
from ucapdesk.services.visits import visits
from ucapdesk.store import drafts
from ucapdesk.ui.fields.token_field import EntryLine, TokenLine
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.record_screen import RecordParts
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.record.saving import DRAFT_AFTER
from ucapdesk.ui.screens.meeting_screen import MeetingScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.signals import ChangeListener
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.sections import HOME, PLACE_ROLE, SETTINGS
from ucapdesk.ui.window.window_layout import WindowLayout


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting of the sample, shown."""
    return user.open(user.id("meeting"))


def test_a_corrected_chinese_text_is_saved_shown_in_the_list_undone_and_done_again(user: User) -> None:
    meeting = user.id("meeting")
    before = user.value(meeting, "title")
    user.open(meeting)
    user.type("title.zh", "启动会议")
    assert user.value(meeting, "title")["zh"] == "启动会议"
    assert user.value(meeting, "title")["en"] == before["en"]
    table = user.window.list.table
    assert "启动会议" in table.data(table.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert user.find(QLabel, "state").text().startswith("Saved ")
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert (user.value(meeting, "title"), user.box("title.zh").said()) == (before, before["zh"])
    user.press(Qt.Key.Key_Y, ctrl=True)
    assert user.box("title.zh").said() == "启动会议"


def test_undo_in_a_field_takes_back_typing_first_and_then_the_last_step(user: User, meeting: str) -> None:
    was = user.value(meeting, "title")["en"]
    user.type("title.en", "Opening")
    box = user.box("title.zh")
    before = box.said()
    user.type("title.zh", "Hall 1", leave=False)
    for _ in range(3):
        if box.said() != before:
            user.press(Qt.Key.Key_Z, ctrl=True)
    assert box.said() == before
    assert user.value(meeting, "title")["en"] == "Opening"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(meeting, "title")["en"] == was


def test_a_date_that_cannot_be_is_refused_under_its_field_and_stays_to_be_corrected(user: User, meeting: str) -> None:
    before, entries = user.value(meeting, "when"), len(history.of(user.desk, meeting))
    user.type("when.line", "32 June 2019")
    assert "32 June 2019" in user.message("when")
    assert "\n" not in user.message("when")
    assert user.value(meeting, "when") == before
    assert len(history.of(user.desk, meeting)) == entries
    assert user.box("when.line").said() == "32 June 2019"
    user.type("title.en", "Opening")
    assert user.box("when.line").said() == "32 June 2019", "another save keeps what is to be corrected"
    user.type("when.line", "12 June 2019")
    assert user.message("when") == ""
    user.box("title.en").setFocus()
    assert user.value(meeting, "when").date == "2019-06-12"


def test_a_new_record_is_made_when_its_first_field_is_left_and_the_cursor_goes_on(user: User, qtbot: QtBot) -> None:
    user.window.show_section("agreement")
    user.press(Qt.Key.Key_N, ctrl=True)
    assert records.count(user.desk, "agreement") == 0
    user.type("title.en", "Smart mobility pilot")
    assert records.count(user.desk, "agreement") == 1
    assert user.rows() == ["Smart mobility pilot"]
    assert user.box("title.zh").hasFocus()
    user.write(user.box("title.zh"), "智慧出行试点")
    user.press(Qt.Key.Key_Tab)
    assert user.value(user.id("agreement"), "title")["zh"] == "智慧出行试点"
    assert records.count(user.desk, "agreement") == 1


def test_a_part_is_added_to_its_owner(user: User) -> None:
    meeting = user.open(user.id("meeting", 3))
    user.find(RecordParts, "parts").wanted.emit("action_item")
    user.type("text.en", "Send the parking data")
    parts = records.listing(user.desk, "action_item", where={"owner": meeting})
    assert [user.value(part, "text")["en"] for part in parts] == ["Send the parking data"]
    user.click("record.owner")
    assert user.window.record.id == meeting
    (row,) = user.find(ChildList, "parts.action_item").rows
    assert row.id == parts[0]


def test_what_an_input_method_commits_is_saved_and_nothing_is_saved_while_it_composes(user: User, meeting: str) -> None:
    was = user.value(meeting, "title")["zh"]
    box = selected(user, "title.zh")
    user.compose(box, "kaimushi")
    user.press(Qt.Key.Key_Return)
    assert user.value(meeting, "title")["zh"] == was
    user.compose(box, "", "开幕式")
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title")["zh"] == "开幕式"


def test_a_field_that_changed_meanwhile_says_so_and_is_saved_when_it_is_left_again(user: User, meeting: str) -> None:
    user.type("title.en", "Mine", leave=False)
    with user.desk.save(["test", {}]) as work:
        record = work.get(Meeting, meeting)
        record.title = (record.title or Bilingual()).put("en", "Theirs")
    user.press(Qt.Key.Key_Tab)
    assert "Theirs" in user.message("title")
    assert (user.value(meeting, "title")["en"], user.box("title.en").said()) == ("Theirs", "Mine")
    press_in(user, user.box("title.en"), Qt.Key.Key_Tab)
    assert (user.value(meeting, "title")["en"], user.message("title")) == ("Mine", "")


def test_typing_is_kept_as_a_draft_and_saved_at_the_next_start(user: User, meeting: str, qtbot: QtBot) -> None:
    user.window.record.saving.timer.setInterval(10)
    assert DRAFT_AFTER == 1500
    user.type("title.en", "Half a title", leave=False)
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 1)
    user.window.record.saving.typed_in = None  # the program ends here, without a last word
    again = User(qtbot, user.desk)
    assert again.window.record.id == meeting
    assert user.value(meeting, "title")["en"] == "Half a title"
    assert not drafts.kept(user.desk)
    assert draft_texts.commit_left_over(user.desk) == []


def test_what_was_saved_at_the_next_start_is_shown_beside_what_could_not_be(user: User, qtbot: QtBot) -> None:
    meeting, person, office = user.id("meeting"), user.id("person"), user.id("organisation")
    draft_texts.keep(user.desk, "meeting", meeting, "room", "Hall 2", user.desk.heads(meeting))
    draft_texts.keep(user.desk, "person", person, "email", "li@example.org", user.desk.heads(person))
    draft_texts.keep(user.desk, "organisation", office, "phone", "1", user.desk.heads(office))
    records.edit(user.desk, person, {"email": "other@example.org"})
    records.trash(user.desk, office)
    again = User(qtbot, user.desk)
    assert user.value(meeting, "room") == "Hall 2"
    assert again.window.record.id == meeting
    notice = again.find(Notice, "notice")
    name = records.titles(user.desk, [person])[person]
    assert f"“{name}”, E-mail: “li@example.org” is not saved." in said_by(notice)
    assert "changed this field while you were editing it" in said_by(notice)
    whole = [each.toolTip() for each in notice.findChildren(QLabel) if each.toolTip()]
    assert "is in the Trash" in whole[0], "where there is no room for two"


@pytest.mark.rule("R9")
def test_a_new_record_that_was_being_typed_is_made_at_the_next_start(user: User, meeting: str, qtbot: QtBot) -> None:
    user.find(RecordParts, "parts").wanted.emit("action_item")
    user.window.record.saving.timer.setInterval(10)
    user.type("text.en", "Send the da", leave=False)
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 2)
    user.form.blockSignals(True)  # the program ends here
    user.window.record.saving.typed_in = None
    User(qtbot, user.desk)
    assert [user.value(part, "owner") for part in records.listing(user.desk, "action_item")] == [meeting]
    assert not drafts.kept(user.desk)


def test_typing_that_was_taken_back_is_not_found_again_at_the_next_start(
    user: User, meeting: str, qtbot: QtBot
) -> None:
    before = user.box("title.en").said()
    user.window.record.saving.timer.setInterval(10)
    user.type("title.en", "Half a title", leave=False)
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 1)
    user.type("title.en", before)
    qtbot.waitUntil(lambda: not drafts.kept(user.desk))
    assert user.value(meeting, "title")["en"] == before


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a list that opens, on the offscreen platform
def test_a_choice_is_saved_at_once_and_the_wheel_does_not_change_it(user: User, meeting: str) -> None:
    box = focused(user.editor("mode").box)
    before = user.value(meeting, "mode"), box.currentData()
    user.press(Qt.Key.Key_Down)
    assert box.view().currentIndex().row() == box.currentIndex(), "the list opens where one is"
    user.bot.keyClick(box.view(), Qt.Key.Key_Down)
    assert (user.value(meeting, "mode"), box.currentData()) == before, "nothing is chosen before Enter"
    user.bot.keyClick(box.view(), Qt.Key.Key_Escape)
    user.press(Qt.Key.Key_Down)
    assert box.view().currentIndex().row() == box.currentIndex(), "also after another row was looked at"
    user.bot.keyClick(box.view(), Qt.Key.Key_Down)
    user.bot.keyClick(box.view(), Qt.Key.Key_Return)
    assert user.value(meeting, "mode") == box.currentData() != before[1]


def test_a_goal_is_ticked_in_a_list_and_others_additions_stay(user: User, qtbot: QtBot) -> None:
    theme = user.open(user.id("theme"))
    editor = user.editor("sdgs")
    assert user.value(theme, "sdgs") == ("7",)
    change = editor._change(["7"], ["7", "11"])
    records.edit(user.desk, theme, {"sdgs": Codes(("7", "9"))})
    editor.committed.emit(change)
    assert set(user.value(theme, "sdgs")) == {"7", "9", "11"}


@pytest.mark.row("X18")
def test_a_workspace_in_a_read_only_folder_can_be_read_and_nothing_else(
    sample_folder: Path, qtbot: QtBot, dressed: object
) -> None:
    with Desk.open(sample_folder, read_only=True) as desk:
        user = User(qtbot, desk)
        assert said_by(user.find(Notice, "read_only"))
        user.open(user.id("meeting"))
        assert user.box("title.en").isReadOnly()
        assert not user.window.list.new.isEnabled()
        assert not user.window.menus.actions["edit.undo"].isEnabled()
        assert not user.window.menus.actions["record.trash"].isEnabled()
        user.open(user.id("ucap"))
        assert user.window.menus.actions["record.partnership"].isEnabled(), "a picture changes nothing"
        user.open(user.id("person"))
        lines = [line for line in user.form.findChildren(QLineEdit) if line.isReadOnly()]
        assert "field.name.given" in {line.objectName() for line in lines}
        assert [line.objectName() for line in lines if line.placeholderText()] == [], "nothing can be typed here"
        user.window.close()


@pytest.mark.rule("R41")
def test_every_field_of_a_record_can_be_shown_and_passed_through_without_changing_it(user: User) -> None:
    for kind in ("ucap", "person", "place", "visit", "organisation", "source_document", "theme"):
        id_ = user.id(kind)
        before = len(history.of(user.desk, id_))
        user.open(id_)
        user.form.unfold()
        for editor in user.form.editors.values():
            assert editor.commit(), (kind, editor.field.name)
            assert not editor.message, kind
        assert len(history.of(user.desk, id_)) == before, kind


def test_what_is_computed_stands_over_the_fields_and_goes_with_its_reason(user: User) -> None:
    action = user.open(
        records.add(user.desk, "action_item", {"text": Bilingual(en="Send"), "due": PartialDate("2026-10-01")})
    )
    assert user.form.computed.isVisible()
    assert user.form.computed.text() == "Overdue"
    records.edit(user.desk, action, {"status": "deferred"})
    assert not user.form.computed.isVisible()


def test_a_record_view_alone_shows_what_was_written_elsewhere_and_in_it_once_each(user: User) -> None:
    meeting = user.id("meeting")
    beside = RecordView(user.desk, WindowLayout(), user.window)
    beside.show_record(meeting)
    user.open(meeting)
    read: list[ChangeEvent] = []
    ChangeListener(user.desk, read.append, beside)
    user.type("title.en", "Opening")
    assert beside.form is not None
    assert beside.form.editors["title"].typed_cells() == {}
    shown: Any = beside.form.findChild(QWidget, "field.title.en")
    assert shown.said() == "Opening"
    assert [change.records for change in read] == [{("meeting", meeting)}]
    beside.deleteLater()


@pytest.mark.parametrize(
    ("family", "given", "typed", "kept"),
    [
        (
            "Iñigo",
            "Urkullu Renteria",
            "Urkullu Renteria, Iñigo",
            PersonName("Urkullu Renteria", "Iñigo", "given_first"),
        ),
        ("King", "Martin", "King, Jr.", PersonName("King, Jr.", "Martin", "given_first")),
    ],
)
def test_a_name_is_typed_again_with_a_comma_and_a_comma_in_it_takes_no_given_name_away(
    user: User, family: str, given: str, typed: str, kept: PersonName
) -> None:
    person = user.open(records.add(user.desk, "person", {"name": PersonName(family, given, "given_first")}))
    user.type("name.family", typed)
    assert user.find(QLabel, "field.name.echo").text() == f"Shown: {kept}"
    user.box("email.line").setFocus()
    assert user.value(person, "name") == kept
    assert user.message("name").startswith("Family name Urkullu Renteria, given name Iñigo") == (given != kept.given)


def test_half_a_date_is_there_again_when_its_record_is_and_in_no_other(user: User) -> None:
    meeting, other = user.id("meeting"), user.id("meeting", 1)
    user.open(meeting)
    user.type("when.line", "2026-13-", leave=False)
    user.open(other)
    assert "2026-13-" in said_by(user.window.record.bar)
    assert user.box("when.line").said() != "2026-13-"
    user.open(meeting)
    assert user.box("when.line").said() == "2026-13-"
    assert user.message("when")
    user.type("when.line", "2026-12-01")
    user.open(other)
    user.open(meeting)
    assert user.box("when.line").said() != "2026-13-"
    assert draft_texts.halves(user.desk) == {}


def test_half_a_date_of_a_new_record_is_there_in_the_next_new_one(user: User) -> None:
    user.window.show_section("action_item")
    user.window.do("record.new")
    user.type("due.line", "31.2.", leave=False)
    user.window.show_section("person")
    user.open(user.id("person"))
    user.window.show_section("action_item")
    user.window.do("record.new")
    assert user.box("due.line").said() == "31.2."
    user.type("text.en", "Send the list")
    user.type("due.line", "")
    user.window.do("edit.save")
    assert draft_texts.halves(user.desk) == {}


def test_a_name_that_nothing_is_found_for_stays_in_its_line(user: User) -> None:
    office = user.open(user.id("organisation"))
    user.type("place.line", "Zzyzx", leave=False)
    user.open(user.id("person"))
    user.open(office)
    assert user.box("place.line").said() == "Zzyzx"


def _minutes(user: User) -> EntryLine:
    screen = screen_of(user, MeetingScreen)
    return screen.entry.line


def test_a_line_of_minutes_typed_at_a_new_meeting_is_there_in_the_next_new_one(user: User) -> None:
    meeting = KINDS["meeting"]
    user.window.record.show_new(meeting)
    _minutes(user).setFocus()
    user.bot.keyClicks(_minutes(user), "! They send the data")
    user.open(user.id("meeting"))
    assert _minutes(user).text() == ""
    user.window.record.show_new(meeting)
    line = _minutes(user)
    assert line.text() == "! They send the data"
    user.bot.keyClick(line, Qt.Key.Key_Return)
    assert drafts.kept(user.desk) == []


def test_a_city_half_typed_at_a_side_stays_there(user: User) -> None:
    ucap = user.open(user.id("ucap"))
    line = focused(user.find(TokenLine, "ucap.cities.A.line"))
    user.bot.keyClicks(line, "Zzyzx")
    user.open(user.id("person"))
    user.open(ucap)
    assert user.find(TokenLine, "ucap.cities.A.line").said() == "Zzyzx"


def test_a_chip_taken_away_with_the_mouse_leaves_the_keys_in_its_field(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"chair_a": user.id("person")})
    user.open(meeting)
    remove = user.find(QToolButton, f"field.chair_a.remove.{user.id('person')}")
    user.box("title.en").setFocus()
    user.bot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert user.value(meeting, "chair_a") is None
    assert user.focus().objectName() == "field.chair_a.line"


def test_settings_open_once_the_list_has_handled_the_click(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another look makes the window anew: a list that is in the middle of a click would be gone."""
    given: list[str] = []
    monkeypatch.setattr(user.window, "do", lambda name, *_: given.append(name))
    sections = user.window.sections
    _click(user, sections, next(n for n in range(sections.count()) if sections.item(n).data(PLACE_ROLE) == SETTINGS))
    assert given == []
    user.bot.waitUntil(lambda: given == ["file.settings"])
    user.window.search.begin()
    user.bot.keyClicks(user.window.search, "Settings")
    hits = user.window.search.hits
    user.bot.waitUntil(lambda: any("Settings" in hits.item(n).text() for n in range(hits.count())))
    _click(user, hits, next(n for n in range(hits.count()) if "Settings" in hits.item(n).text()))
    assert given == ["file.settings"]
    user.bot.waitUntil(lambda: given == ["file.settings"] * 2)


def _click(user: User, view: QListView, row: int) -> None:
    index = view.model().index(row, 0)
    view.scrollTo(index)
    user.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_the_keys_stay_in_the_window_after_another_language(user: User) -> None:
    user.click("language.zh")
    QApplication.processEvents()
    user.press(Qt.Key.Key_Left)
    user.bot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert user.window.isAncestorOf(user.focus())


def test_the_key_of_the_filter_leads_to_the_search_where_there_is_no_list(user: User) -> None:
    user.window.enter_section(HOME)
    user.press(Qt.Key.Key_F, ctrl=True)
    assert user.focus() is user.window.search


def test_rows_pasted_while_the_keys_are_in_the_filter_of_an_empty_list_become_people(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    user.window.show_section("person")
    user.window.list.filter.setFocus()
    monkeypatch.setattr(user.window, "do", lambda name, *_: given.append(name))
    QApplication.clipboard().setText("Name\tE-mail\nAnna Nowak\tanna@gdansk.pl\n")
    user.press(Qt.Key.Key_V, ctrl=True)
    assert given == ["file.copied"]
    assert user.window.list.filter.text() == ""


def test_back_from_the_status_bar_the_keys_go_to_what_is_seen(user: User) -> None:
    user.window.resize(1100, 620)
    user.open(user.id("ucap"))
    QApplication.processEvents()
    user.find(QPushButton, "language.en").setFocus()
    for _ in range(3):
        user.bot.keyClick(user.focus(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert is_seen(user.focus()), user.focus().objectName()


def test_a_name_half_typed_is_there_again_in_another_language(user: User) -> None:
    user.open(user.id("organisation"))
    user.bot.keyClicks(user.box("place.line"), "Zzyzx")  # no focus was lost, and no time passed
    user.click("language.zh")
    assert user.box("place.line").said() == "Zzyzx"


def test_undo_takes_back_what_was_made_of_a_line_that_was_begun_before(user: User) -> None:
    visit = user.open(user.id("visit"))
    screen = screen_of(user, VisitScreen)
    screen.show_tab("delegation")
    line = focused(screen.people.groups[visits.DELEGATION].line.line)
    user.bot.keyClicks(line, "Zz")
    screen.show_tab("checklist")
    screen.show_tab("delegation")
    line.setFocus()
    user.bot.keyClicks(line, "yzx")
    user.press(Qt.Key.Key_Return)
    assert len(visits.people(user.desk, visit, visits.DELEGATION)) == 1
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert not visits.people(user.desk, visit, visits.DELEGATION)
    assert line.text() == ""


def a_visit(user: User) -> str:
    return records.add(
        user.desk, "visit", {"title": Bilingual(en="Visit"), "dates": PartialDate("2026-11-16/2026-11-18")}
    )


def line_of(window: QWidget, name: str) -> QLineEdit:
    return child(window, QLineEdit, name)


def shown(window: DeskWindow, names: Iterable[str]) -> dict[str, str]:
    for tab in ("itinerary", "checklist"):
        window.record.special.show_tab(tab)  # type: ignore[union-attr]
    return {name: line_of(window, name).text() for name in names}


def test_a_line_not_added_yet_is_there_again_after_home_and_after_closing(user: User, qtbot: QtBot) -> None:
    visit = user.open(a_visit(user))
    typed = {"itinerary.entry.line": "0930 meet the port", "visit.checklist.entry.line": "-14 gifts"}
    for tab, (name, text) in zip(("itinerary", "checklist"), typed.items(), strict=True):
        user.window.record.special.show_tab(tab)  # type: ignore[union-attr]
        line_of(user.window, name).setText(text)
        line_of(user.window, name).setFocus()
    user.window.choose_section(HOME)
    user.open(visit)
    assert shown(user.window, typed) == typed
    user.window.close()
    again = kept_by(qtbot, DeskWindow(user.desk, lambda _: None))
    again.show()
    again.show_record(visit)
    assert shown(again, typed) == typed
    line = focused(line_of(again, "visit.checklist.entry.line"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    again.show_record(None)
    again.show_record(visit)
    left = shown(again, typed)
    assert left["visit.checklist.entry.line"] == "", "what was added is no draft"


def test_a_page_stays_where_it_is_when_the_focused_button_goes(user: User) -> None:
    visit = a_visit(user)
    meeting = records.add(user.desk, "meeting", {"title": Bilingual(en="Talk"), "visit": visit})
    for n in range(9):
        person = records.add(user.desk, "person", {"name": PersonName("Probe", f"Nr{n}")})
        visits.add_person(user.desk, visit, visits.DELEGATION, key=person)
    user.window.resize(1100, 600)
    user.open(meeting)
    QApplication.processEvents()
    button = focused(user.find(QPushButton, "meeting.expected"))
    bar = user.window.record.page.verticalScrollBar()
    before = bar.value()
    user.press(Qt.Key.Key_Space)
    QApplication.processEvents()
    assert len(records.children(user.desk, meeting)["participation"]) == 9
    assert bar.value() == before
    focus = user.focus()
    assert focus.isVisible()
    assert abs(focus.mapTo(user.window, focus.rect().topLeft()).y() - button.mapTo(user.window, button.pos()).y()) < 200


def test_enter_presses_the_button_that_has_the_focus(user: User) -> None:
    user.open(a_visit(user))
    user.window.record.special.show_tab("checklist")  # type: ignore[union-attr]
    press_in(user, user.find(QPushButton, "visit.checklist.usual"), Qt.Key.Key_Return)
    assert user.window.record.special.checklist.todos  # type: ignore[union-attr]


def test_back_from_a_record_that_is_only_begun_leads_to_where_one_was(user: User) -> None:
    first, visit = user.id("organisation"), a_visit(user)
    for place in (first, visit):
        user.open(place)
        user.window.trail._since = float("-inf")
    user.window.show_section("meeting")
    user.window.record.show_new(KINDS["meeting"])
    user.window.step(-1)
    assert user.window.record.id == visit
    user.window.step(-1)
    assert user.window.record.id == first
