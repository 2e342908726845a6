"""The page of a person or a UCAP shows what is on record around it; numbers narrow, Enter opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.services import records
from ucapdesk.ui.people.around import Around


def _around(user: User) -> Around:
    found = user.find(Around, "around")
    user.bot.waitUntil(lambda: found.isVisibleTo(user.window))
    return found


def _rows(page: Around) -> list[tuple[str, ...]]:
    table = page.table
    return [
        tuple(item.text() if (item := table.item(row, column)) else "" for column in range(3))
        for row in range(table.rowCount())
    ]


@pytest.mark.rule("W6")
def test_a_ucap_has_its_timeline_and_a_number_narrows_it(user: User) -> None:
    user.open(user.id("ucap"))
    page = _around(user)
    rows = _rows(page)
    assert rows[0][0].startswith("● April 2019")
    visits = user.find(QPushButton, "around.visit")
    assert visits.text() == "Visits 4"
    user.bot.mouseClick(visits, Qt.MouseButton.LeftButton)
    assert len(_rows(page)) == 4
    assert all(what.startswith("Visit: ") for _, what, _ in _rows(page))
    user.bot.mouseClick(visits, Qt.MouseButton.LeftButton)
    assert len(_rows(page)) == len(rows)


def test_a_row_is_opened_with_enter(user: User) -> None:
    user.open(user.id("ucap"))
    page = _around(user)
    page.table.setFocus()
    page.table.setCurrentCell(0, 0)
    wanted = page.table.data_of(0)
    user.bot.keyClick(page.table, Qt.Key.Key_Return)
    assert user.record.id == wanted


def test_somebody_new_has_nothing_and_what_comes_is_shown_at_once(user: User) -> None:
    person = add_record(user, "person", "name.family=Zhang")
    user.open(person)
    page = user.find(Around, "around")
    user.bot.wait(200)
    assert not page.isVisibleTo(user.window)
    meeting = user.id("meeting")
    add_record(user, "participation", f"owner={meeting}", f"person={person}")
    user.window.record.refresh()
    user.bot.waitUntil(lambda: page.isVisibleTo(user.window))
    assert [row[2] for row in _rows(page)] == ["Participant"]
    records.trash(user.desk, person)


def test_a_meeting_with_the_person_shown_is_begun_from_the_menu(user: User) -> None:
    person = user.id("person")
    user.open(person)
    assert user.window.menus.actions["record.meet"].isEnabled()
    user.window.do("meet_person", "somebody")
    meeting = user.record
    assert type(meeting).__tablename__ == "meeting"
    assert [each.person for each in records.children(user.desk, meeting.id)["participation"]] == [person]  # type: ignore[attr-defined]
    assert not user.window.menus.actions["record.meet"].isEnabled()
