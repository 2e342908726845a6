"""Text boxes of one line and of several: keys, input methods, undo, the clipboard, and how pasted text is cleaned.

While an input method composes, no key of ours does anything, nothing is saved and no text is set; what it composed is
never lost. No box limits what is typed: a value is checked after it was typed. Only what is pasted and is more than any
field takes is not put in: a window that lays out megabytes would stand still for minutes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.model.rules.limits import LONGEST_LINE, LONGEST_TEXT
from ucapdesk.ui.toolkit import fonts, theme

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

__all__ = ["LineEdit", "TextEdit", "TextInput", "text_boxes"]


_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # Control characters that no text needs and no database keeps
# White space at the end of a line. The full-width space stays: it is a Chinese character.
_TRAILING = re.compile("[ \t\xa0]+(?=\n|$)")


def as_pasted(text: str, *, one_line: bool) -> str:
    """Return pasted text as a box takes it; in a box of one line a line break becomes a space."""
    text = _TRAILING.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    return re.sub(r"[ \t]*[\n\t]\s*", " ", text).strip(" ") if one_line else text


def two_columns(text: str) -> tuple[str, str] | None:
    """Return the two columns of a table copied from Excel or Word, each as lines; None for anything else."""
    text = _BREAKS.sub("\n", text).strip("\n")
    if "\t" not in text:
        return None
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that is text
        rows = [line.split("\t") for line in text.split("\n")]
    if any(len(row) != 2 for row in rows):
        return None
    first, second = ("\n".join(column) for column in zip(*rows, strict=True))
    return (first, second) if first.strip() and second.strip() else None


def is_chinese(text: str) -> bool:
    return HAN_RUN.search(text) is not None


# Qt's classes come behind this one among the bases of Line and Lines; alone it is no widget.

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preedit = ""  # The text an input method is composing; not part of the text yet
        # While set, a text put under the cursor waits: what is typed there was just saved, in whatever form.
        self.as_typed = False
        self.take_columns: Callable[[str, str], None] | None = None
        # Accepts rows of a table that are pasted; says whether it took them.
        self.take_rows: Callable[[str], bool] | None = None
        self.add_to_menu: Callable[[QMenu], object] | None = None
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
        return 0

    # -- text -------------------------------------------------------------------------------------

    @property
    def composing(self) -> bool:
        return bool(self.preedit)

    def put(self, text: str) -> None:
        """Show a saved text.

        Setting a text forgets its undo, so under the cursor it stays as typed where only spaces differ, or where this
        very text was saved just now; the saved form is shown when the focus goes.
        """
        self._waiting = None
        fonts.load_fonts_for(text)
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
        self.take(QApplication.clipboard().text())

    def take(self, text: str) -> None:
        """Insert text from elsewhere. Two columns fill a pair of boxes."""
        if self.take_rows is not None and self.take_rows(text):
            return
        if len(text) > self.most:
            self.overfull.emit(len(text), self.most)
            return
        fonts.load_fonts_for(text)
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
        fonts.load_fonts_for(event.preeditString() + event.commitString())
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
        menu = self._own_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.add_to_menu:
            menu.addSeparator()
            self.add_to_menu(menu)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.make_menu().popup(event.globalPos())


MIN_LINES, MAX_LINES = 2, 14


class LineEdit(TextInput, QLineEdit):
    one_line = True
    said, insert_text = QLineEdit.text, QLineEdit.insert
    can_undo, can_redo = QLineEdit.isUndoAvailable, QLineEdit.isRedoAvailable

    def __init__(self, parent: QWidget | None = None, *, text: str = "", hint: str = "") -> None:
        """``text`` stands in it at first; ``hint``: what is shown while it is empty."""
        super().__init__(parent)
        self.setText(text)
        self.setPlaceholderText(hint)
        self.returnPressed.connect(self._leave)
        self.textEdited.connect(self._note_edit)

    def all_selected(self) -> bool:
        return self.selectedText() == self.text()

    def go_to_line(self, number: int) -> None:
        self.end(False)

    def _set(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def _own_menu(self) -> QMenu:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste)
        return menu

    def take(self, text: str) -> None:
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            super().take(text)
        else:
            self.insert(text)  # nothing of a passphrase is tidied

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.paste()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clipboard = QApplication.clipboard()
        if event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection() and not self.isReadOnly():
            self.deselect()
            self.take(clipboard.text(QClipboard.Mode.Selection))
        else:
            super().mouseReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # a file is for the record
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self:
            super().dropEvent(event)
            return
        self.deselect()
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self.take(event.mimeData().text())
        event.acceptProposedAction()


class TextEdit(TextInput, QPlainTextEdit):
    """Several lines of text, as high as they need; Tab goes on to the next field."""

    most = LONGEST_TEXT
    said, _own_menu = QPlainTextEdit.toPlainText, QPlainTextEdit.createStandardContextMenu

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = MIN_LINES
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._note_edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def insert_text(self, text: str) -> None:
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def all_selected(self) -> bool:
        cursor = self.textCursor()
        return cursor.selectionEnd() - cursor.selectionStart() == self.document().characterCount() - 1

    def line_of_caret(self) -> int:
        return self.textCursor().blockNumber()

    def go_to_line(self, number: int) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(min(number, self.blockCount() - 1)))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)

    def can_undo(self) -> bool:
        return self.document().isUndoAvailable()

    def can_redo(self) -> bool:
        return self.document().isRedoAvailable()

    def _set(self, text: str) -> None:
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()  # a file is for the record

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.take(source.text())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())  # Qt would always have four lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # its lines break elsewhere
            self._fit()

    def make_low(self) -> None:
        self._least = 1
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def _fit(self) -> None:
        """Fit the height to the text, whose lines differ in height where scripts mix."""
        block, height, line = self.document().firstBlock(), 0.0, self.fontMetrics().lineSpacing()
        while block.isValid() and height < MAX_LINES * line:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        wanted = round(min(max(height, self._least * line), MAX_LINES * line)) + theme.px(18 if self._least > 1 else 12)
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)
            # Qt drops it while it is laying out, and then the text is cut off.
            QTimer.singleShot(0, self, self.updateGeometry)


def text_boxes(widget: QWidget) -> list[LineEdit | TextEdit]:
    return [box for box in widget.findChildren(QWidget) if isinstance(box, LineEdit | TextEdit)]
