"""What all editors of fields have in common: a label, a place for the message of a refused value, and when to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.entry import Change
from ucapdesk.model.kind import KindField
from ucapdesk.ui.fields.message import ERROR, FieldMessage, spoken
from ucapdesk.ui.look import theme

Seen = Mapping[str, list[int]]
MIN_LINES, MAX_LINES = 2, 14


class Editor(QWidget):
    """Edits one field.

    Signals:
        committed(Change): the field was left, or Enter was pressed, with another value in it.
        typing(): a key changed what it holds.
        opened(str): a linked record was clicked.
    """

    committed = Signal(object)
    typing = Signal()
    opened = Signal(str)
    wide = False
    """True where it wants the whole width of the form."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.seen: Seen = {}
        """Heads of the record when the value shown was read."""
        self.refused = False
        """True while it holds something that could not be saved."""
        self.setObjectName(f"field.{field.name}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._message = FieldMessage(self)
        self._saved: Any = None

    def finish_layout(self) -> None:
        """Put the place for messages under everything else."""
        self._column.addWidget(self._message)
        self._column.addStretch(1)

    # -- what the form does with it ---------------------------------------------------------------

    def set_value(self, value: Any, seen: Seen) -> None:
        """Show a saved value."""
        self.base_on(value, seen)
        self.refused = False
        self._say("")
        self._show(value)

    def base_on(self, value: Any, seen: Seen) -> None:
        """What is typed stays; from now on it is compared with this saved value."""
        self._saved, self.seen = value, seen

    def commit(self) -> bool:
        """Hand on what was typed, if it is another value; say why not, if it cannot be one. True where all is saved."""
        try:
            change = self.change()
        except UserError as error:
            self.refuse(error.say())
            return False
        except ValueError:
            self.refuse(tr("form", "This holds a character that cannot be stored. Take it out, then it is saved."))
            return False
        self.refused = False
        self._say("")
        if change is not None:
            self.committed.emit(change)
        return not self.refused

    def refuse(self, message: str) -> None:
        """Say under the field why what it holds was not saved; it stays there to be corrected."""
        self.refused = True
        self._say(message)

    @property
    def message(self) -> str:
        """What stands under the field."""
        return self._message.text()

    def say(self, level: str, message: str) -> None:
        """Say something under the field: a hint, a warning or an error (see ``message``); empty for nothing."""
        if not message and not self.message:
            return
        before = self.accessibleDescription()
        described = f"{spoken(level)}: {message}" if message else ""
        self._message.say(level, message)
        self.setAccessibleDescription(described)
        for child in self.findChildren(QWidget):  # what has the focus is what a screen reader reads
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and (message or child.accessibleDescription() == before):
                child.setAccessibleDescription(described)

    def _say(self, message: str) -> None:
        self.say(ERROR, message)

    # -- what each editor fills in ----------------------------------------------------------------

    def change(self) -> Change | None:
        """What the person changed; None for nothing. Raises where it cannot be."""
        value = self._typed()
        return None if value == self._saved else Change(self.field, [lambda _: value])

    def typed_cells(self) -> dict[str, Json]:
        """What was typed so far, by cell, to be kept as a draft. Raises where it cannot be a value yet."""
        value = self._typed()
        return {} if value == self._saved else {self.field.name: self.field.type.plain(value)}

    def set_read_only(self) -> None:
        """Show only."""

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _typed(self) -> Any:
        raise NotImplementedError


def _hands_on(box: Line | Lines, event: QEvent) -> bool:
    """Whether a key belongs to the program: Ctrl+Z and Ctrl+Y where nothing was typed since the focus came."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not box.typed_since_focus()
    return event.matches(QKeySequence.StandardKey.Redo) and not box.can_redo()


class Line(QLineEdit):
    """One line of text.

    Signals:
        left(): Enter, or the focus went elsewhere; never while an input method is composing.
        edited(): the person changed the text.
    """

    left = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""
        self._before = ""
        self.editingFinished.connect(self._finished)
        self.textEdited.connect(lambda _: self.edited.emit())

    def said(self) -> str:
        """The text in it."""
        return self.text()

    def put(self, text: str) -> None:
        """Show a text from its beginning; under a cursor it stays as typed where only spaces differ."""
        if self.text() != text and not self.preedit and not (self.hasFocus() and self.text().strip() == text):
            self.setText(text)
            self.setCursorPosition(0)
        self._before = self.text()

    def typed_since_focus(self) -> bool:
        """Whether undoing is the text's own affair."""
        return self.isUndoAvailable() and self.text() != self._before

    def can_redo(self) -> bool:
        """Whether the text was undone and can be done again."""
        return self.isRedoAvailable()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._before = self.text()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        _take_preedit(self)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if _hands_on(self, event):
            event.ignore()
            return False
        return super().event(event)

    def _finished(self) -> None:
        if not self.preedit:
            self._before = self.text()
            self.left.emit()


class Lines(QPlainTextEdit):
    """Several lines of text, as high as they need; Tab goes on to the next field.

    Signals:
        left(): the focus went elsewhere.
        edited(): the person changed the text.
    """

    left = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""
        self._before = ""
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.edited)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def said(self) -> str:
        """The text in it."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Show a text; under a cursor it stays as typed where only spaces differ."""
        if self.said() != text and not self.preedit and not (self.hasFocus() and self.said().strip() == text):
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()
        self._before = self.said()

    def typed_since_focus(self) -> bool:
        """Whether undoing is the text's own affair."""
        return self.document().isUndoAvailable() and self.said() != self._before

    def can_redo(self) -> bool:
        """Whether the text was undone and can be done again."""
        return self.document().isRedoAvailable()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._before = self.said()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        _take_preedit(self)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        if _hands_on(self, event):
            event.ignore()
            return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def _fit(self) -> None:
        """As high as the text, whose lines differ in height where scripts mix."""
        block, height, line = self.document().firstBlock(), 0.0, self.fontMetrics().lineSpacing()
        while block.isValid() and height < MAX_LINES * line:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        self.setMinimumHeight(round(min(max(height, MIN_LINES * line), MAX_LINES * line)) + theme.px(18))
        self.updateGeometry()


def _take_preedit(box: Line | Lines) -> None:
    """An input method that is left in the middle of a word does not lose what was composed."""
    if box.preedit:
        event = QInputMethodEvent()
        event.setCommitString(box.preedit)
        box.inputMethodEvent(event)
