"""Nothing typed is lost and nothing jumps: lines not added yet, the focus over every rebuild, Enter on a button, Back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from tests.ui.list_hands import child, focused, kept_by, press_in
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import HOME


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
