"""A temporary frame around a widget, to draw the eye to a change made from elsewhere."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.steady_focus import above

SECONDS = 2
HIGHLIGHT = "highlight"
OUT = 5
"""Pixels between a widget and its frame."""


def highlight(widget: QWidget) -> QFrame:
    """Frame a widget for two seconds; it stays usable meanwhile."""
    around = _page_of(widget)
    for old in around.findChildren(Highlight, HIGHLIGHT, Qt.FindChildOption.FindDirectChildrenOnly):
        if old.marks is widget:
            old.deleteLater()
    return Highlight(widget, around)


def _page_of(widget: QWidget) -> QWidget:
    """Return the outermost widget that scrolls with this one, so that the frame fits and is clipped at the page edge."""
    page = widget
    while (parent := page.parentWidget()) is not None and not isinstance(parent.parentWidget(), QScrollArea):
        page = parent
    return page


class Highlight(QFrame):
    """The frame. It goes where the layouts put what it ``marks``, and goes with it when the next step takes that away."""

    def __init__(self, marks: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.marks, self._around = marks, parent
        named(self, HIGHLIGHT, role="highlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        marks.destroyed.connect(self.deleteLater)
        for each in takewhile(lambda each: each is not parent, above(marks)):
            each.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        QTimer.singleShot(round(SECONDS * 1000), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        elif event.type() == QEvent.Type.Hide:  # with its tab or group
            self.hide()
        return False

    def _place(self) -> None:
        if not isValid(self.marks):
            self.hide()
            return
        place = QRect(self.marks.mapTo(self._around, QPoint(0, 0)), self.marks.size())
        self.setGeometry(place.adjusted(-OUT, -OUT, OUT, OUT))
