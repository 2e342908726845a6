"""The scroll area that holds the page of a record, the message bar above it, and files dropped anywhere on it.

Each record gets a new page. The bar is shown only while the user must know or decide something. Files are also taken from a text box, which would take their names instead.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus, highlight
from ucapdesk.ui.toolkit.labels import breakable, label
from ucapdesk.ui.toolkit.layouts import REST, discard, grow, grow_with_contents, row
from ucapdesk.ui.toolkit.signals import application, running
from ucapdesk.ui.toolkit.text_inputs import TextInput


class BarAnswer(NamedTuple):
    """A button of the bar: the last part of its object name, its label, and its function."""

    name: str
    label: str
    do: Callable[[], object]


class MessageBar(QFrame):
    """One sentence with its answers. It never takes the focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label(selectable=True, parent=self)
        self._row = row(grow(self._label), on=self, gap=theme.GAP, margins=(theme.MARGIN, 4, theme.GAP, 4))
        self._buttons: list[QPushButton] = []
        self.about = ""  # the topic of the message, by which its author can clear it
        self.hide()

    def say(self, about: str, sentence: str, *answers: BarAnswer, problem: bool = False, closes: bool = True) -> None:
        """Show a sentence; ``problem``: something is not saved."""
        discard(*self._buttons)
        self.about = about
        self._label.setText(breakable(sentence))
        theme.role(self, "problem" if problem else "banner")
        closing = [BarAnswer("close", tr("notice", "Close"), lambda: self.clear(about))] if closes else []
        self._buttons = [self._button(answer) for answer in (*answers, *closing)]
        self.setVisible(True)

    def _button(self, answer: BarAnswer) -> QPushButton:
        look = "quiet" if answer.name == "close" else ""
        made = button(f"{self.objectName()}.{answer.name}", answer.label, answer.do, look, parent=self)
        self._row.addWidget(made)
        return made

    def clear(self, about: str) -> None:
        if self.about == about:
            self.about = ""
            self.hide()


WIDEST = 1280  # width of the widest form, in pixels of the usual text size


class PageArea(QScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("record.page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room = QWidget()
        self._layout = row(REST, on=self._room, margins=0)  # which is what a page leaves free on a wide screen
        self.shown: QWidget | None = None  # the page, if there is one
        self.setWidget(self._room)

    def new_page(self) -> QWidget:
        """Return an empty page, hidden behind the old one, which is there a moment longer."""
        self.setAccessibleName(tr("record", "Record"))
        page = self.shown = QWidget(self._room)  # where it will be: a widget that moves is dressed once more
        page.lower()
        page.setObjectName("page")
        return page

    def show_page(self, page: QWidget, *, whole: bool) -> None:
        """Show a page from its top; a form is no wider than its lines are read well, unless it is ``whole``."""
        if not whole:
            page.setMaximumWidth(theme.px(WIDEST))
        self._layout.insertWidget(0, page, 1)
        page.show()
        self.verticalScrollBar().setValue(0)
        grow_with_contents(page)

    def point_at(self, widget: QWidget) -> None:
        """Scroll to a widget without the focus and frame it; the page stays there, as where a user scrolled it."""
        self.ensureWidgetVisible(widget)
        self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderMove)
        highlight(widget)

    def take_down(self) -> None:
        """Remove the page; it may be handling an event, so it is deleted later."""
        page, self.shown = self.shown, None
        if page is not None:
            self._layout.removeWidget(page)
            for timer in running(page):  # it shows nothing any more, and the workspace may be closed first
                timer.stop()
            discard(page)


TYPED_IN = (TextInput, QLineEdit, QTextEdit, QPlainTextEdit)  # what takes pasted text itself
SEARCHES = "searches"  # the property of a line of text that only searches


def files_in(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class FileDrop(QObject):
    """Watches a page for drops that nothing in it accepts, and its focused widget for pasting.

    ``take`` is handed what comes, and says whether it took it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.take: Callable[[QMimeData], bool] | None = None
        self.take_rows: Callable[[str], bool] | None = None  # is handed text pasted where nothing is typed

        self._page: QWidget | None = None
        self._frame: QFrame | None = None
        application().focusChanged.connect(self._focus_moved)

    def watch(self, page: QWidget | None) -> None:
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
