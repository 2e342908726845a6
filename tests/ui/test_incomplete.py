"""Who was only named in passing is listed under People, to be completed; a chip shows them, and they go when they are whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import User
from tests.ui.list_hands import add_record, chip_of, show_list
from ucapdesk.model.listing import INCOMPLETE, Condition, ListView, read_view
from ucapdesk.services import lists, records


def _ids(user: User, kind: str = "person") -> set[str]:
    return set(lists.ids(user.desk, ListView(kind, conditions=(Condition(INCOMPLETE, ("incomplete",)),))))


@pytest.mark.rule("T3", "W5")
def test_a_stub_is_listed_under_incomplete_until_it_has_a_name_and_a_post(user: User) -> None:
    stub = add_record(user, "person", "name.given=Zhang Wei")
    named = add_record(user, "person", "name_han.family=张", "name_han.given=伟")
    show_list(user, "person")
    chip = chip_of(user, "incomplete.incomplete")
    assert chip.text() == "Incomplete"
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
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


def test_other_records_lack_what_they_need_and_a_view_keeps_the_condition(user: User) -> None:
    meeting = add_record(user, "meeting", "title.en=Some time")
    assert meeting in _ids(user, "meeting")
    view = ListView("meeting", conditions=(Condition(INCOMPLETE, ("incomplete",)),))
    assert read_view(view.plain()) == view
    assert lists.say(user.desk, records.kind_named("meeting"), view.conditions[0]) == "Incomplete"
