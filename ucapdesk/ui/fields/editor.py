"""What all editors of fields have in common: a label, a place for the message of a refused value, and when to save."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.model.kind import KindField


class Editor(QWidget):
    """Edits one field.

    Signals:
        committed(object): the field was left, or Enter was pressed, with another value in it.
        typing(): a key changed what it holds.
    """

    committed = Signal(object)
    typing = Signal()

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setObjectName(f"field.{field.name}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._message = QLabel(self)
        self._message.setProperty("role", "error")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        self._saved: Any = None

    def finish_layout(self) -> None:
        """Put the place for messages under everything else."""
        self._column.addWidget(self._message)

    def caption(self, text: str) -> QLabel:
        """A label over a control."""
        label = QLabel(text, self)
        label.setProperty("role", "caption")
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def set_value(self, value: Any) -> None:
        """Show a saved value."""
        self._saved = value
        self.say("")
        self._show(value)

    def commit(self) -> None:
        """Hand on what was typed, if it is another value; say why not, if it cannot be one."""
        try:
            value = self._typed()
        except UserError as error:
            self.say(error.say())
            return
        except ValueError:
            self.say("?")
            return
        self.say("")
        if value != self._saved:
            self.committed.emit(value)

    def say(self, message: str) -> None:
        """A message under the field; empty takes it away."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.setAccessibleDescription(message)

    @property
    def message(self) -> str:
        """What stands under the field."""
        return self._message.text()

    def typed_cells(self) -> dict[str, str]:
        """What was typed so far, by cell, to be kept as a draft."""
        return {}

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _typed(self) -> Any:
        raise NotImplementedError


def _hands_on_undo(event: QEvent, available: bool) -> bool:
    """Ctrl+Z with nothing to undo in the text belongs to the program."""
    return (
        not available
        and isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )


class Line(QLineEdit):
    """One line of text.

    Signals:
        left(): Enter, or the focus went elsewhere; never while an input method is composing.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.editingFinished.connect(self._finished)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if _hands_on_undo(event, self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def _finished(self) -> None:
        if not self.composing:
            self.left.emit()


class Lines(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field.

    Signals:
        left(): the focus went elsewhere.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.setTabChangesFocus(True)
        self.setMinimumHeight(96)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if _hands_on_undo(event, self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        self.left.emit()
