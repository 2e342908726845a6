"""One editor alone on the sample: what its tests need of a window, and no more."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.base.errors import UserError
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.editor_factory import editor_for


class OneField:
    """The editor of one field of one record, saved as the form would save it, and hands that use it."""

    def __init__(self, bot: QtBot, desk: Desk, id_: str, name: str) -> None:
        self.bot, self.desk, self.id, self.name = bot, desk, id_, name
        self.kind = desk.read.kind_of(id_) or ""
        self.page = QWidget()
        self.editor: Any = editor_for(KINDS[self.kind].fields[name], desk)
        self.editor.committed.connect(lambda change: self._save(self.editor, change))
        self.opened: list[str] = []
        self.editor.opened.connect(self.opened.append)
        self.elsewhere = QLineEdit(self.page)
        column = QVBoxLayout(self.page)
        column.addWidget(self.editor)
        column.addWidget(self.elsewhere)
        column.addStretch(1)
        self.page.resize(560, 420)
        bot.addWidget(self.page)
        self.show()
        with bot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        bot.waitUntil(lambda: QApplication.activeWindow() is self.page)

    def _save(self, editor: Editor, change: FieldChange) -> None:
        try:
            records.edit(self.desk, self.id, {self.name: change}, seen=editor.seen)
        except UserError as error:
            editor.refuse(error.say())
            return
        self.show()

    def show(self) -> None:
        self.editor.set_value(self.value, self.desk.heads(self.id))

    @property
    def value(self) -> Any:
        return getattr(records.get(self.desk, self.id), self.name)

    @property
    def steps(self) -> int:
        return len(history.of(self.desk, self.id))

    def box(self, part: str = "line") -> Any:
        found = self.page.findChild(QWidget, f"field.{self.name}.{part}")
        assert found is not None, part
        return found

    def text(self, part: str = "line") -> str:
        return str(self.box(part).text())

    def type(self, said: str, part: str = "line") -> None:
        """Write in place of what stands in a line: by keys, or with an input method."""
        box = self.box(part)
        box.setFocus()
        self.press(Qt.Key.Key_A, ctrl=True)
        if not said:
            self.press(Qt.Key.Key_Delete)
        elif said.isascii():
            self.bot.keyClicks(box, said)
        else:
            self.compose("", said)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.focus(), event)

    def leave(self) -> None:
        self.elsewhere.setFocus()

    def enter(self, said: str, part: str = "line") -> Any:
        """Type something and leave the field; return what is saved then."""
        self.type(said, part)
        self.leave()
        return self.value

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        self.bot.keyClick(self.focus(), key, modifier)

    def click(self, part: str) -> None:
        self.bot.mouseClick(self.page.findChild(QPushButton, f"field.{self.name}.{part}"), Qt.MouseButton.LeftButton)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page

    @property
    def echo(self) -> str:
        label = self.editor._echo
        return "" if label.isHidden() else str(label.text())

    @property
    def message(self) -> str:
        return str(self.editor.message)
