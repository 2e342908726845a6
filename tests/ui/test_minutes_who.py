"""Who @name in the minutes is: somebody on record before somebody new, and asked where several may be meant."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.services.records import records
from ucapdesk.ui.screens.meeting_screen import MeetingScreen
from ucapdesk.ui.screens.part_panel import QuickEntry

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def entry(user: User) -> QuickEntry:
    """The line of a meeting at which nobody is."""
    user.open(records.add(user.desk, "meeting", {"title": Bilingual(en="Port data")}))
    screen = screen_of(user, MeetingScreen)
    screen.entry.line.setFocus()
    return screen.entry


def _person(user: User, family: str, given: str, **more: Any) -> str:
    return records.add(user.desk, "person", {"name": PersonName(family, given), **more})


def _owners(user: User) -> list[str | None]:
    owned = records.children(user.desk, user.record.id)["action_item"]
    return [getattr(each, "person", None) for each in owned]


def _people(user: User) -> int:
    return records.count(user.desk, "person")


def _menu(user: User) -> QMenu:
    menu = user.find(QMenu, "meeting.minutes.entry.who")
    user.bot.waitUntil(menu.isVisible)
    return menu


def _enter(user: User, entry: QuickEntry, typed: str) -> None:
    user.write(entry.line, typed)
    user.bot.keyClick(entry.line, Qt.Key.Key_Return)


def test_accents_need_not_be_typed(user: User, entry: QuickEntry) -> None:
    halina, before = _person(user, "Wrzesińska", "Halina"), _people(user)
    _enter(user, entry, "> send the list @wrzesinska 5 dec")
    assert _owners(user) == [halina]
    assert _people(user) == before


def test_part_of_a_name_offers_who_is_on_record_first(user: User, entry: QuickEntry) -> None:
    halina, before = _person(user, "Wrzesińska", "Halina"), _people(user)
    _enter(user, entry, "> send the list @Wrzes")
    assert _owners(user) == []
    menu = _menu(user)
    said = [action.text() for action in menu.actions()]
    assert said[-1] == "New: “Wrzes”"
    assert "Wrzesińska" in said[0]
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    assert _owners(user) == [halina]
    assert _people(user) == before
    assert entry.line.text() == ""


def test_of_two_namesakes_one_is_chosen(user: User, entry: QuickEntry) -> None:
    both = {_person(user, "Zhang", "Wei", name_han=HanName("张", "伟")) for _ in range(2)}
    _enter(user, entry, "> 发送名单 @张伟")
    menu = _menu(user)
    assert len(menu.actions()) == 3
    user.bot.keyClick(menu, Qt.Key.Key_Down)
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    (owner,) = _owners(user)
    assert owner in both


def test_somebody_new_may_have_a_name_that_begins_alike(user: User, entry: QuickEntry) -> None:
    _person(user, "Nowakowski", "Jan")
    before = _people(user)
    _enter(user, entry, "> send the list @Nowak about the port")
    menu = _menu(user)
    user.bot.keyClick(menu, Qt.Key.Key_Up)
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    (owner,) = _owners(user)
    assert owner
    assert records.titles(user.desk, [owner], "en")[owner] == "Nowak"
    assert _people(user) == before + 1
