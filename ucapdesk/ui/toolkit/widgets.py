"""Labels, buttons and icons, each with a name for screen readers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QFocusEvent,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtGui import Qt as RichText
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.base.paths import resource
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.signals import single_shot

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str = "", *, role: str = "") -> W:
    """Return a widget that was just made with its names, and its look as the style sheet names it."""
    widget.setObjectName(name)
    if said:
        widget.setAccessibleName(said)
    if role:
        widget.setProperty("role", role)
    return widget


PAUSE = 2000  # Milliseconds between two sentences: a reader that is interrupted all the time says nothing


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a sentence, at once if it is ``urgent``. Without a reader nothing happens."""
    app = QApplication.instance()
    if sentence and app is not None and QAccessible.isActive():
        (app.findChild(Announcer) or Announcer(app)).say(_Sentence(widget, sentence, urgent))


class _Sentence(NamedTuple):
    widget: QWidget
    text: str
    urgent: bool


class Announcer(QObject):
    """Passes sentences on with pauses; of those that come meanwhile the newest is said, an urgent one before others."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: _Sentence | None = None
        self._spoken = ""
        self._pause = single_shot(self, PAUSE, self._next)

    def say(self, sentence: _Sentence) -> None:
        """Say a sentence now, or when the pause is over, unless it has just been said."""
        urgent_waits = self._waiting is not None and self._waiting.urgent
        if not self._pause.isActive():
            self._speak(sentence)
        elif sentence.urgent or (sentence.text != self._spoken and not urgent_waits):
            self._waiting = sentence

    def _next(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and isValid(waiting.widget):
            self._speak(waiting)

    def _speak(self, sentence: _Sentence) -> None:
        event = QAccessibleAnnouncementEvent(sentence.widget, sentence.text)
        how = QAccessible.AnnouncementPoliteness
        event.setPoliteness(how.Assertive if sentence.urgent else how.Polite)
        QAccessible.updateAccessibility(event)
        self._spoken = sentence.text
        self._pause.start()


SHARP_AT = (1.0, 1.5, 2.0)  # The screen scales they are drawn for; in between, Qt takes the next larger one
DRAWN = 512  # Maximum number of drawings kept: of two themes, or of several text sizes


def icon(name: str, size: int = 20, colour: str = "text") -> QIcon:
    """Return an icon that grows with the reader's text, in a colour of the theme named as in ``theme.Tokens``."""
    tokens = theme.tokens()
    return _drawn(name, theme.px(size), getattr(tokens, colour), tokens.disabled)


def pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    return _pixmap(name, theme.px(size), ratio, getattr(theme.tokens(), colour))


def program_icon() -> QIcon:
    return QIcon(str(resource("icons/ucapdesk.svg")))


def has_icon(name: str) -> bool:
    return _file(name) is not None


@lru_cache(DRAWN)
def _drawn(name: str, side: int, colour: str, disabled: str) -> QIcon:
    found = QIcon()
    for ratio in SHARP_AT:
        usual = _pixmap(name, side, ratio, colour)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):  # Qt would tint the others itself
            found.addPixmap(usual, mode)
        found.addPixmap(_pixmap(name, side, ratio, disabled), QIcon.Mode.Disabled)
    return found


@lru_cache(DRAWN)
def _pixmap(name: str, side: int, ratio: float, colour: str) -> QPixmap:
    drawing = _file(name)
    if drawing is None:
        raise KeyError(name)
    real = round(side * ratio)
    made = QPixmap(real, real)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    coloured = drawing.replace("<path ", f'<path fill="{colour}" ')
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(0, 0, real, real))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _file(name: str) -> str | None:
    path = resource("icons") / "fluent" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else None


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


_Role = QDialogButtonBox.ButtonRole
KEYPAD = Qt.KeyboardModifier.KeypadModifier
B = TypeVar("B", bound=QPushButton)


