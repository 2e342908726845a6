"""A page of cards, rebuilt whenever something changed: two columns where there is room, else one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QPushButton, QScrollArea, QWidget

from ucapdesk.ui.home.home_parts import HomeCard, card_label
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.layout_builder import REST, STRETCH, column, grow, replace_page, row, scroll_down
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.steady_focus import below

TWO_COLUMNS = 720
"""Width of the page from which on cards stand in two columns."""
MAX_PAGE_PX = 1120


class CardPage(QScrollArea):
    """The frame of the page; a derived class returns from ``cards`` its heading, and the cards on the left and the right."""

    cards: Callable[[], tuple[str, Sequence[HomeCard], Sequence[HomeCard]]]

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
        let_grow(page)
        self.verticalScrollBar().setValue(at)
        if name is not None:
            (page.findChild(QWidget, name) or self._first() or self).setFocus()

    def take_focus(self) -> None:
        """Focus the first thing on the page that can be done."""
        if (first := self._first()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _first(self) -> QWidget | None:
        """Return the first widget on the page that accepts the focus."""
        page = self.widget()
        found = page.findChildren(QPushButton) if page is not None else []
        return next((each for each in found if each.isEnabled()), None)

    def _arrange(self) -> None:
        beside, ways = self._two and self.viewport().width() >= theme.px(TWO_COLUMNS), QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
