"""The calendar of a week: visits, points of their programmes and meetings, by keys and with the mouse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from tests.ui.week_reader import TUESDAY, Reader
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.screens.week_page import WeekPage


@pytest.fixture
def at(user: User) -> Reader:
    return Reader(user)


@pytest.mark.row("X3")
@pytest.mark.rule("R18", "A8", "A3")
def test_a_week_shows_its_visits_and_what_is_on_each_day_by_the_hour(at: Reader) -> None:
    assert at.page.title.text() == "22–28 November 2027 · Madrid time"
    assert [button.text() for button in at.page.visits] == ["Delegation · 23–25 November 2027"]
    assert at.day(1) == ["09:30 Meet", "10:45 Video call", "11:00 port"]
    call = at.page.lists[1].item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert call == "10:45–11:15 (Beijing), Video call", "what is on another clock says so"
    assert at.day(2) == ["09:00 Talks"]
    assert at.day(0) == []
    row = at.page.lists[1].item(0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "09:30–10:30, Meet, Delegation"
    assert "Nothing this day" in at.page.lists[0].accessibleName()


def test_a_flight_stands_on_the_day_it_leaves_and_on_the_day_it_arrives(at: Reader) -> None:
    flight = at.line("LO91 Warsaw to Beijing 1505 0640+1", "2027-11-25")
    QApplication.processEvents()
    found = visit_itinerary.week(at.desk, TUESDAY)
    assert [(entry.id, entry.hours) for entry in found.days[3]] == [(flight, "15:05 (Warsaw) – 06:40\xa0+1 (Beijing)")]
    assert [(entry.id, entry.hours) for entry in found.days[4]] == [(flight, "06:40 (Beijing)")]
    assert at.day(4) == ["06:40 Arrival: Warsaw → Beijing"]


def test_arrows_go_from_day_to_day_and_over_the_end_of_a_week(at: Reader) -> None:
    assert at.page.lists[1].hasFocus()
    at.press(Qt.Key.Key_Right)
    assert at.page.lists[2].hasFocus()
    for _ in range(3):
        at.press(Qt.Key.Key_Left)
    assert at.page.title.text() == "15–21 November 2027"
    assert at.page.lists[6].hasFocus()
    at.press(Qt.Key.Key_PageDown)
    assert at.page.title.text() == "22–28 November 2027 · Madrid time"
    at.user.click("week.before")
    assert at.page.title.text() == "15–21 November 2027"


def test_a_week_turned_to_behind_an_empty_day_has_its_first_point_selected(at: Reader) -> None:
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        at.press(key)
    assert at.page.lists[1].hasFocus()
    assert at.page.lists[1].current_id == at.items[1]


def test_another_language_and_look_keep_the_week(at: Reader) -> None:
    for command in ("view.chinese", "view.dark"):
        at.user.window.do(command)
        week = at.user.window.week
        assert week is not None
        assert "2027年11月22日" in week.title.text(), command


def test_enter_opens_a_point_in_the_page_of_its_visit_and_back_returns(
    at: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ucapdesk.ui.window.main_window.PASSING", -1)  # nobody passes in a hurry here
    at.page.take_focus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        at.press(key)
    assert at.user.window.record.id == at.visit
    screen = screen_of(at.user, VisitScreen)
    assert screen.programme is not None
    assert screen.programme.date == "2027-11-23"
    assert screen.programme.rows.current_id == at.items[0]
    at.user.window.step(-1)
    assert at.page.isVisible()


def test_a_click_opens_a_meeting_and_a_visit(at: Reader) -> None:
    box = at.page.lists[1].visualItemRect(at.page.lists[1].item(1))
    QTest.mouseClick(at.page.lists[1].viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert at.user.window.record.id == at.meeting
    at.user.window.do("go.week")
    records.edit(at.desk, at.visit, {"title": Bilingual(en="Joint commission " * 12)})
    assert at.page.visits[0].text().endswith("… · 23–25 November 2027"), "a long title leaves room for the dates"
    at.page.visits[0].click()
    assert at.user.window.record.id == at.visit


def test_what_is_written_meanwhile_is_seen_at_once(at: Reader) -> None:
    records.trash(at.desk, at.meeting)
    QApplication.processEvents()
    assert at.day(1) == ["09:30 Meet", "11:00 port"]


def test_where_there_is_no_room_for_seven_days_they_stand_in_rows(at: Reader, qtbot: QtBot) -> None:
    wide = at.page.lists[6].mapTo(at.page, at.page.lists[6].rect().topLeft()).y()
    assert wide == at.page.lists[0].mapTo(at.page, at.page.lists[0].rect().topLeft()).y()
    alone = WeekPage(at.desk)
    qtbot.addWidget(alone)
    alone.resize(500, 600)
    alone.show()
    first, fourth = alone.lists[0].geometry(), alone.lists[3].geometry()
    assert (fourth.left(), fourth.top() > first.bottom()) == (first.left(), True)


def test_a_meeting_that_a_point_leads_to_stands_once(at: Reader) -> None:
    records.edit(at.desk, at.items[1], {"meeting": at.meeting})
    found = visit_itinerary.week(at.desk, TUESDAY)
    assert [entry.id for entry in found.days[1]] == [at.items[1], at.items[0]]
    assert found.dates[0] == date(2027, 11, 22)


def test_what_keys_do_to_an_event_is_offered_by_the_menu_of_the_other_mouse_button(
    at: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)  # without a screen no mouse can be held
    rows = at.page.lists[1]
    rows.customContextMenuRequested.emit(rows.visualRect(rows.model().index(0, 0)).center())
    (menu,) = at.page.findChildren(QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert all(action.isEnabled() for action in offered.values())
    offered["15 minutes later\tCtrl+↓"].trigger()
    QApplication.processEvents()
    assert at.day(1)[0] == "09:45 Meet"
