"""The page of a person or a UCAP shows what is on record around it; numbers narrow, Enter opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.model.values import Bilingual, Refs
from ucapdesk.services.records import records
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.people_screens import Around
from ucapdesk.ui.toolkit.item_views import TextTable


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


@pytest.mark.row("B12")
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
    person = user.open(add_record(user, "person", "name.family=Zhang"))
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
    person = user.open(user.id("person"))
    assert user.window.menus.actions["record.meet"].isEnabled()
    user.window.do("record.meet")
    meeting = user.record
    assert type(meeting).__tablename__ == "meeting"
    assert [each.person for each in records.children(user.desk, meeting.id)["participation"]] == [person]  # type: ignore[attr-defined]
    assert not user.window.menus.actions["record.meet"].isEnabled()


@pytest.mark.rule("W5")
def test_the_numbers_over_the_fields_say_what_was_signed_and_lead_to_the_rows(user: User) -> None:
    person = add_record(user, "person", "name.family=Zhang")
    for status in ("signed", "negotiation"):
        mou = add_record(user, "agreement", f"title.en={status}", f"status={status}")
        add_record(user, "signatory", f"owner={mou}", f"person={person}")
    user.open(person)
    page = _around(user)
    number = user.find(QPushButton, "around.agreement")
    assert number.text() == "MoUs 2, 1 signed"
    number.setFocus()
    user.press(Qt.Key.Key_Space)
    assert [what for _, what, _ in _rows(page)] == ["MoU: negotiation", "MoU: signed"]
    assert not page.table.visibleRegion().isEmpty(), "they are in sight"


@pytest.mark.rule("W6")
def test_the_themes_of_a_ucap_stand_in_a_table_that_counts_and_leads_to_them(user: User) -> None:
    ucap = user.id("ucap")
    theme = records.children(user.desk, ucap)["theme"][0].id
    for kind in ("agreement", "agreement", "meeting"):
        records.add(user.desk, kind, {"title": Bilingual(en="Probe"), "themes": Refs([theme])})
    user.open(ucap)
    table = user.find(TextTable, "themes.table")
    assert table.rowCount() == 7
    row = [item.text() if (item := table.item(0, column)) else "" for column in range(6)]
    assert row == ["Smart Energy District", "7", "Energy Transition", "1", "2", "1"]
    assert user.find(QLabel, "themes.mous").text() == "MoUs of this UCAP: 10 reported, 0 recorded"
    records.add(user.desk, "agreement", {"title": Bilingual(en="Found"), "ucap": ucap})
    user.window.record.refresh()
    assert user.find(QLabel, "themes.mous").text() == "MoUs of this UCAP: 10 reported, 1 recorded"
    table.setFocus()
    table.setCurrentCell(0, 0)
    user.press(Qt.Key.Key_Return)
    assert user.record.id == theme
    assert _around(user).line.isVisibleTo(user.window)


@pytest.mark.rule("W6")
def test_a_project_has_its_road_map_to_be_filled_in_at_once(user: User) -> None:
    project = user.open(records.add(user.desk, "pilot_project", {"title": Bilingual(en="Solar roofs")}))
    user.click("parts.road_map_step.add")
    steps = user.find(ChildList, "parts.road_map_step")
    assert steps.isAncestorOf(user.focus())
    user.write(user.focus(), "Choose the roofs")  # type: ignore[arg-type]  # it is a line
    user.press(Qt.Key.Key_Tab)
    (made,) = records.children(user.desk, project)["road_map_step"]
    assert records.titles(user.desk, [made.id])[made.id] == "Choose the roofs"