def button(
    name: str,
    text: str,
    do: Callable[..., object] | None = None,
    role: str = "",
    *,
    mark: str = "",
    said: str = "",
    tip: str = "",
    checked: bool | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a push button that an Enter meant for a field never presses; for the arguments see ``set_up``."""
    return set_up(QPushButton(text, parent), name, do, role, mark=mark, said=said, tip=tip, checked=checked)


def set_up(
    made: B,
    name: str,
    do: Callable[..., object] | None = None,
    role: str = "",
    *,
    mark: str = "",
    said: str = "",
    tip: str = "",
    checked: bool | None = None,
) -> B:
    """Set up a button of any class.

    Args:
        made: The button.
        name: The object name.
        do: What a click does.
        role: Its look, as the style sheet names it: ``main``, ``quiet``, ``chip``, ``danger`` …
        mark: The icon before the text.
        said: The name for screen readers, where it is not the text.
        tip: The tooltip.
        checked: Whether it is checked; None for a button that cannot be.
    """
    made.setAutoDefault(False)
    if mark:
        made.setIcon(icon(mark, 16))
    if checked is not None:
        made.setCheckable(True)
        made.setChecked(checked)
    return _named(made, name, do, role, said=said, tip=tip)


def tool(
    name: str,
    mark: str,
    said: str,
    do: Callable[..., object] | None = None,
    parent: QWidget | None = None,
    *,
    size: int = 16,
    colour: str = "text",
    focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus,
) -> QToolButton:
    made = QToolButton(parent)
    made.setIcon(icon(mark, size, colour))
    made.setFocusPolicy(focus)
    return _named(made, name, do, said=said, tip=said)


def menu_tool(name: str, said: str, menu: QMenu, parent: QWidget) -> QToolButton:
    made = tool(name, "more_horizontal", said, parent=parent, size=20)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(menu)
    return made


def radio_group(name: str, choices: Iterable[str], parent: QWidget) -> QButtonGroup:
    group = QButtonGroup(parent)
    for number, said in enumerate(choices):
        choice = named(QRadioButton(said, parent), f"{name}.{number}")
        choice.setChecked(number == 0)
        group.addButton(choice, number)
    return group


def press_by_enter(window: QWidget, event: QKeyEvent) -> bool:
    """Press the focused button of a window at Enter and return whether it was; Qt presses only those that may be a default."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    focus = window.focusWidget()
    if not enter or event.modifiers() & ~KEYPAD or not isinstance(focus, QPushButton | QToolButton):
        return False
    focus.click()
    return True


class ButtonBox(QDialogButtonBox):
    """The button row of a dialog: additional actions on the left, accepting and leaving on the right."""

    def __init__(self, dialog: QDialog, *, by_enter: bool = True) -> None:
        """``by_enter``: Enter accepts the dialog, except on another button."""
        super().__init__(dialog)
        self._dialog, self._by_enter = dialog, by_enter

    def main(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        return self._add(name, text, do, _Role.AcceptRole if self._by_enter else _Role.YesRole, "main")

    def other(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        return self._add(name, text, do, _Role.ActionRole)

    def beside(self, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
        return self._add(name, text, do, _Role.ResetRole, role)

    def out(self, text: str, name: str = "", do: Callable[..., object] | None = None, role: str = "") -> QPushButton:
        """Add the button that leaves the dialog; without a function it does what Escape does."""
        return self._add(name, text, do or self._dialog.reject, _Role.RejectRole, role)

    def _add(self, name: str, text: str, do: Callable[..., object], place: _Role, role: str = "") -> QPushButton:
        made = self.addButton(text, place)
        if not self._by_enter:
            made.setAutoDefault(False)
        if role:
            theme.role(made, role)  # the box has dressed it already
        return _named(made, name, do)


A = TypeVar("A", bound=QAbstractButton)


def _named(made: A, name: str, do: Callable[..., object] | None, role: str = "", *, said: str = "", tip: str = "") -> A:
    named(made, name, said, role=role)
    if tip:
        set_tool_tip(made, tip)
    if do is not None:
        made.clicked.connect(lambda _=False: do())
    return made


def temporary_menu(parent: QWidget, name: str = "") -> QMenu:
    menu = named(QMenu(parent), name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def filled_on_open(menu: QMenu, fill: Callable[[QMenu], object]) -> QMenu:
    def renew() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(renew)
    return menu


def add_choice(
    menu: QMenu, said: str, do: Callable[[], object], *, checked: bool | None = None, name: str = ""
) -> QAction:
    """Add an entry, with a tick where it can be ``checked``, and return it; a & in its words marks no key."""
    action = menu.addAction(said.replace("&", "&&"))
    action.setObjectName(name)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    action.triggered.connect(lambda _=False: do())
    return action
