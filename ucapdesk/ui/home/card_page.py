"""A page of cards, rebuilt whenever something changed: two columns where there is room, else one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

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
        self._left: Sequence[HomeCard] = ()
        self._right: Sequence[HomeCard] = ()
        self._beside: list[QVBoxLayout] = []
        self._across = 0

    def refresh(self) -> None:
        """Show the current state, once no button of the page is held down; the keyboard focus stays where it is."""
        held = next((each for each in below(self) if isinstance(each, QAbstractButton) and each.isDown()), None)
        if held is not None:  # its press would be lost with it
            held.released.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
            return
        focus, at = QApplication.focusWidget(), self.verticalScrollBar().value()
        name = focus.objectName() if focus is not None and self.isAncestorOf(focus) else None
        heading, self._left, self._right = self.cards()
        page, inner = named(QWidget(), "page"), QWidget()
        inner.setMaximumWidth(theme.px(MAX_PAGE_PX))
        row(grow(inner), REST, on=page, margins=(theme.GROUPS, theme.MARGIN, theme.GROUPS, theme.GROUPS))
        self._heading = card_label(heading, "big")
        column(self._heading, self._columns_of_cards(), STRETCH, on=inner, gap=theme.MARGIN, margins=0)
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

    def _columns_of_cards(self) -> QHBoxLayout:
        self._columns = row(gap=theme.MARGIN)
        self._beside, self._across = [column(STRETCH, gap=theme.MARGIN) for _ in range(2)], 0
        for each in self._beside:
            self._columns.addLayout(each, 1)
        self._arrange()
        return self._columns

    def _arrange(self) -> None:
        across = 2 if self._right and self.viewport().width() >= theme.px(TWO_COLUMNS) else 1
        if across == self._across:
            return
        self._across = across
        for at, cards in ((0, self._left), (across - 1, self._right)):
            for card in cards:
                for layout in self._beside:
                    layout.removeWidget(card)  # with its item: a second one would not hear of another height
                self._beside[at].insertWidget(self._beside[at].count() - 1, card)
        for at in range(2):
            self._columns.setStretch(at, int(at < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside:
            self._arrange()
