"""Text that is no value yet, and names that nothing is found for, are there again when their record is shown again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QToolButton

from tests.helpers.monkey import is_seen
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import draft_texts, records
from ucapdesk.services.visits import visits
from ucapdesk.store import drafts
from ucapdesk.ui.fields.token_field import EntryLine, TokenLine
from ucapdesk.ui.screens.meeting_screen import MeetingScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.window.sections import HOME, PLACE_ROLE, SETTINGS


def test_half_a_date_is_there_again_when_its_record_is(user: User) -> None:
    meeting, other = user.id("meeting"), user.id("person")
    user.open(meeting)
    user.type("when.line", "2026-13-", leave=False)
    user.open(other)
    assert "2026-13-" in said_by(user.window.record.bar)
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


@pytest.mark.parametrize("tab", ["itinerary", "checklist"])
def test_a_line_typed_where_there_is_nothing_yet_is_there_again(user: User, tab: str) -> None:
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Spring visit")})

    def line() -> EntryLine:
        user.open(visit)
        screen = screen_of(user, VisitScreen)
        screen.show_tab(tab)
        panel = screen.programme if tab == "itinerary" else screen.checklist
        assert panel is not None
        return panel.entry.line

    line().setFocus()
    user.bot.keyClicks(line(), "0930 meet the mayor")
    user.open(user.id("person"))
    assert line().text() == "0930 meet the mayor"


def test_a_city_half_typed_at_a_side_stays_there(user: User) -> None:
    ucap = user.open(user.id("ucap"))
    line = user.find(TokenLine, "ucap.cities.A.line")
    line.setFocus()
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


def test_half_a_value_that_one_went_away_from_waits_in_its_field_alone(user: User) -> None:
    first, second = user.id("visit"), user.id("visit", 1)
    user.open(first)
    user.type("dates.line", "32 June")
    assert len(drafts.kept(user.desk)) == 1
    user.open(second)
    assert user.box("dates.line").said() != "32 June"
    user.open(first)
    assert user.box("dates.line").said() == "32 June"
    user.type("dates.line", "3 June 2027")
    assert not drafts.kept(user.desk)


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
    assert screen.people is not None
    line = screen.people.groups[visits.DELEGATION].line.line
    line.setFocus()
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
