"""Buttons, labels and combo boxes that elide their text, so that long words push nothing out of the window."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel, set_tool_tip

SAY_THE_NAME = ("win32", "darwin")
"""The systems on which screen readers are given the name of a combo box."""
MIN_TEXT_PX = 60
POPUP_EDGES_PX = 24
"""Pixels that the popup list takes beside its text: edges and a scroll bar."""


class ElidedButton(QPushButton):
    """A button that elides its text where there is no room and shows all of it as a tooltip."""

    _tip = ""
    """The tooltip set for the elided text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(MIN_TEXT_PX)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        lacking = self.sizeHint().width() - self.width()
        if self.toolTip() in ("", self._tip):
            self._tip = self.text().replace("&&", "&") if lacking > 0 else ""
            set_tool_tip(self, self._tip)
        if lacking <= 0:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.fontMetrics().horizontalAdvance(option.text) - lacking
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class ElidedLabel(PlainLabel):
    """A label of one line that elides its text where there is no room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        room, middle = self.contentsRect(), Qt.AlignmentFlag.AlignVCenter
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        QStylePainter(self).drawItemText(room, middle, self.palette(), True, shown, self.foregroundRole())


class ElidedComboBox(QComboBox):
    """A combo box that elides the selected text; its list shows every choice in full."""

    _tip = ""
    """The tooltip set for the elided text."""
    _label: QLabel | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._be_labelled()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._be_labelled()

    def _be_labelled(self) -> None:
        """Have a label for screen readers on Linux: as the name of such a box Qt gives them there what is chosen in it."""
        parent = self.parentWidget()
        if not QAccessible.isActive() or sys.platform in SAY_THE_NAME or parent is None:
            return
        labels = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if self._label is None and not any(each.buddy() is self for each in labels):
            self._label = PlainLabel(parent=parent)
            self._label.hide()
            self._label.setBuddy(self)
            self.destroyed.connect(self._label.deleteLater)
        if self._label is not None:
            self._label.setText(self.accessibleName())

    def showPopup(self) -> None:
        view, rows = self.view(), range(self.count())
        view.setMinimumWidth(view.sizeHintForColumn(0) + theme.px(POPUP_EDGES_PX))
        # Qt leaves out the edges of the popup, and a short list would scroll by two pixels
        whole = len(rows) <= self.maxVisibleItems()
        view.setMinimumHeight(sum(map(view.sizeHintForRow, rows)) + 2 * view.frameWidth() if whole else 0)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(parts[0], option, parts[1], self).width()
        shown = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        if self.toolTip() in ("", self._tip):
            self._tip = option.currentText if shown != option.currentText else ""
            set_tool_tip(self, self._tip)
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(parts[0], option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def combo_box(
    name: str, said: str, choices: Iterable[tuple[str, object]], chosen: object = None, *, chars: int = 14
) -> ElidedComboBox:
    """Return a box of choices, each a text with its value, that is at least as wide as ``chars`` characters.

    Args:
        name: The object name.
        said: The name for screen readers.
        choices: Text and value of each.
        chosen: The value chosen first; None for the first one.
        chars: The least width.
    """
    box = named(ElidedComboBox(), name, said)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(chars)
    for text, value in choices:
        box.addItem(text, value)
        if value == chosen:
            box.setCurrentIndex(box.count() - 1)
    return box
