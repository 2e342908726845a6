"""Messages of the window: the bar with one sentence across it, the toast with Undo in its corner, and the status bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, language, tr
from ucapdesk.base.settings import system_language
from ucapdesk.ui.record.record_page import BarAnswer
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import grow, row
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import (
    MAX_TITLE_CHARS,
    ElidedLabel,
    announce,
    button,
    cut,
    cut_sentence,
    label,
    named,
    set_tool_tip,
    show_sentence,
)
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS

MIN_SENTENCE_PX = 110  # Width for the sentence below which the buttons stand under it


class Notice(QFrame):
    """Shown while it has a sentence; it never takes the focus."""

    def __init__(
        self, name: str, parent: QWidget, *answers: BarAnswer, said: str = "", level: str = "", stays: bool = False
    ) -> None:
        """``level``: of its colours, a warning where none is said; ``stays``: the bar cannot be closed."""
        super().__init__(parent)
        named(self, name, role="banner").setProperty("level", level)
        self._answers = answers if stays else (BarAnswer("close", tr("notice", "Close"), self.hide), *answers)
        self._row: QHBoxLayout | None = None
        self.say(said)

    @cached_property
    def _label(self) -> QLabel:
        """The sentence, made with everything beside it for the first one: most bars are never shown."""
        said = label(selectable=True, parent=self)
        name = self.objectName()
        made = [button(f"{name}.{each.name}", each.label, each.do, "quiet", parent=self) for each in self._answers]
        self._row = row(grow(said), *made, on=self, margins=(theme.MARGIN, 4, theme.GAP, 4))
        return said

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        buttons = sum(made.sizeHint().width() + theme.GAP for made in self.findChildren(QPushButton))
        beside = buttons + theme.px(MIN_SENTENCE_PX) <= event.size().width()
        if self._row:
            self._row.setDirection(QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom)

    def say(self, sentence: str) -> None:
        """Change the sentence; an empty one hides the bar."""
        if sentence:
            show_sentence(self._label, sentence)
        self.setVisible(bool(sentence))
        announce(self, sentence, urgent=True)


SECONDS = 10
MAX_TOAST_PX = 520


class Toast(QFrame):
    """A message at the bottom right for ten seconds, longer while it has the pointer or the focus.

    It never takes the focus by itself, and the next one takes the place of the one before.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        named(self, "toast", tr("toast", "What was done"), role="toast")
        self._do: Callable[[], object] | None = None
        self._of_last_step = False
        self._label = label(name="toast.sentence", parent=self)
        said = tr("notice", "Close")
        self.button = button("toast.do", "", self._press, "quiet", parent=self)
        close = button("toast.close", "×", self.close_now, "quiet", said=said, tip=said, parent=self)
        for each in (self.button, close):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not move the focus
        around = (theme.MARGIN, theme.GAP, theme.GAP, theme.GAP)
        self._row = row(grow(self._label), self.button, close, on=self, gap=theme.GAP, margins=around)
        self._timer = single_shot(self, SECONDS * 1000, self._end)
        over.installEventFilter(self)
        self.hide()

    def say(
        self, sentence: str, button: str = "", do: Callable[[], object] | None = None, *, of_last_step: bool = False
    ) -> None:
        """Show what was done. ``button`` labels a follow-up action; ``of_last_step``: it is one until something is written."""
        self._do, self._of_last_step = do, of_last_step
        show_sentence(self._label, sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        self._place()
        self.raise_()
        self._timer.start()

    def outdate(self) -> None:
        """Close where the follow-up action was for the last step: there is another one now."""
        if self._of_last_step:
            self.close_now()

    def close_now(self) -> None:
        """Close at once; the focus never stays in it."""
        self._timer.stop()
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.window().setFocus()
        self.hide()

    def _press(self) -> None:
        do = self._do
        self.close_now()
        if do is not None:
            do()

    def _end(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.close_now()

    def _place(self) -> None:
        over = self._over
        self.setFixedWidth(min(theme.px(MAX_TOAST_PX), over.width() - 2 * theme.MARGIN, self._wanted()))
        self.setFixedHeight(
            max(self._row.totalHeightForWidth(self.width() - 2), self._row.totalMinimumSize().height()) + 2
        )
        self.move(over.width() - self.width() - theme.MARGIN, over.height() - self.height() - theme.MARGIN)

    def _wanted(self) -> int:
        line = self._label.fontMetrics().horizontalAdvance(self._label.text())
        buttons = sum(b.sizeHint().width() + theme.GAP for b in self.findChildren(QPushButton) if not b.isHidden())
        return line + buttons + theme.MARGIN + theme.GAP + 4

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and not self.isHidden():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()


EDGES = 18  # Pixels of border and padding of a quiet button, on both sides together
MAX_NAME_CHARS = 24  # Of the user's name; the bar must fit into the narrowest window


def _languages() -> list[str]:
    """Return the languages of most colleagues, of the window and of the computer; the menu View has all."""
    near = {"en", "zh", language(), system_language()}
    return [lang for lang in INTERFACE_LANGUAGES if lang in near]


class StatusBar(QStatusBar):
    """One line; its language buttons help somebody who cannot read the rest of the window."""

    def __init__(self, person: str, do: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = named(ElidedLabel(parent=self), "state", role="status")
        self.addWidget(self._state, 1)
        if person:
            shown = label(cut(person, MAX_NAME_CHARS), "status", wrap=False, parent=self)
            set_tool_tip(shown, person)
            self.addPermanentWidget(shown)
        group = QButtonGroup(self)
        for lang in _languages():
            name, go = f"language.{lang}", partial(do, LANGUAGE_COMMANDS[lang])
            made = button(name, LANGUAGE_NAMES[lang], go, "quiet", checked=lang == language(), parent=self)
            made.setProperty("level", "low")
            bold = made.font()
            bold.setBold(True)  # as the language in use is drawn; Qt leaves room for the others only
            made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(made.text()) + EDGES)
            group.addButton(made)
            self.addPermanentWidget(made)

    def say(self, sentence: str) -> None:
        self._state.setText(cut_sentence(sentence, MAX_TITLE_CHARS))
        set_tool_tip(self._state, sentence)  # for the label cuts what is left where there is no room
