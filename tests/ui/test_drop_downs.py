"""Drop-down lists show all of a few choices at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.ui.fields.value_editors import ChoiceEditor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_short_list_does_not_scroll(user: User) -> None:
    user.open(user.id("visit"))
    editor = user.form.reveal("travelling_side")
    assert isinstance(editor, ChoiceEditor)
    box = editor.box
    box.setFocus()
    user.bot.keyClick(box, Qt.Key.Key_Space)
    view = box.view()
    user.bot.waitUntil(view.isVisible)
    last = view.visualRect(view.model().index(box.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    assert view.verticalScrollBar().maximum() == 0
    box.hidePopup()


@pytest.mark.parametrize(("key", "beside"), [(Qt.Key.Key_Tab, "host_places"), (Qt.Key.Key_Backtab, "ucaps")])
def test_tab_takes_the_choice_of_an_open_list_and_goes_on(user: User, key: Qt.Key, beside: str) -> None:
    visit = add_record(user, "visit", "title.en=Visit")
    user.open(visit)
    user.window.record.focus_field("travelling_side")
    editor = user.form.reveal("travelling_side")
    assert isinstance(editor, ChoiceEditor)
    editor.box.setFocus()
    user.bot.keyClick(editor.box, "e")
    user.bot.waitUntil(editor.box.view().isVisible)
    user.press(key)
    assert user.value(visit, "travelling_side") == "B"
    assert not editor.box.view().isVisible()
    assert user.editor(beside).isAncestorOf(user.focus())
