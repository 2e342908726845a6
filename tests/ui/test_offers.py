"""What can be chosen: lists that float show whole rows, and what was ticked stays so while something else is looked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.fields.completion_popup import CompletionPopup
from ucapdesk.ui.record.picker import PickerDialog


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


def test_what_was_ticked_stays_ticked_while_something_else_is_looked_for(qtbot: QtBot, dressed: QApplication) -> None:
    names = {"a": "Anna", "b": "Bo", "c": "Chen"}
    dialog = PickerDialog(
        "People", lambda find, _: {k: v for k, v in names.items() if find in v}, ["b"], several=True, parent=None
    )
    qtbot.addWidget(dialog)
    for find, row in (("Chen", 0), ("", 1)):  # Chen is ticked, Bo no longer
        dialog.filter.setText(find)
        dialog.items.setCurrentRow(row)
        dialog.items.itemActivated.emit(dialog.items.item(row))
    assert [dialog.items.item(row).checkState() for row in range(3)] == [
        Qt.CheckState.Unchecked, Qt.CheckState.Unchecked, Qt.CheckState.Checked,
    ]  # fmt: skip
    dialog.accept()
    assert dialog.chosen == ["c"]
