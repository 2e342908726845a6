"""Labels, tooltips and questions of plain text, and how long texts are elided, cut or broken where there is no room.

Qt guesses whether a text is HTML. Titles and names come from other people's files, so a guess could hide a part of them
or load a picture from disk; ``tests/ui/test_plain_text.py`` holds that nothing else in the window makes them.

Where only a sentence has room, a title within it keeps 80 characters, so that the sentence itself is read whole; a
sentence keeps 240, and the whole text is the tooltip. Buttons and combo boxes elide their text, and a word longer than
any line is broken, so that long words push nothing out of the window.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetrics, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QTableWidgetItem,
    QWidget,
)

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.accessibility import named


class PlainLabel(QLabel):
    """A label of plain text; one that shows marked differences sets ``RichText`` itself and escapes its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show a text; without one the label takes no room."""
        self.setText(text)
        self.setVisible(bool(text))


def as_tool_tip(text: str) -> str:
    """Return a tooltip that reads as ``text``, even where Qt would take it for HTML."""
    return RichText.convertFromPlainText(text) if RichText.mightBeRichText(text) else text


def without_markup(text: str) -> str:
    """Return ``text`` for system notifications, some of which read HTML: its ``<`` is replaced by one that none reads."""
    return text.replace("<", "‹")


def set_tool_tip(on: QWidget | QListWidgetItem | QTableWidgetItem, text: str) -> None:
    on.setToolTip(as_tool_tip(text))


def ask(over: QWidget | None, name: str, sentence: str, answers: Sequence[str], *, default: int = -1) -> int | None:
    """Ask a question in a modal box.

    Args:
        over: The widget the question stands over.
        name: The object name of the box.
        sentence: The question; shown as typed.
        answers: The buttons; Escape gives the last one.
        default: The index of the button that Enter presses.

    Returns:
        The index of the answer, None where the box was closed without one.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "UCAPDesk", "", QMessageBox.StandardButton.NoButton, over)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    role = QMessageBox.ButtonRole
    roles = [role.AcceptRole, *[role.ActionRole] * (len(answers) - 2), role.RejectRole][-len(answers) :]
    buttons = [box.addButton(answer, role) for answer, role in zip(answers, roles, strict=True)]
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return buttons.index(clicked) if clicked in buttons else None


def label(
    text: str = "",
    role: str = "",
    *,
    name: str = "",
    wrap: bool = True,
    selectable: bool = False,
    buddy: QWidget | None = None,
    parent: QWidget | None = None,
) -> PlainLabel:
    """Return a label of plain text.

    Args:
        text: The text shown.
        role: Its look, as the style sheet names it: ``caption``, ``second``, ``strong``, ``group``, ``error`` …
        name: The object name.
        wrap: Break long texts into lines.
        selectable: The mouse selects its words; the keys never come to it.
        buddy: The field it names.
        parent: The widget it stands on, where no layout gives it one.
    """
    made = PlainLabel(text, parent)
    made.setWordWrap(wrap)
    named(made, name, role=role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if buddy is not None:
        made.setBuddy(buddy)
    return made


_SIGN = "[^\\s\u2e80-\u9fff\uff00-\uffef]"  # Chinese breaks anywhere by itself
_LONG = f"({_SIGN}{{20}})(?=\\S)"
_WORD = f"{_SIGN}+"
_BREAK = "\u200b"
_QUOTED = "(?<=[”’])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[“‘])"


def breakable(text: str) -> str:
    """Return the text with a zero-width break opportunity every twenty characters of a word."""
    return re.sub(_LONG, f"\\1{_BREAK}", text)


def fitted(text: str, metrics: QFontMetrics, room: int) -> str:
    def broken(word: re.Match[str]) -> str:
        return _BREAK.join(word[0]) if metrics.horizontalAdvance(word[0]) > room else word[0]

    return re.sub(_WORD, broken, text)


def quotes_loosened(text: str) -> str:
    """Return the text with a break opportunity between a quotation mark and Chinese, which Unicode keeps together."""
    return re.sub(_QUOTED, _BREAK, text)


class WrappingLabel(PlainLabel):
    """A label that wraps, and breaks a word only where the word alone is longer than the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__(parent=parent)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: every word can be broken."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = fitted(self._whole, self.fontMetrics(), self.contentsRect().width())
        if shown != self.text():
            super().setText(shown)


MAX_TITLE_CHARS, MAX_SENTENCE_CHARS = 80, 240
QUOTED = re.compile("(?<=[“„«])[^“”„«»]+(?=[”“»])")  # A title in a sentence of any language of the window


def cut(text: str, most: int = MAX_TITLE_CHARS) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_sentence(sentence: str, most: int = MAX_SENTENCE_CHARS) -> str:
    """Return a sentence, first the titles quoted in it cut, then itself: what it says of them stands at its end."""
    return cut(QUOTED.sub(lambda found: cut(found[0]), sentence), most)


def show_sentence(label: QLabel, sentence: str) -> None:
    shown = cut_sentence(sentence)
    label.setText(shown)
    set_tool_tip(label, sentence if shown != sentence else "")


SAY_THE_NAME = ("win32", "darwin")  # The systems on which screen readers are given the name of a combo box
MIN_TEXT_PX = 60
POPUP_EDGES_PX = 24  # Pixels that the popup list takes beside its text: edges and a scroll bar


class ElidedButton(QPushButton):
    """A button that elides its text where there is no room and shows all of it as a tooltip."""

    _tip = ""

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
