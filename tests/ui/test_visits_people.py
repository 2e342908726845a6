"""The people of a visit: delegation, hosts and checklist, and where they sit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.second_story import SecondStory
from tests.helpers.shown import child, said_by
from tests.helpers.stage import Stage
from tests.ui.conftest import User
from tests.ui.list_hands import AtPage, add_record, answer, focused, screen_of
from ucapdesk.model.text.typed_lines import read_checklist_line
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.seating_dialog import SeatingDialog, SeatingPlan
from ucapdesk.ui.screens.visit_screen import GroupList, VisitScreen

CTRL = Qt.KeyboardModifier.ControlModifier


class Coordinator(AtPage):
    def __init__(self, user: User, **more: Any) -> None:
        super().__init__(user)
        values = {"dates": PartialDate("2027-11-23/2027-11-25"), "travelling_side": "A", "status": "confirmed", **more}
        self.visit = records.add(self.desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), **values})
        user.window.resize(1280, 640)
        user.open(self.visit)
        user.window.show_focused(True)
        QApplication.processEvents()

    @property
    def screen(self) -> VisitScreen:
        return screen_of(self.user, VisitScreen)

    def tab(self, key: str) -> None:
        self.screen.show_tab(key)
        self.screen.focus_first()
        QApplication.processEvents()

    def people(self, group: str = visits.DELEGATION) -> list[str]:
        parts = visits.people(self.desk, self.visit, group)
        return [str(records.get(self.desk, each.person).name or "") for each in parts if each.person]  # type: ignore[attr-defined]


@pytest.fixture
def at(user: User) -> Coordinator:
    return Coordinator(user)


# -- people -------------------------------------------------------------------------------------------


@pytest.mark.rule("W2", "T3")
def test_people_come_in_by_initials_one_after_the_other_and_new_ones_are_made(at: Coordinator) -> None:
    for family, given, han in (("Li", "Mingyu", ("李", "明宇")), ("Chen", "Yan", ("陈", "燕"))):
        records.add(at.desk, "person", {"name": PersonName(family, given, "family_first"), "name_han": HanName(*han)})
    at.tab("delegation")
    at.enter("lmy")
    at.enter("cy")
    assert at.people() == ["Li Mingyu", "Chen Yan"]
    at.enter("WU Wenneng")
    assert at.people() == ["Li Mingyu", "Chen Yan", "Wu Wenneng"]
    assert at.screen.bar.tabText(1) == "Delegation 3"
    assert all(each.side == "A" for each in visits.people(at.desk, at.visit, visits.DELEGATION))


def test_hosts_are_a_list_of_their_own_and_rows_are_moved_by_keys(at: Coordinator) -> None:
    people = [records.add(at.desk, "person", {"name": PersonName(name, "X")}) for name in ("One", "Two", "Host")]
    for each in people[:2]:
        visits.add_person(at.desk, at.visit, visits.DELEGATION, key=each)
    visits.add_person(at.desk, at.visit, visits.HOSTS, key=people[2])
    at.tab("delegation")
    groups = at.screen.people.groups
    assert [len(groups[each].rows.rows) for each in (visits.DELEGATION, visits.HOSTS)] == [2, 1]
    groups[visits.DELEGATION].rows.rows[1].handle.setFocus()
    at.press(Qt.Key.Key_Up, CTRL)
    assert (at.people(), at.people(visits.HOSTS)) == (["X Two", "X One"], ["X Host"])


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a list that opens, on the offscreen platform
def test_the_keys_go_along_with_somebody_who_goes_over_to_the_hosts(at: Coordinator) -> None:
    people = [records.add(at.desk, "person", {"name": PersonName(name, "X")}) for name in ("One", "Two", "Host")]
    for each in people[:2]:
        visits.add_person(at.desk, at.visit, visits.DELEGATION, key=each)
    visits.add_person(at.desk, at.visit, visits.HOSTS, key=people[2])
    at.tab("delegation")
    groups = at.screen.people.groups
    box = focused(child(groups[visits.DELEGATION].rows.rows[0], QComboBox, "field.role.box"))
    at.press(Qt.Key.Key_Up)
    at.user.bot.keyClick(box.view(), Qt.Key.Key_Up)
    at.user.bot.keyClick(box.view(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert at.people(visits.HOSTS) == ["X One", "X Host"]
    QApplication.processEvents()
    row = next(row for row in groups[visits.HOSTS].rows.rows if row.isAncestorOf(at.user.focus()))
    assert records.get(at.desk, row.id or "").person == people[0]  # type: ignore[attr-defined]
    assert at.user.focus().objectName() == "field.role.box"


def test_order_of_rank_is_one_step(at: Coordinator) -> None:
    for name, rank in (("Low", "division"), ("High", "bureau")):
        person = records.add(at.desk, "person", {"name": PersonName(name, "X")})
        values = {"owner": person, "organisation": at.user.id("organisation"), "rank": rank}
        records.add(at.desk, "affiliation", values)
        records.add(at.desk, "participation", {"owner": at.visit, "person": person})
    before = maintenance.digest(at.desk)
    at.tab("delegation")
    at.user.click("visit.delegation.rank")
    assert at.people() == ["X High", "X Low"]
    at.press(Qt.Key.Key_Z, CTRL)
    assert maintenance.digest(at.desk) == before


def test_somebody_added_by_the_hand_of_an_undo_is_shown_in_the_row(at: Coordinator) -> None:
    part = visits.add_person(at.desk, at.visit, visits.DELEGATION, key=at.user.id("person"))
    at.screen.show_tab("itinerary")
    assert at.user.window.record.point_at_part([part])
    assert at.screen.current == "delegation"


# -- what to prepare ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-14 gifts", (-14, "gifts")), ("Gifts, 14 days before", (-14, "Gifts")), ("礼品，提前14天", (-14, "礼品")), ("感谢信 7天后", (7, "感谢信")),
        ("+7 感谢信", (7, "感谢信")), ("－１４ 礼品", (-14, "礼品")), ("−60d visa letter", (-60, "visa letter")), ("-\u00a05 visa", (-5, "visa")),
        ("gifts", (None, "gifts")), ("14 chairs", (None, "14 chairs")), ("-14", (-14, "")), ("", (None, "")), ("-30天，订酒店", (-30, "订酒店")),
    ],
)  # fmt: skip
def test_a_line_says_how_many_days_and_what(typed: str, said: tuple[int | None, str]) -> None:
    assert read_checklist_line(typed) == said


@pytest.mark.rule("R5", "I5")
def test_a_line_of_the_checklist_is_due_by_the_dates_of_the_visit(at: Coordinator) -> None:
    at.tab("checklist")
    at.type("-14 gifts")
    assert [piece.shown for piece in at.screen.checklist.entry.pieces] == ["−14  Tue 9 Nov 2027", "gifts"]
    at.press(Qt.Key.Key_Return)
    at.enter("+7 thank-you letters")
    rows = at.screen.checklist.rows
    assert [rows.item(n).text() for n in range(rows.count())] == ["gifts", "thank-you letters"]
    assert at.screen.bar.tabText(2) == "Checklist 2"
    at.press(Qt.Key.Key_Escape)
    at.press(Qt.Key.Key_Up)
    at.press(Qt.Key.Key_Space)
    assert records.get(at.desk, at.screen.checklist.todos[0].item.id).done is True  # type: ignore[attr-defined]
    assert at.screen.bar.tabText(2) == "Checklist 1"
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.screen.bar.tabText(2) == "Checklist 2"
    at.press(Qt.Key.Key_Delete)
    assert rows.count() == 1


def test_the_usual_checklist_is_one_click_and_one_undo(at: Coordinator) -> None:
    before = maintenance.digest(at.desk)
    at.tab("checklist")
    at.user.click("visit.checklist.usual")
    rows = at.screen.checklist.rows
    assert rows.count() == len(visits.USUAL_CHECKLIST)
    at.screen.checklist.entry.line.setFocus()
    at.press(Qt.Key.Key_Backtab)
    assert rows.hasFocus()
    assert [rows.row(item) for item in rows.selectedItems()] == [0], "where the keys are is seen"
    at.press(Qt.Key.Key_Z, CTRL)
    assert maintenance.digest(at.desk) == before


def test_an_item_of_the_checklist_is_seen_in_full_and_saved_when_left(at: Coordinator) -> None:
    visits.add_to_do(at.desk, at.visit, -14, "Gifts")
    at.user.window.record.refresh()
    at.tab("checklist")
    at.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() in at.screen.checklist.form.findChildren(QWidget)
    at.type(" and flowers")
    at.press(Qt.Key.Key_Tab)
    assert "flowers" in at.screen.checklist.rows.item(0).text()


# -- how far it is ------------------------------------------------------------------------------------


def test_a_visit_moves_online_with_its_meetings_and_undo_brings_both_back(at: Coordinator) -> None:
    meeting = records.add(at.desk, "meeting", {"visit": at.visit, "status": "scheduled", "mode": "in_person"})
    before = maintenance.digest(at.desk)
    button = at.screen.status
    button.menu().aboutToShow.emit()
    names = [action.objectName() for action in button.menu().actions() if action.objectName()]
    assert names[:4] == [f"visit.status.{each}" for each in ("in_progress", "postponed", "moved_online", "cancelled")]
    next(action for action in button.menu().actions() if action.objectName() == "visit.status.moved_online").trigger()
    assert records.get(at.desk, meeting).mode == "online"  # type: ignore[attr-defined]
    assert button.text() == "Status: Moved online"
    assert "1 meeting moved online too" in said_by(at.user.window.toast)
    at.press(Qt.Key.Key_Z, CTRL)
    assert maintenance.digest(at.desk) == before
    assert button.text() == "Status: Confirmed"


@pytest.mark.rule("V4")
def test_the_programme_of_a_visit_that_was_moved_is_offered_to_go_along(at: Coordinator) -> None:
    values = {"owner": at.visit, "title": Bilingual(en="Talks"), "when": When("2027-11-24", "09:00")}
    item = records.add(at.desk, "itinerary_item", values)
    bar = at.user.find(QWidget, "record.bar")
    assert not bar.isVisible()
    records.edit(at.desk, at.visit, {"dates": PartialDate("2027-12-01/2027-12-03")})
    QApplication.processEvents()
    assert "The programme is still on its old days: 24 November 2027." in said_by(bar)
    at.user.click("record.bar.close")
    at.user.window.record.refresh()
    assert not bar.isVisible()
    records.edit(at.desk, at.visit, {"dates": PartialDate("2027-12-01/2027-12-04")})
    QApplication.processEvents()
    assert bar.isVisible(), "the dates are others than those for which it was closed"
    next(each for each in bar.findChildren(QPushButton, "record.bar.move") if each.isVisible()).setFocus()
    at.press(Qt.Key.Key_Space)
    assert at.user.focus().objectName() == "itinerary.items"
    assert at.user.value(item, "when").date == "2027-12-01"
    assert not bar.isVisible()
    at.user.window.do("edit.undo")
    QApplication.processEvents()
    assert at.user.value(item, "when").date == "2027-11-24"
    assert bar.isVisible()


def test_what_a_step_lacks_leads_to_the_tab_where_it_is_filled_in(at: Coordinator) -> None:
    assert at.user.window.record.focus_field("participation")
    assert at.screen.current == "delegation"
    assert at.user.window.record.focus_field("itinerary_item")
    assert at.screen.current == "itinerary"
    assert at.user.window.record.focus_field("purpose.zh")
    assert at.screen.current == "details"


def test_a_visit_in_the_trash_shows_what_went_there_with_it_and_is_only_read(at: Coordinator) -> None:
    visits.add_person(at.desk, at.visit, visits.DELEGATION, key=at.user.id("person"))
    records.add(at.desk, "itinerary_item", {"owner": at.visit, "title": Bilingual(en="Talks")})
    records.trash(at.desk, at.visit)
    at.user.window.show_record(at.visit)
    there = records.children(at.desk, at.visit, hidden=True)
    people, points = at.user.find(ChildList, "parts.participation"), at.user.find(ChildList, "parts.itinerary_item")
    assert len(people.rows) == len(there["participation"]) == 1
    assert len(points.rows) == len(there["itinerary_item"]) > 0, "its programme seems lost"
    assert not people.add.isVisible()
    assert at.user.box("title.en").isReadOnly()
    at.user.window.do("record.restore")
    assert isinstance(at.user.window.record.special, VisitScreen), "its own page is back with it"


def test_a_delegation_of_two_cities_stands_city_by_city(
    qapp: QApplication, second_desk: Desk, second_story: SecondStory
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en")
    stage.window.show_record(second_story["visit"])
    screen = screen_of(stage, VisitScreen)
    screen.show_tab("delegation")
    stage.settle()
    lists = {each.objectName(): each for each in stage.window.findChildren(GroupList)}
    rows = lists["visit.delegation"].rows
    said = [[label.text() for label in row.findChildren(QLabel, "parts.row.head") if label.isVisible()] for row in rows]
    assert [text for texts in said for text in texts] == ["Łódź", "Thessaloniki"]
    at = said.index(["Thessaloniki"])
    shown = [row.id for row in rows]
    people = visits.people(second_desk, second_story["visit"], visits.DELEGATION)
    of = {each.person: each.id for each in people}
    assert shown[0] == of[second_story["bożena"]]
    assert shown[at] == of[second_story["eleftheria"]], "who is first of them, as the protocol says"
    assert sorted(map(str, shown)) == sorted(of.values())
    assert not any(label.isVisible() for label in lists["visit.hosts"].findChildren(QLabel, "parts.row.head"))
    stage.close()


def test_choices_in_a_delegation_are_read_whole_in_a_narrow_window(user: User, qtbot: QtBot) -> None:
    visit = user.id("visit")
    visits.add_person(user.desk, visit, visits.DELEGATION, name="Zhang Wei 张伟")
    for width, columns in [
        (1024, ["role", "attendance"]),
        (1366, ["role", "attendance"]),
        (1920, ["role", "attendance", "side"]),
    ]:
        user.window.resize(width, 700)
        user.open(visit)
        screen = screen_of(user, VisitScreen)
        screen.bring(screen.people)
        people = screen.people
        qtbot.wait(20)
        shown = [box for box in people.findChildren(QComboBox) if box.isVisible()]
        assert [box.objectName() for box in shown] == [f"field.{name}.box" for name in columns], width
        for box in shown:
            option = QStyleOptionComboBox()
            box.initStyleOption(option)
            room = box.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
            )
            assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width(), (width, box.objectName())


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
