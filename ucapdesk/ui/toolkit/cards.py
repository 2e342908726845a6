"""Pages of cards, in two columns where there is room: cards with a heading, and rows that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import below
from ucapdesk.ui.toolkit.layouts import (
    REST,
    STRETCH,
    Part,
    column,
    grow,
    grow_with_contents,
    replace_page,
    row,
    scroll_down,
    top,
)
from ucapdesk.ui.toolkit.widgets import (
    QUOTED,
    ElidedButton,
    PlainLabel,
    breakable,
    cut,
    cut_sentence,
    icon,
    label,
    named,
    set_tool_tip,
    set_up,
)


def card_label(text: str, role: str = "") -> QLabel:
    made = label(breakable(text), role)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


MAX_SHORT_NOTE_CHARS = 8  # Maximum length of a note that stays on one line


class CardRow(ElidedButton):
    """A clickable line: a text, and a note after it or under it. It wraps."""

    def __init__(
        self,
        name: str,
        text: str,
        note: str = "",
        do: Callable[[], object] | None = None,
        *,
        mark: str = "",
        level: str = "",
    ) -> None:
        """Args:
        name: The name of the object.
        text: What it is.
        note: Quieter words about it.
        do: What a press does.
        mark: An icon before it.
        level: ``warn`` where it is urgent.
        """
        super().__init__()
        set_up(self, name, do, "row")
        self._row = row(on=self, gap=theme.GAP, margins=(theme.GAP, 5))
        if mark:
            sign = PlainLabel()
            sign.setPixmap(icon(mark, 16, "warn" if level else "text2").pixmap(theme.px(16)))
            sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            sign.setContentsMargins(0, theme.px(2), 0, 0)
            self._row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._said, self._beside = card_label(text), card_label(note, "second")
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self._said, 1)
        self._row.addWidget(self._beside, int(len(note) > MAX_SHORT_NOTE_CHARS), Qt.AlignmentFlag.AlignTop)
        self.say(text, note)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, note: str) -> None:
        self.setAccessibleName(f"{text}, {note}" if note else text)
        shown = cut_sentence(text) if QUOTED.search(text) else cut(text)
        self._said.setText(breakable(shown))
        self._beside.setText(breakable(cut(note)))
        set_tool_tip(self, "\n".join(each for each, now in ((text, shown), (note, cut(note))) if each != now))
        self._beside.setWordWrap(len(note) > MAX_SHORT_NOTE_CHARS)
        self._beside.setVisible(bool(note))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.px(28), self._row.totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        return QSize(self._row.totalSizeHint().width(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self._row.setGeometry(self.rect())  # it grew just now, which Qt does not tell its layout here


class PageCard(QFrame):
    """A heading over rows, buttons and sentences."""

    def __init__(self, name: str, title: str, *parts: Part | str, head: bool = True) -> None:
        """Args:
        name: The name of the object.
        title: The heading.
        parts: What stands below it; a text is a sentence that leads nowhere, an empty one nothing.
        head: Show the title above the parts; else the first of them takes its place.
        """
        super().__init__()
        named(self, name, title, role="card")
        heading = card_label(title, "group")
        heading.setContentsMargins(theme.GAP, 0, theme.GAP, 4)
        shown = [sentence(part) if isinstance(part, str) else part for part in parts if part != ""]
        column(heading if head else None, *shown, STRETCH, on=self, gap=2, margins=(theme.GAP, theme.FIELDS))


def sentence(text: str, role: str = "second") -> QLabel:
    said = card_label(text, role)
    said.setContentsMargins(theme.GAP, 2, theme.GAP, 2)
    return said


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    return row(*buttons, STRETCH, gap=theme.GAP, margins=(theme.GAP, theme.GAP, theme.GAP, 0))


class CardCheckBox(QWidget):
    """A box to tick off an action, and the row that opens it."""

    def __init__(
        self,
        name: str,
        text: str,
        note: str,
        tick: Callable[[], object],
        *,
        do: Callable[[], object],
        late: bool,
        read_only: bool,
    ) -> None:
        super().__init__()
        done = tr("home", "Done: {title}", title=text)
        self.box = named(QCheckBox(), f"{name}.done", done)
        set_tool_tip(self.box, done)
        self.box.clicked.connect(lambda _=False: tick())
        self.box.setEnabled(not read_only)
        self.row = CardRow(name, text, note, do, level="warn" if late else "", mark="warning" if late else "")
        row(top(self.box), grow(self.row), on=self, gap=2, margins=(theme.GAP, 0, 0, 0))


def card_button(
    name: str,
    text: str,
    do: Callable[[], object],
    role: str = "",
    *,
    said: str = "",
    tip: str = "",
    enabled: bool = True,
    parent: QWidget | None = None,
) -> QPushButton:
    made = set_up(ElidedButton(text, parent), name, do, role, said=said, tip=tip)
    made.setEnabled(enabled)
    return made


TWO_COLUMNS = 720  # Width of the page from which on cards stand in two columns
MAX_PAGE_PX = 1120


class CardPage(QScrollArea):
    """The frame of the page; a derived class returns from ``cards`` its heading, and the cards on the left and the right."""

    cards: Callable[[], tuple[str, Sequence[PageCard], Sequence[PageCard]]]

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, title)
        scroll_down(self)
        self._columns, self._two = row(), False

    def refresh(self) -> None:
        """Show the current state, once no button of the page is held down; the keyboard focus stays where it is."""
        held = next((each for each in below(self) if isinstance(each, QAbstractButton) and each.isDown()), None)
        if held is not None:  # its press would be lost with it
            held.released.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
            return
        focus, at = QApplication.focusWidget(), self.verticalScrollBar().value()
        name = focus.objectName() if focus is not None and self.isAncestorOf(focus) else None
        heading, *cards = self.cards()
        page, inner = named(QWidget(), "page"), QWidget()
        inner.setMaximumWidth(theme.px(MAX_PAGE_PX))
        row(grow(inner), REST, on=page, margins=(theme.GROUPS, theme.MARGIN, theme.GROUPS, theme.GROUPS))
        self._heading = card_label(heading, "big")
        self._columns = row(*(grow(column(*each, STRETCH, gap=theme.MARGIN)) for each in cards), gap=theme.MARGIN)
        self._two = all(cards)
        self._arrange()
        column(self._heading, self._columns, STRETCH, on=inner, gap=theme.MARGIN, margins=0)
        replace_page(self, page)
        grow_with_contents(page)
        self.verticalScrollBar().setValue(at)
        if name is not None:
            (page.findChild(QWidget, name) or self._first() or self).setFocus()

    def take_focus(self) -> None:
        if (first := self._first()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _first(self) -> QWidget | None:
        page = self.widget()
        found = page.findChildren(QPushButton) if page is not None else []
        return next((each for each in found if each.isEnabled()), None)

    def _arrange(self) -> None:
        beside, ways = self._two and self.viewport().width() >= theme.px(TWO_COLUMNS), QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
