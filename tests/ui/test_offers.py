"""Lists that float show whole rows in a window of any height."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.token_field import CompletionPopup


@pytest.mark.parametrize(("high", "offered"), [(200, 9), (333, 30), (600, 30), (600, 3)])
def test_a_list_of_offers_shows_whole_rows_in_a_window_of_any_height(
    qtbot: QtBot, dressed: QApplication, high: int, offered: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, high)
    line = QLineEdit(window)
    window.show()
    offers = CompletionPopup(line, "field")
    offers.show_offers([NamedRecord(str(n), f"Name {n}") for n in range(offered)], "")
    room = offers.viewport().height()
    bottoms = [offers.visualItemRect(offers.item(row)).bottom() + 1 for row in range(offers.count())]
    assert any(bottom == room for bottom in bottoms), (room, bottoms)
