"""A button whose words give way: the name of a record may be long, and must not push anything out of the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ucapdesk.ui.look import theme

LEAST, BESIDE = 60, 20


class ElidedButton(QPushButton):
    """Ends in dots where there is no room; whoever makes it gives the whole as its tooltip and accessible name."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(LEAST)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - BESIDE - (option.iconSize.width() if not option.icon.isNull() else 0)
        option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
