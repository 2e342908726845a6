"""A dialog in ten lines: everything else comes from its base."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.labels import label
from ucapdesk.ui.toolkit.layouts import Part
from ucapdesk.ui.toolkit.text_inputs import LineEdit


class RenameDialog(Dialog):
    """Asks for a name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("rename", tr("workspace", "Name"), parent)
        self.line = named(LineEdit(self), "rename.name", self.windowTitle())
        self.line.setText(name)
        self.foot.main("rename.go", tr("first", "Start"), self.accept)
        self.cleared = button("rename.clear", tr("action", "Undo"), self.line.clear)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(label(self.windowTitle(), "caption", buddy=self.line), self.line, self.cleared, size=(360, 0))


def test_a_dialog_of_ten_lines_takes_keys_names_its_parts_and_makes_room_for_what_went_wrong(
    qtbot: QtBot, dressed: QApplication
) -> None:
    dialog = RenameDialog("Liuzhou")
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.line.hasFocus)
    assert dialog.line.accessibleName() == "Name"
    low = dialog.height()
    dialog.fail("This name is taken. Nothing was changed; choose another one. " * 6)
    assert dialog.height() > low
    assert dialog.message.height() >= dialog.message.heightForWidth(dialog.message.width())
    dialog.fail("")
    assert dialog.message.isHidden()
    names = {each.objectName() for each in dialog.findChildren(QPushButton)}
    assert "rename.go" in names
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)


def test_enter_presses_the_button_that_has_the_focus_and_not_the_main_one(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = RenameDialog("Liuzhou")
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.line.hasFocus)
    dialog.cleared.setFocus()
    qtbot.keyClick(dialog.cleared, Qt.Key.Key_Return)
    assert (dialog.line.text(), dialog.isVisible()) == ("", True)


class FootFirstDialog(RenameDialog):
    """Makes its row of buttons before the rest."""

    def lay_out(self, *parts: Part, size: tuple[int, int] | None = None, gap: int | None = 0) -> None:
        self.late = button("rename.late", tr("action", "Redo"))
        super().lay_out(*parts, self.late, label("A sentence below."), size=size, gap=gap)


def test_tab_comes_to_the_row_of_buttons_last_whichever_was_made_first(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = FootFirstDialog("Liuzhou")
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.line.hasFocus)
    met = []
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        met.append(dialog.focusWidget())
    assert met[:2] == [dialog.cleared, dialog.late]
    assert {each.objectName() for each in met[2:]} == {"rename.go", dialog.foot.buttons()[-1].objectName()}
