"""The week among the hours: what is on stands at its time and length, is dragged, stretched, and moved by keys."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.clock import COMPUTER
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from tests.ui.week_reader import TUESDAY, Reader
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services.records import records
from ucapdesk.services.visits.visit_itinerary import WeekEntry
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.screens.week_page import DayList, lanes

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at(user: User) -> Reader:
    return Reader(user)


def when(at: Reader, id_: str) -> When:
    said = at.user.value(id_, "when")
    assert isinstance(said, When)
    return said


def box(list_: DayList, id_: str) -> tuple[int, int]:
    """Where an event begins and ends, in pixels."""
    found = list_.box(next(row for row, each in enumerate(list_.entries) if each.id == id_))
    return found.top(), found.bottom()


def drag(from_: DayList, start: QPoint, to: DayList, end: QPoint) -> None:
    """Press, move in steps as a hand does, and let go."""
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
    day = at.page.lists[1]
    day.setFocus()
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
    assert screen.programme is not None
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
