"""The base class of editors of values that are typed in one line or several, said back in words, and saved when the last is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.model.kind import KindField
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.field_message import HINT
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label


class LinesEditor(Editor):
    """A value with a line for each part. A part is checked when it is left, and problems are shown at once."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.lines: dict[str, LineEdit | TextEdit] = {}
        # confirms in words how the typed text was read; it takes no room while empty
        self._echo = label("", HINT, name=f"{self.objectName()}.echo", parent=self)
        self._echo.setMinimumWidth(1)
        self._echo.hide()

    def add_line(self, key: str, name: str = "", *, long: bool = False) -> LineEdit | TextEdit:
        """Return a line for a part; a screen reader says its ``name``, if it has one, after the field's label."""
        line = TextEdit(self) if long else LineEdit(self)
        self.lines[key] = named(line, f"{self.objectName()}.{key}", ": ".join(filter(None, (self.field.label(), name))))
        self.add_box(line)
        line.left.connect(lambda: self._leave(line))
        line.edited.connect(self.typing)
        line.edited.connect(self._follow)
        return line

    def set_read_only(self) -> None:
        for line in self.lines.values():
            line.setReadOnly(True)
            line.setPlaceholderText("")
        for part in self.findChildren(QPushButton) + self.findChildren(QComboBox):
            part.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the value too when the group is left from a part that is no line."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            to, reason = QApplication.focusWidget(), event.reason()
            inside = to is not None and self.isAncestorOf(to)
            if not inside and reason != Qt.FocusReason.PopupFocusReason:
                self.commit()
        return False

    def _leave(self, line: LineEdit | TextEdit) -> None:
        to = QApplication.focusWidget()
        if not line.hasFocus() and to is not None and self.isAncestorOf(to):
            try:  # a part is checked as soon as another one is focused
                self.change()
            except UserError as error:
                self.refuse(error.say())
        elif self.commit() and not line.hasFocus():
            self._show(self._saved)

    def _follow(self) -> None:
        """Show the reading of the whole value while a part is typed."""
        try:
            value = self._typed()
        except (UserError, ValueError):
            self._echo.say("")
            return
        self._say_back(value)
        if self.refused:
            self._say("")

    def _show_reading(self, value: Any) -> None:
        """Say a saved value in words, in a table row as a tooltip."""
        self._say_back(value)
        if self._compact:
            for line in self.lines.values():
                set_tool_tip(line, self._echo.text())
            self._echo.say("")

    _say_back: Callable[[Any], None]
    """Says a value in words under the parts."""
