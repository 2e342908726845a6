"""A frame around something for a moment, so that the eye finds what was just changed from elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget

SECONDS = 2


def light_up(widget: QWidget) -> QFrame:
    """Frame a widget for two seconds; it can be used meanwhile."""
    for old in widget.findChildren(QFrame, "highlight", Qt.FindChildOption.FindDirectChildrenOnly):
        old.deleteLater()
    frame = QFrame(widget)
    frame.setObjectName("highlight")
    frame.setProperty("role", "highlight")
    frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.setGeometry(widget.rect())
    frame.show()
    frame.raise_()
    QTimer.singleShot(SECONDS * 1000, frame, frame.deleteLater)
    return frame
