"""The agenda of a meeting: items are ticked, unfold to minutes of their own, and the whole is folded to its heading."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from tests.ui.conftest import User
from tests.ui.list_hands import child
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.meeting_screen import AgendaList, AgendaRow


@pytest.fixture
def planned(sample_desk: Desk) -> str:
    """A meeting with two items on its agenda, and one line of minutes that belongs to neither."""
    id_ = records.add(sample_desk, "meeting", {"title": Bilingual(en="Kick-off")})
    for title in ("Opening", "Buses"):
        records.add(sample_desk, "agenda_item", {"owner": id_, "title": Bilingual(en=title)})
    records.add(sample_desk, "minute_entry", {"owner": id_, "text": Bilingual(en="Both agree")})
    return id_


def agenda(user: User) -> AgendaList:
    return user.find(AgendaList, "parts.agenda_item")


def rows(user: User) -> list[AgendaRow]:
    user.bot.waitUntil(lambda: len(agenda(user).rows) == 2)
    return [row for row in agenda(user).rows if isinstance(row, AgendaRow)]


def minutes(user: User, planned: str) -> list[tuple[str, str | None]]:
    owned: Any = records.children(user.desk, planned)["minute_entry"]
    return [(each.text["en"], each.agenda_item) for each in owned]


@pytest.mark.rule("W3", "A5")
def test_an_item_is_ticked_with_space_or_the_mouse_and_the_heading_counts(user: User, planned: str) -> None:
    user.open(planned)
    first, second = rows(user)
    first.tick.setFocus()
    user.press(Qt.Key.Key_Space)
    assert user.value(first.id or "", "done") is True
    assert user.find(QPushButton, "meeting.agenda.fold").text() == "Agenda  2 · 1 done"
    user.bot.mouseClick(second.tick, Qt.MouseButton.LeftButton, pos=second.tick.rect().center() / 4)
    assert user.find(QPushButton, "meeting.agenda.fold").text() == "Agenda  2 · 2 done"
    assert first.tick.accessibleName() == "Done: Opening"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(second.id or "", "done") is None
    assert not second.tick.isChecked()
    first.tick.setFocus()
    user.press(Qt.Key.Key_Space)
    assert user.value(first.id or "", "done") is None


@pytest.mark.rule("W3", "R3")
def test_an_item_unfolds_to_minutes_of_its_own(user: User, planned: str) -> None:
    user.open(planned)
    row = rows(user)[1]
    row.fold.setFocus()
    user.press(Qt.Key.Key_Space)
    user.write(user.focus(), "Twenty are ordered")  # type: ignore[arg-type]  # the first line is begun
    user.press(RETURN)
    user.write(user.focus(), "The depot is ready")  # type: ignore[arg-type]  # the next one
    user.press(RETURN)
    assert minutes(user, planned)[1:] == [("Twenty are ordered", row.id), ("The depot is ready", row.id)]
    assert row.fold.text() == "Minutes  2"
    assert len(user.find(ChildList, "parts.minute_entry").rows) == 1, "the others stand above, without these"
    assert len(agenda(user).rows) == 2, "Enter in the minutes begins no item"
    row.fold.setFocus()
    user.press(Qt.Key.Key_Space)
    assert row.minutes is not None
    assert row.minutes.isHidden()
    assert row.fold.text() == "Minutes  2"


@pytest.mark.rule("R4")
def test_ctrl_j_makes_an_action_of_a_line_under_an_item(user: User, planned: str) -> None:
    item = records.children(user.desk, planned)["agenda_item"][0].id
    entry = {"owner": planned, "agenda_item": item, "text": Bilingual(en="Send the schema")}
    records.add(user.desk, "minute_entry", entry)
    user.open(planned)
    row = rows(user)[0]
    assert row.fold.text() == "Minutes  1"
    user.bot.mouseClick(row.fold, Qt.MouseButton.LeftButton)
    assert row.minutes is not None
    box = child(row.minutes.rows[0], QWidget, "field.text.en")
    box.setFocus()
    user.press(Qt.Key.Key_J, ctrl=True)
    assert minutes(user, planned) == [("Both agree", None)]
    actions: Any = records.children(user.desk, planned)["action_item"]
    assert [each.text["en"] for each in actions] == ["Send the schema"]
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert minutes(user, planned)[-1] == ("Send the schema", item)
    assert len(row.minutes.rows) == 1


@pytest.mark.rule("W3")
def test_the_agenda_is_folded_to_its_heading_and_stays_so(user: User, planned: str) -> None:
    user.open(planned)
    item = rows(user)[0].id
    entry = records.add(
        user.desk, "minute_entry", {"owner": planned, "agenda_item": item, "text": Bilingual(en="Welcome")}
    )
    head = user.find(QPushButton, "meeting.agenda.fold")
    head.setFocus()
    user.press(Qt.Key.Key_Space)
    assert head.text() == "Agenda  2 · 1 entry of minutes"
    assert head.accessibleDescription() == "Folded"
    assert not any(row.isVisible() for row in agenda(user).rows)
    user.open(user.id("person"))
    user.open(planned)
    assert not any(row.isVisible() for row in agenda(user).rows)
    user.window.record.point_at_part([entry])
    found = agenda(user).row_of(entry)
    assert found is not None
    user.bot.waitUntil(found.isVisible)  # what is looked for is unfolded


def test_in_the_trash_nothing_is_ticked(user: User, planned: str) -> None:
    records.trash(user.desk, planned)
    user.open(planned)
    user.bot.waitUntil(lambda: bool(agenda(user).rows))
    assert not any(box.isEnabled() for box in agenda(user).findChildren(QCheckBox, "meeting.item.done"))
