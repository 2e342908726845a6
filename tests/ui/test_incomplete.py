"""Who was only named in passing is listed under People, to be completed; a row tells how many, and they go when they are whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import add_record, chip_of, choose, show_list
from ucapdesk.base.clock import today
from ucapdesk.model.listing import INCOMPLETE, Condition, ListView, read_view
from ucapdesk.services.records import lists, records


def _ids(user: User, kind: str = "person") -> set[str]:
    return set(lists.ids(user.desk, ListView(kind, conditions=(Condition(INCOMPLETE, ("incomplete",)),))))


@pytest.mark.rule("T3", "W5")
def test_a_stub_is_listed_under_incomplete_until_it_has_a_name_and_a_post(user: User) -> None:
    stub = add_record(user, "person", "name.given=Zhang Wei")
    named = add_record(user, "person", "name_han.family=张", "name_han.given=伟")
    show_list(user, "person")
    before = len(_ids(user))
    row = user.window.list.incomplete
    user.bot.waitUntil(lambda: row.text() == f"Incomplete {before}")
    row.setFocus()
    user.press(Qt.Key.Key_Space)
    assert chip_of(user, "incomplete.incomplete").text() == "Incomplete"
    assert not row.isVisible()
    shown = {user.window.list.table.id_at(row) for row in range(user.window.list.table.rowCount())}
    assert {stub, named} <= shown
    house = add_record(user, "organisation", "name.en=DRC")
    add_record(user, "affiliation", f"owner={named}", f"organisation={house}")
    assert stub in _ids(user)
    assert named not in _ids(user)
    post = add_record(user, "affiliation", f"owner={stub}", f"organisation={house}")
    assert stub in _ids(user)  # its family name is still to be said
    records.trash(user.desk, post)
    assert stub in _ids(user)
    user.bot.mouseClick(chip_of(user, "incomplete.incomplete"), Qt.MouseButton.LeftButton)
    user.bot.waitUntil(lambda: row.text() == f"Incomplete {before - 1}")


def test_other_records_lack_what_they_need_and_a_view_keeps_the_condition(user: User) -> None:
    meeting = add_record(user, "meeting", "title.en=Some time")
    assert meeting in _ids(user, "meeting")
    view = ListView("meeting", conditions=(Condition(INCOMPLETE, ("incomplete",)),))
    assert read_view(view.plain()) == view
    assert lists.say_condition(user.desk, records.kind_named("meeting"), view.conditions[0]) == "Incomplete"


@pytest.mark.rule("W5")
def test_people_are_narrowed_by_city_role_and_visit_with_chips_of_their_own(user: User) -> None:
    city = user.id("place")
    guest = add_record(user, "person", "name.family=Guest", f"place={city}")
    visit = add_record(user, "visit", "title.en=Delegation")
    add_record(user, "participation", f"owner={visit}", f"person={guest}")
    add_record(user, "contact_role", f"owner={user.id('ucap')}", f"person={guest}", "role=interpreter")
    show_list(user, "person")
    pane = user.window.list
    for chip, path in (("place", records.titles(user.desk, [city])[city]), ("role", "Interpreter")):
        menu = user.find(QPushButton, f"list.facet.{chip}").menu()
        assert isinstance(menu, QMenu)
        choose(menu, path)
        assert guest in pane.table.ids()
        held = pane.table.view.conditions[0]
        assert read_view(pane.table.view.plain()) == pane.table.view
        pane.show_view(pane.table.view.without_condition(held))
    travels = chip_of(user, "visit.any")
    assert travels.text() == "In a visit"
    travels.setFocus()
    user.press(Qt.Key.Key_Space)
    assert pane.table.ids() == [guest]
    add_record(user, "participation", f"owner={visit}", f"person={user.id('person')}")
    assert len(pane.table.ids()) == 2, "who is added to a visit is listed at once"
    records.trash(user.desk, visit)
    user.bot.waitUntil(lambda: not pane.table.ids())


def test_who_is_in_the_visit_of_the_day_is_found_from_the_menu(user: User) -> None:
    now = today(user.desk.workspace.clock).isoformat()
    visits = [add_record(user, "visit", "title.en=A", f"dates={now}"), add_record(user, "visit", "title.en=B")]
    people = [add_record(user, "person", "name.family=Guest") for _ in visits]
    for visit, person in zip(visits, people, strict=True):
        add_record(user, "participation", f"owner={visit}", f"person={person}")
    show_list(user, "person")
    choose(user.window.list.chips.menu, "This visit")
    assert user.window.list.table.ids() == [people[0]]
    view = user.window.list.table.view
    assert lists.say_condition(user.desk, records.kind_named("person"), view.conditions[0]) == "This visit"
