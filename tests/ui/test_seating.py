"""Seating at the window: the proposal, two people who change places by hand or by keys, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.helpers.second_story import SecondStory
from tests.helpers.stage import Stage
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, child, screen_of
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.screens.seating_dialog import SeatingDialog, SeatingPlan
from ucapdesk.ui.screens.visit_screen import VisitScreen


@pytest.fixture
def talks(user: User) -> str:
    """A meeting of four people of two sides, shown."""
    meeting = add_record(user, "meeting", "title.en=Talks", "type=talks", "when.date=2026-11-24")
    for side, role, family in (
        ("A", "host", "Li"),
        ("A", "delegate", "Chen"),
        ("B", "head", "Rossi"),
        ("B", "interpreter", "Bruno"),
    ):
        person = add_record(user, "person", f"name.family={family}")
        add_record(user, "participation", f"owner={meeting}", f"person={person}", f"side={side}", f"role={role}")
    user.open(meeting)
    return meeting


def places(plan: SeatingPlan) -> dict[str, str]:
    return {each.code: each.name for each in plan.sitters}


def show(user: User, monkeypatch: pytest.MonkeyPatch, look: Callable[[SeatingDialog], Any]) -> None:
    answer(monkeypatch, SeatingDialog, look)
    user.window.do("record.seating")


def middle(plan: SeatingPlan, code: str) -> QPoint:
    return plan.place_of(next(each for each in plan.sitters if each.code == code)).center().toPoint()


def has_keys_in_sight(plan: SeatingPlan) -> bool:
    """Whether the seat where the keys are is seen."""
    return plan.current is not None and plan.visibleRegion().contains(plan.place_of(plan.current).center().toPoint())


@pytest.mark.row("B3")
def test_two_people_change_places_by_dragging_and_one_step_takes_it_back(
    user: User, talks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(dialog: SeatingDialog) -> None:
        plan = dialog.plan
        assert places(plan) == {"A1": "Li", "A2": "Chen", "B1": "Rossi", "B2": "Bruno"}
        assert not dialog.proposed.isEnabled()
        QTest.mousePress(plan, Qt.MouseButton.LeftButton, pos=middle(plan, "A2"))
        QTest.mouseMove(plan, middle(plan, "B2"))
        QTest.mouseRelease(plan, Qt.MouseButton.LeftButton, pos=middle(plan, "B2"))

    show(user, monkeypatch, look)
    user.window.do("edit.undo")
    parts = records.children(user.desk, talks)["participation"]
    assert [each.seat for each in parts] == [None] * 4  # type: ignore[attr-defined]


def test_keys_pick_up_and_put_down_and_the_proposal_comes_back(
    user: User, talks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(dialog: SeatingDialog) -> None:
        plan = dialog.plan
        plan.go_to(next(each.id for each in plan.sitters if each.code == "A1"))
        assert dialog.said.text() == "A1 · Li · Chinese side"
        dialog.resize(300, 300)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            QTest.keyClick(plan, key)
            assert has_keys_in_sight(plan)
        dialog.resize(400, 400)
        room = dialog.boxes["room"]
        for at in (*range(1, room.count()), 0):
            room.setCurrentIndex(at)
            QApplication.processEvents()
            assert has_keys_in_sight(plan), room.currentText()
        QTest.keyClick(plan, Qt.Key.Key_Return)
        assert dialog.hint.text().startswith("Li: arrow keys")
        QTest.keyClick(plan, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert plan.held is None
        QTest.keyClick(plan, Qt.Key.Key_Space)
        QTest.keyClick(plan, Qt.Key.Key_Right)
        QTest.keyClick(plan, Qt.Key.Key_Space)
        assert places(plan) == {"A1": "Chen", "A2": "Li", "B1": "Rossi", "B2": "Bruno"}
        assert dialog.said.text() == "A2 · Li · Chinese side (put there by hand)"
        button = child(dialog, QPushButton, "seating.proposed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert places(plan)["A1"] == "Li"

    show(user, monkeypatch, look)
    assert all(each.seat is None for each in records.children(user.desk, talks)["participation"])  # type: ignore[attr-defined]


def test_the_room_can_be_another_one_and_the_plan_is_printed(
    user: User, talks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def look(dialog: SeatingDialog) -> None:
        assert dialog.boxes["room"].currentText() == "Talks"
        assert dialog.boxes["interpreter"].isVisible()
        assert not dialog.boxes["convention"].isVisible()
        dialog.boxes["room"].setCurrentIndex(dialog.boxes["room"].findData("rostrum"))
        assert dialog.boxes["convention"].isVisible()
        assert set(places(dialog.plan)) == {"1", "2", "3"}
        QTest.keyClick(dialog.plan, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    def preview(dialog: PaperDialog) -> None:
        user.bot.waitUntil(lambda: dialog.made is not None)
        printed.append(dialog.choice.shown.name)
        printed.append(dialog.made.asked.options["room"] if dialog.made else "")
        dialog.done(0)

    answer(monkeypatch, PaperDialog, preview)
    show(user, monkeypatch, look)
    user.window.work.stop_all()
    assert printed == ["seating_plan", "rostrum"], "the plan that was looked at"


def test_people_ride_in_cars_behind_a_driver_at_either_side(
    user: User, talks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(dialog: SeatingDialog) -> None:
        dialog.boxes["room"].setCurrentIndex(dialog.boxes["room"].findData("cars"))
        assert dialog.boxes["wheel"].isVisible()
        assert not dialog.boxes["interpreter"].isVisible()
        plan = dialog.plan
        assert places(plan) == {"1a": "Rossi", "1b": "Li", "1c": "Bruno", "2a": "Chen"}
        left = middle(plan, "1a").x()
        dialog.boxes["wheel"].setCurrentIndex(dialog.boxes["wheel"].findData("right"))
        assert middle(plan, "1a").x() < left, "the place of honour is diagonal to the driver"

    show(user, monkeypatch, look)


def test_in_the_itinerary_of_a_visit_the_plan_is_that_of_the_chosen_point_where_it_has_seats(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = add_record(user, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-25")
    bus, dinner = (
        add_record(
            user, "itinerary_item", f"owner={visit}", f"title.en={title}", f"type={type_}", f"when=2026-11-24 {hours}"
        )
        for title, type_, hours in (("Bus", "transfer", "17:00-18:00"), ("Dinner", "banquet", "19:00-21:00"))
    )
    user.open(visit)
    screen = screen_of(user, VisitScreen)
    shown: list[tuple[str, str]] = []

    def look(dialog: SeatingDialog) -> None:
        shown.append((dialog.windowTitle(), dialog.boxes["room"].currentText()))

    for point in (dinner, bus):
        assert screen.row_of(point)
        show(user, monkeypatch, look)
    assert screen.row_of(dinner)
    screen.show_tab("delegation")
    show(user, monkeypatch, look)
    assert shown == [("Seating · Dinner", "Banquet"), *2 * [("Seating · Visit", "Group photo")]]


def test_where_nobody_takes_part_it_says_so(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    user.open(add_record(user, "meeting", "title.en=Empty"))
    show(user, monkeypatch, lambda dialog: said.append(dialog.said.text()))
    assert said == ["Nobody takes part yet. Add people to the record first."]


@pytest.mark.parametrize("dark", [False, True])
def test_three_parties_have_marks_of_their_own_and_the_legend_names_them(
    qapp: QApplication, second_desk: Desk, second_story: SecondStory, *, dark: bool
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en", dark=dark)
    dialog = SeatingDialog(second_desk, second_story["talks"], stage.window)
    dialog.show()
    stage.settle()
    named = [label.text() for label in dialog.legend.findChildren(QLabel) if label.isVisible()]
    marks = {each.party: each.mark for each in dialog.plan.sitters}
    assert named == ["Zhengzhou", "Łódź", "Thessaloniki"]
    assert set(named) == marks.keys()
    assert len({mark.shape for mark in marks.values()}) == 3
    picture = dialog.plan.grab().toImage()
    ratio = picture.devicePixelRatio()
    seen = set()
    for party in named:
        place = dialog.plan.place_of(next(each for each in dialog.plan.sitters if each.party == party))
        corner = place.bottomLeft() * ratio  # beside the words
        seen.add(picture.pixelColor(round(corner.x() + 12 * ratio), round(corner.y() - 6 * ratio)).name())
    assert len(seen) == 3, "each has a ground of its own"
    dialog.boxes["room"].setCurrentIndex(dialog.boxes["room"].findData("photo"))
    stage.settle()
    assert [label.text() for label in dialog.legend.findChildren(QLabel) if label.isVisible()] == named
    dialog.close()
    stage.close()
