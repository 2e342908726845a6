"""What a screen reader is told without being asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.helpers.shown import kept_by
from tests.ui.conftest import User
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit import widgets as announcing
from ucapdesk.ui.toolkit.signals import application
from ucapdesk.ui.toolkit.widgets import Announcer, announce
from ucapdesk.ui.window.shortcuts import ShortcutsDialog

pytestmark = pytest.mark.rule("A4", "R45")


@pytest.fixture
def heard(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """A screen reader: what it hears, and whether at once."""
    sentences: list[tuple[str, bool]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            sentences.append((event.message(), urgent))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    yield sentences
    _forget()


def test_what_has_the_keys_has_a_name(user: User) -> None:
    person = user.open(user.id("person"))
    assert user.window.record.page.accessibleName() == records.titles(user.desk, [person], "en")[person]
    keys = ShortcutsDialog(lambda: None, user.window)
    (line,) = keys.edit.findChildren(QLineEdit)
    assert line.accessibleName() == keys.edit.accessibleName() != ""
    keys.deleteLater()


def test_what_was_saved_is_said(user: User, heard: list[tuple[str, bool]]) -> None:
    user.open(user.id("person"))
    user.type("name.given", "Juana", leave=False)
    user.bot.keyClick(user.box("name.given"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [urgent for text, urgent in heard if text.startswith("Saved ")] == [False]


def test_an_error_is_said_at_once(user: User, heard: list[tuple[str, bool]]) -> None:
    user.window.notice.say("The disk is full.")
    assert heard == [("The disk is full.", True)]


def test_of_many_sentences_the_newest_is_said_after_a_pause(
    qtbot: QtBot, heard: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "PAUSE", 40)
    widget = kept_by(qtbot, QWidget())
    for sentence in ("one", "two", "three"):
        announce(widget, sentence)
    assert heard == [("one", False)]
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[-1] == ("three", False)


def test_what_has_just_been_said_is_not_said_again(
    qapp: QApplication, qtbot: QtBot, heard: list[tuple[str, bool]]
) -> None:
    widget = kept_by(qtbot, QWidget())
    for sentence in ("Saved 14:02", "Saved 14:02"):
        announce(widget, sentence)
    announce(widget, "The disk is full.", urgent=True)
    assert heard == [("Saved 14:02", False)]
    assert _waiting() == "The disk is full."


def test_an_error_is_not_lost_among_the_rest(
    qtbot: QtBot, heard: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "PAUSE", 40)
    widget = kept_by(qtbot, QWidget())
    announce(widget, "Saved 14:02")
    announce(widget, "The disk is full.", urgent=True)
    announce(widget, "Saved 14:03")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[-1] == ("The disk is full.", True)


def test_nothing_is_said_of_a_window_that_is_gone(
    qtbot: QtBot, heard: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "PAUSE", 40)
    stays, goes = QWidget(), QWidget()
    qtbot.addWidget(stays)
    announce(stays, "one")
    announce(goes, "two")
    goes.deleteLater()
    qtbot.wait(80)
    assert heard == [("one", False)]


def test_the_record_that_the_keys_come_to_is_named(user: User, heard: list[tuple[str, bool]]) -> None:
    person = user.id("person")
    user.window.show_record(person)
    user.window.enter_record()
    assert records.titles(user.desk, [person], "en")[person] in {_waiting(), *(text for text, _ in heard)}
    _forget()
    heard.clear()
    user.window.do("record.new")
    assert [text for text, _ in heard] == ["New: Person"]


def test_nothing_in_the_window_is_a_pane_without_contents(user: User) -> None:
    user.open(user.id("visit"))
    for widget in (user.window, *user.window.findChildren(QWidget)):
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.role() != QAccessible.Role.LayeredPane, widget.objectName()


def test_what_is_understood_of_a_typed_line_is_said_once(user: User, heard: list[tuple[str, bool]]) -> None:
    user.open(user.id("visit"))
    screen: Any = user.window.record.special
    screen.show_tab("itinerary")
    line = user.find(QLineEdit, "itinerary.entry.line")
    hint = QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Description)
    line.setFocus()
    user.bot.keyClicks(line, "1215 1330 meal")
    assert any("12:15–13:30" in text for text, _ in heard) or "12:15–13:30" in _waiting()
    assert QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Description) == hint


def _waiting() -> str:
    announcer: Any = application().findChild(Announcer)
    return str(announcer._waiting.text) if announcer is not None and announcer._waiting else ""


def _forget() -> None:
    announcer = application().findChild(Announcer)
    if announcer is not None:
        delete(announcer)
