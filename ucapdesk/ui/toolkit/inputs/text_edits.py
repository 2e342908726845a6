"""The two text boxes of the program: one line, and several lines that grow with their text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import (
    QClipboard,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from ucapdesk.model.rules.limits import LONGEST_TEXT
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.inputs.text_input import TextInput

MIN_LINES, MAX_LINES = 2, 14


class LineEdit(TextInput, QLineEdit):
    """One line of text."""

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
        """Scroll the form; the text itself only where it has the focus."""
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
        """Begin with one line, as in a row of a list."""
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
    """Return the boxes in a widget in which text is typed."""
    return [box for box in widget.findChildren(QWidget) if isinstance(box, LineEdit | TextEdit)]
