"""Accepts files dropped or pasted anywhere on a record, also on a text box that would take their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.inputs import TextInput
from ucapdesk.ui.toolkit.layout_builder import discard
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.steady_focus import follow_focus
from ucapdesk.ui.toolkit.timers import application

TYPED_IN = (TextInput, QLineEdit, QTextEdit, QPlainTextEdit)
"""What takes pasted text itself."""
SEARCHES = "searches"
"""The property of a line of text that only searches."""


def files_in(data: QMimeData) -> list[Path]:
    """Return the local files in the data."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class FileDrop(QObject):
    """Watches a page for drops that nothing in it accepts, and its focused widget for pasting.

    ``take`` is handed what comes, and says whether it took it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.take: Callable[[QMimeData], bool] | None = None
        self.take_rows: Callable[[str], bool] | None = None
        """Is handed text pasted where nothing is typed."""

        self._page: QWidget | None = None
        self._frame: QFrame | None = None
        application().focusChanged.connect(self._focus_moved)

    def watch(self, page: QWidget | None) -> None:
        """Watch this page from now on."""
        self._page = page
        if page is not None:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        follow_focus(self, self._page, before, now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.take is None and self.take_rows is None:
            return False
        if isinstance(event, QDragLeaveEvent):
            self._frame_page(on=False)
        if isinstance(event, QDropEvent):  # entering and moving are such events too
            return self._drop(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste(watched)
        return False

    def _frame_page(self, *, on: bool) -> None:
        """Frame the page while something that it takes is held over it."""
        page, frame = self._page, self._frame
        if on and page is not None and (frame is None or not isValid(frame)):
            self._frame = frame = named(QFrame(page), "record.drop", role="highlight")
            frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            frame.setGeometry(page.visibleRegion().boundingRect().adjusted(2, 2, -2, -2))
            frame.show()
            frame.raise_()
        elif not on and frame is not None and isValid(frame):
            discard(frame)
            self._frame = None

    def _drop(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        files = bool(files_in(data)) or (data.hasImage() and not data.hasText())
        if self.take is None or not files:
            return not files and self._drop_text(event)
        if event.type() != QEvent.Type.Drop:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._frame_page(on=True)
            return True
        self._frame_page(on=False)
        event.setAccepted(self.take(data))
        return True

    def _drop_text(self, event: QDropEvent) -> bool:
        """Take lines of text dragged from elsewhere, as pasted ones; what they make is shown as soon as the drop is over."""
        text, take = event.mimeData().text() if event.mimeData().hasText() else "", self.take_rows
        if take is None or event.source() is not None or not any(sign in text.strip() for sign in "\t\n"):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._frame_page(on=event.type() != QEvent.Type.Drop)
        if event.type() == QEvent.Type.Drop:
            QTimer.singleShot(0, self, lambda: take(text))
        return True

    def _paste(self, watched: QObject) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        # A table makes no sense in a line that only searches; the list below may be empty, with the keys in that line.
        searched = bool(watched.property(SEARCHES)) and "\t" in data.text()
        if data.hasText() and self.take_rows is not None and (searched or not isinstance(watched, TYPED_IN)):
            return self.take_rows(data.text())
        there = bool(files_in(data)) or (data.hasImage() and not data.hasText())
        return there and self.take is not None and self.take(data)
