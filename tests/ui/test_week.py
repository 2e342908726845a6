"""The calendar: its days as lists and among the hours, moved by keys and by the mouse."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.helpers.clock import COMPUTER
from tests.helpers.shown import kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import AtPage, focused, screen_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import line_entry
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.visits.visit_itinerary import WeekEntry
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.screens.week_page import DayList, WeekPage, lanes

TUESDAY = date(2027, 11, 23)


class Reader(AtPage):
    def __init__(self, user: User) -> None:
        super().__init__(user)
        values = {"dates": PartialDate("2027-11-23/2027-11-25"), "time_zone": "Europe/Madrid"}
        self.visit = records.add(self.desk, "visit", {"title": Bilingual(en="Delegation", zh="代表团"), **values})
        records.add(self.desk, "visit", {"title": Bilingual(en="Some time"), "dates": PartialDate("2027-11")})
        self.items = [
            self.line("1100 1200 visit port"),
            self.line("0930 1030 meet"),
            self.line("0900 talks", "2027-11-24"),
        ]
        when = When(date="2027-11-23", start="10:45", end="11:15", tz="Asia/Shanghai")
        self.meeting = records.add(self.desk, "meeting", {"title": Bilingual(en="Video call"), "when": when})
        records.add(self.desk, "meeting", {"title": Bilingual(en="Month only"), "when": When(date="2027-11")})
        user.window.resize(1280, 640)
        user.window.do("go.week")
        self.page.show_day(TUESDAY)
        QApplication.processEvents()

    def line(self, typed: str, day: str = "2027-11-23") -> str:
        return line_entry.add_itinerary_line(
            self.desk, self.visit, day, line_entry.read_itinerary_line(self.desk, typed)
        )

    @property
    def page(self) -> WeekPage:
        assert self.user.window.week is not None
        return self.user.window.week

    def day(self, at: int) -> list[str]:
        return [self.page.lists[at].item(n).text() for n in range(self.page.lists[at].count())]


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
    assert (at.day(2), at.day(0)) == (["09:00 Talks"], [])
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
    assert (screen.programme.date, screen.programme.rows.current_id) == ("2027-11-23", at.items[0])
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
    alone = kept_by(qtbot, WeekPage(at.desk))
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


LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def when(at: Reader, id_: str) -> When:
    said = at.user.value(id_, "when")
    assert isinstance(said, When)
    return said


def box(list_: DayList, id_: str) -> tuple[int, int]:
    found = list_.box(next(row for row, each in enumerate(list_.entries) if each.id == id_))
    return found.top(), found.bottom()


def drag(from_: DayList, start: QPoint, to: DayList, end: QPoint) -> None:
    QTest.mousePress(from_.viewport(), LEFT, NONE, start)
    target = to.viewport().mapTo(to.window(), end)
    begin = from_.viewport().mapTo(from_.window(), start)
    for n in range(1, 9):
        point = begin + (target - begin) * (n / 8)
        QTest.mouseMove(from_.viewport(), from_.viewport().mapFrom(from_.window(), point))
        QApplication.processEvents()
    QTest.mouseRelease(from_.viewport(), LEFT, NONE, from_.viewport().mapFrom(from_.window(), target))
    QApplication.processEvents()


def middle(list_: DayList, id_: str) -> QPoint:
    return list_.box(next(row for row, each in enumerate(list_.entries) if each.id == id_)).center()


def test_an_event_stands_at_its_time_and_is_as_long_as_it_lasts(at: Reader) -> None:
    day = at.page.lists[1]
    assert day.scale is not None
    hour = day.scale.hour
    port, meet = box(day, at.items[0]), box(day, at.items[1])
    assert port[0] - meet[0] == pytest.approx(1.5 * hour, abs=2)
    assert port[1] - port[0] == pytest.approx(hour, abs=4)
    assert at.page.heads[1].mapTo(at.page, QPoint()).x() == day.mapTo(at.page, QPoint()).x(), "its head stands above it"


def test_it_is_dragged_to_another_hour_and_another_day_and_undo_takes_it_back(at: Reader) -> None:
    day, before = at.page.lists[1], when(at, at.items[0])
    assert day.scale is not None
    by = QPoint(0, round(day.scale.hour * 1.5))
    drag(day, middle(day, at.items[0]), day, middle(day, at.items[0]) + by)
    assert (when(at, at.items[0]).start, when(at, at.items[0]).end) == ("12:30", "13:30")
    assert at.page.isVisible(), "dragging opens nothing"
    other = at.page.lists[3]
    drag(day, middle(day, at.items[0]), other, middle(day, at.items[0]))
    assert (when(at, at.items[0]).date, when(at, at.items[0]).start) == ("2027-11-25", "12:30")
    at.user.window.do("edit.undo")
    at.user.window.do("edit.undo")
    assert when(at, at.items[0]) == before


def test_its_lower_edge_makes_it_longer(at: Reader) -> None:
    day = at.page.lists[1]
    assert day.scale is not None
    edge = QPoint(middle(day, at.items[0]).x(), box(day, at.items[0])[1] - 1)
    drag(day, edge, day, edge + QPoint(0, round(day.scale.hour / 2)))
    assert (when(at, at.items[0]).start, when(at, at.items[0]).end) == ("11:00", "12:30")


def test_a_meeting_is_moved_and_stretched_by_keys_and_stays_current(at: Reader) -> None:
    day = focused(at.page.lists[1])
    day.choose(at.meeting)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(day, Qt.Key.Key_Down, ctrl)
    QTest.keyClick(day, Qt.Key.Key_Down, shift)
    assert (when(at, at.meeting).start, when(at, at.meeting).end) == ("11:00", "11:45")
    QTest.keyClick(day, Qt.Key.Key_Right, ctrl)
    assert when(at, at.meeting).date == "2027-11-24"
    assert at.page.lists[2].hasFocus()
    assert at.page.lists[2].entries[at.page.lists[2].currentRow()].id == at.meeting
    assert "moved" in said_by(at.user.window.toast)


def test_the_present_hour_is_a_line_on_the_clock_of_the_place(at: Reader) -> None:
    assert all(each.now is None for each in at.page.lists)
    at.page.show_day(TUESDAY.replace(year=2026, day=3))
    COMPUTER.tick(24 * 3600)
    records.add(at.desk, "meeting", {"when": When(date="2026-11-03", start="10:00", tz="Asia/Shanghai")})
    at.page.refresh()
    assert [each.now for each in at.page.lists[:2]] == [None, 17 * 60]


def test_those_at_the_same_time_stand_beside_each_other() -> None:
    entries = tuple(
        WeekEntry(f"{n}", "", "", "", "", "", *span)
        for n, span in enumerate([(540, 600), (570, 660), (600, 630), (660, 720)])
    )
    assert lanes(entries) == [(0, 2), (1, 2), (0, 2), (0, 1)]


def test_short_ones_after_each_other_do_not_lie_over_each_other(at: Reader) -> None:
    for n, title in enumerate(("Anthem", "Flags", "Photograph")):
        hours = When(date="2026-11-03", start=f"10:{5 * n:02}", end=f"10:{5 * n + 5:02}", tz="Europe/Madrid")
        records.add(at.desk, "meeting", {"title": Bilingual(en=title), "when": hours})
    at.page.show_day(TUESDAY.replace(year=2026, day=3))
    at.page.refresh()
    day = next(each for each in at.page.lists if len(each.entries) >= 3)
    boxes = [day.box(row) for row in range(len(day.entries))]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_the_itinerary_has_the_height_of_the_window_also_beside_its_list(user: User) -> None:
    at = Reader(user)
    user.window.resize(1366, 728)
    user.open(at.visit)
    user.window.show_focused(False)
    QApplication.processEvents()
    screen = screen_of(user, VisitScreen)
    assert screen.programme.rows.height() > 220
    assert screen.programme.form.height() > 350
    assert user.window.record.page.verticalScrollBar().maximum() == 0, "nothing is scrolled inside what is scrolled"


def test_a_short_entry_says_its_hour_and_how_it_begins_and_a_long_one_all_of_its_title(at: Reader) -> None:
    day = at.page.lists[1]
    title = "Talks on sponge-city technology and green rail freight"
    entry = WeekEntry("1", "14:00", "14:00–14:30", title, "", "meeting", 840, 870)
    assert day.words(entry, 90, 1) == ([f"{entry.start} {title}"], "")
    lines, hours = day.words(entry, 90, 20)
    assert " ".join(lines) == title
    assert len(lines) > 1
    assert hours in (entry.hours, entry.start)
    assert len(day.words(entry, 90, 3)[0]) == 2, "the hours keep their line"
