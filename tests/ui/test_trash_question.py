"""Whoever throws away in the window what others name is told where, and may keep it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.answers import answering
from tests.ui.conftest import User
from tests.ui.list_hands import show_list
from ucapdesk.services import records


@pytest.mark.parametrize("several", [False, True])
def test_the_window_names_the_places_and_keeps_what_one_wants_to_keep(user: User, several: bool) -> None:
    used = next(id_ for id_ in records.listing(user.desk, "place") if records.used_by(user.desk, id_))
    show_list(user, "place")
    ids = [used]
    if several:
        user.window.list.view.selectAll()
        ids = user.window.list.selected()
    else:
        user.open(used)
    user.window.list.view.setFocus()
    with answering("Keep it") as said:
        user.press(Qt.Key.Key_Delete)
    (question,) = said
    assert ("The chosen records are used" if several else "is used in") in question
    assert "•" in question
    assert not any(records.get(user.desk, id_).is_deleted for id_ in ids)
    with answering("Move to the Trash"):
        user.press(Qt.Key.Key_Delete)
    assert all(records.get(user.desk, id_).is_deleted for id_ in ids)
