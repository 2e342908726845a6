"""The dialog in which one record or several are chosen from a list, by name, keys and mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.fields.links import PickerDialog, options_of


def test_a_link_is_chosen_by_name(user: User, qtbot: QtBot) -> None:
    field = LISTED["meeting"].fields["chair_a"]
    dialog = PickerDialog("Chair", options_of(user.desk, field), [], several=False, parent=user.window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.filter, "benitez")
    assert dialog.items.count() == 1
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert [user.value(id_, "name").family for id_ in dialog.chosen] == ["Benítez"]


def test_the_list_to_look_through_is_walked_with_the_keys_and_says_both_names(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk
) -> None:
    field = records.kind_named("meeting").fields["chair_a"]
    over = QWidget()
    qtbot.addWidget(over)
    dialog = PickerDialog("Chair", options_of(sample_desk, field), [], over, several=False)
    dialog.show()
    dialog.activateWindow()
    dialog.filter.setFocus()
    qtbot.waitUntil(dialog.filter.hasFocus)
    qtbot.keyClicks(dialog.filter, "gandara")
    assert dialog.items.item(0).text().startswith("Pablo Gándara  巴勃罗·甘达拉")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.items.hasFocus)
    qtbot.keyClick(dialog.items, Qt.Key.Key_Return)
    assert len(dialog.chosen) == 1


def test_of_the_list_several_are_ticked_by_typing_and_with_the_mouse(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk
) -> None:
    field = records.kind_named("meeting").fields["places"]
    known, first, second = records.listing(sample_desk, "place")[:3]
    over = QWidget()
    qtbot.addWidget(over)
    dialog = PickerDialog("Places", options_of(sample_desk, field), [known], over, several=True)
    dialog.show()
    dialog.activateWindow()
    dialog.filter.setFocus()
    qtbot.waitUntil(dialog.filter.hasFocus)
    qtbot.keyClicks(dialog.filter, records.title(sample_desk, first))
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert (dialog.filter.text(), dialog.chosen) == ("", [known, first]), "and what else there is can be looked for"
    rows = {item.data(Qt.ItemDataRole.UserRole): item for item in map(dialog.items.item, range(dialog.items.count()))}
    dialog.items.setFocus()
    dialog.items.setCurrentItem(rows[known])
    qtbot.keyClick(dialog.items, Qt.Key.Key_Space)
    dialog.items.setCurrentItem(rows[first])
    assert dialog.chosen == [first]
    dialog.items.itemActivated.emit(rows[second])
    assert dialog.chosen == [first, second]
    qtbot.keyClick(dialog.items, Qt.Key.Key_Return)
    assert dialog.chosen == [first, second], "Enter takes no tick away"
    assert dialog.result() == PickerDialog.DialogCode.Accepted
