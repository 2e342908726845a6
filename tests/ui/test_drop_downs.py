"""Drop-down lists show all of a few choices at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import User
from ucapdesk.ui.fields.choice_editors import ChoiceEditor

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
