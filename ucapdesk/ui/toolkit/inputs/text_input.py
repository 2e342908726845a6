"""The base class of all text boxes: keys, input methods and the clipboard.

While an input method composes, no key of ours does anything, nothing is saved and no text is set; what it composed is
never lost. No box limits what is typed: a value is checked after it was typed. Only what is pasted and is more than any
field takes is not put in: a window that lays out megabytes would stand still for minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ucapdesk.model.rules.limits import LONGEST_LINE
from ucapdesk.ui.toolkit import rare_faces
from ucapdesk.ui.toolkit.inputs.pasting import as_pasted, two_columns

# Qt's classes come behind this one among the bases of Line and Lines; alone it is no widget.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

_ACTING = {
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, *(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10)),
}  # fmt: skip
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TextInput(_Widget):
    """A text box of one or several lines.

    Attributes:
        said: Returns the text.
        insert_text: Replaces the selection as if the text was typed; one step for Undo.
        all_selected: Returns whether inserted text replaces everything.
        go_to_line: Puts the cursor at the end of a line, or of the last one.
        can_undo: Returns whether typing here can be undone.
        can_redo: Returns whether typing here can be redone.

    Signals:
        left(): Enter in one line, or the focus moved on; never while an input method is composing.
        edited(): the user changed the text, or starts or ends composing.
        overfull(int, int): more characters were inserted at once (the first number) than the box takes; the text stays.
    """

    left = Signal()
    edited = Signal()
    overfull = Signal(int, int)
    one_line = False
    most = LONGEST_LINE
    """Maximum number of characters inserted at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""
        """The text an input method is composing; not part of the text yet."""
        self.as_typed = False
        """While set, a text put under the cursor waits: what is typed there was just saved, in whatever form."""
        self.take_columns: Callable[[str, str], None] | None = None
        """Accepts two columns that were pasted at once."""
        self.take_rows: Callable[[str], bool] | None = None
        """Accepts rows of a table that are pasted; says whether it took them."""
        self.add_to_menu: Callable[[QMenu], object] | None = None
        """Adds further actions to the context menu."""
        self._before = ""
        self._waiting: str | None = None

    # -- what differs by height -------------------------------------------------------------------

    said: Callable[[], str]
    insert_text: Callable[[str], None]
    all_selected: Callable[[], bool]
    go_to_line: Callable[[int], None]
    can_undo: Callable[[], bool]
    can_redo: Callable[[], bool]
    _set: Callable[[str], None]
    _own_menu: Callable[[], QMenu]

    def line_of_caret(self) -> int:
        """Return the line of the cursor."""
        return 0

    # -- text -------------------------------------------------------------------------------------

    @property
    def composing(self) -> bool:
        """Whether an input method is composing a word."""
        return bool(self.preedit)

    def put(self, text: str) -> None:
        """Show a saved text.

        Setting a text forgets its undo, so under the cursor it stays as typed where only spaces differ, or where this
        very text was saved just now; the saved form is shown when the focus goes.
        """
        self._waiting = None
        rare_faces.show(text)
        if self.said() != text:
            if self.composing or (self.hasFocus() and (self.as_typed or self.said().strip() == text)):
                self._waiting = text
            else:
                self._set(text)
        self._before = self.said()

    def finish(self) -> None:
        """End composing: with the text of the input method, else with its letters as they stand."""
        if self.composing:
            QGuiApplication.inputMethod().commit()
        self._keep_letters()

    def _keep_letters(self) -> None:
        if self.composing:
            event = QInputMethodEvent()
            event.setCommitString(self.preedit)
            self.inputMethodEvent(event)

    def paste(self) -> None:
        """Insert the text of the clipboard."""
        self.take(QApplication.clipboard().text())

    def take(self, text: str) -> None:
        """Insert text from elsewhere. Two columns fill a pair of boxes."""
        if self.take_rows is not None and self.take_rows(text):
            return
        if len(text) > self.most:
            self.overfull.emit(len(text), self.most)
            return
        rare_faces.show(text)
        columns = two_columns(text) if self.take_columns else None
        if columns and self.take_columns:
            self.take_columns(*columns)
        else:
            self.insert_text(as_pasted(text, one_line=self.one_line))

    def speak(self, lang: str) -> None:
        """Set the language of the text: its own font comes first, since scripts share characters."""
        font = QApplication.font()
        font.setFamilies(sorted(font.families(), key=lambda name: ("SC" in name) != (lang == "zh")))
        self.setFont(font)

    def prefer_latin(self) -> None:
        """Ask input methods for Latin letters first, for addresses, numbers and times."""
        self.setInputMethodHints(self.inputMethodHints() | Qt.InputMethodHint.ImhPreferLatin)

    # -- keys and focus ---------------------------------------------------------------------------

    def typed_since_focus(self) -> bool:
        """Return whether Undo acts on this text rather than on the records."""
        return self.can_undo() and self.said() != self._before

    def _hands_on(self, event: QKeyEvent) -> bool:
        """Return whether a key belongs to the window: Ctrl+Z and Ctrl+Y where nothing was typed since the box got the focus."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.typed_since_focus()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.can_redo()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusAboutToChange:
            self.finish()
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            if self.composing and (event.key() in _ACTING or event.modifiers() & _COMMANDS):
                event.accept()  # it was meant for the input method
                return True
            if kind == QEvent.Type.ShortcutOverride and self._hands_on(event):
                event.ignore()
                return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was = self.composing
        rare_faces.show(event.preeditString() + event.commitString())
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)
        if was != self.composing:
            self.edited.emit()

    def _note_edit(self) -> None:
        if not self.composing:
            self.edited.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._before = self.said()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keep_letters()
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave()
            if self._waiting is not None and self.said() == self._before:
                self._set(self._waiting)
                self._waiting = None

    def _leave(self) -> None:
        self._before = self.said()
        self.left.emit()

    def make_menu(self) -> QMenu:
        """Return the context menu: the text actions, and those the field adds."""
        menu = self._own_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.add_to_menu:
            menu.addSeparator()
            self.add_to_menu(menu)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.make_menu().popup(event.globalPos())
