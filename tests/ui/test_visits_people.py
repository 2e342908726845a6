"""Who comes to a visit and who receives, what is to prepare for it, and how far it is; at the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
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
from tests.helpers.shown import said_by
from tests.helpers.stage import Stage
from tests.ui.conftest import User
from tests.ui.list_hands import AtPage, child, screen_of
from ucapdesk.model.text.typed_lines import read_checklist_line
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.visit_screen import GroupList, VisitScreen

CTRL = Qt.KeyboardModifier.ControlModifier


class Coordinator(AtPage):
    """Somebody at a tab of a visit."""

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
    at.type("lmy")
    at.press(Qt.Key.Key_Return)
    at.type("cy")
    at.press(Qt.Key.Key_Return)
    assert at.people() == ["Li Mingyu", "Chen Yan"]
    at.type("WU Wenneng")
    at.press(Qt.Key.Key_Return)
    assert at.people() == ["Li Mingyu", "Chen Yan", "Wu Wenneng"]
    assert at.screen.bar.tabText(1) == "Delegation 3"
    assert all(each.side == "A" for each in visits.people(at.desk, at.visit, visits.DELEGATION))


def test_hosts_are_a_list_of_their_own_and_rows_are_moved_by_keys(at: Coordinator) -> None:
    people = [records.add(at.desk, "person", {"name": PersonName(name, "X")}) for name in ("One", "Two", "Host")]
    for each in people[:2]:
        visits.add_person(at.desk, at.visit, visits.DELEGATION, key=each)
    visits.add_person(at.desk, at.visit, visits.HOSTS, key=people[2])
    at.tab("delegation")
    assert at.screen.people is not None
    groups = at.screen.people.groups
    assert [len(groups[each].rows.rows) for each in (visits.DELEGATION, visits.HOSTS)] == [2, 1]
    groups[visits.DELEGATION].rows.rows[1].handle.setFocus()
    at.press(Qt.Key.Key_Up, CTRL)
    assert at.people() == ["X Two", "X One"]
    assert at.people(visits.HOSTS) == ["X Host"]


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a list that opens, on the offscreen platform
def test_the_keys_go_along_with_somebody_who_goes_over_to_the_hosts(at: Coordinator) -> None:
    people = [records.add(at.desk, "person", {"name": PersonName(name, "X")}) for name in ("One", "Two", "Host")]
    for each in people[:2]:
        visits.add_person(at.desk, at.visit, visits.DELEGATION, key=each)
    visits.add_person(at.desk, at.visit, visits.HOSTS, key=people[2])
    at.tab("delegation")
    assert at.screen.people is not None
    groups = at.screen.people.groups
    box = child(groups[visits.DELEGATION].rows.rows[0], QComboBox, "field.role.box")
    box.setFocus()
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
    assert at.screen.checklist is not None
    at.type("-14 gifts")
    assert [piece.shown for piece in at.screen.checklist.entry.pieces] == ["−14  Tue 9 Nov 2027", "gifts"]
    at.press(Qt.Key.Key_Return)
    at.type("+7 thank-you letters")
    at.press(Qt.Key.Key_Return)
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
    assert at.screen.checklist is not None
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
    assert at.screen.checklist is not None
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
        assert screen.people is not None, width
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
