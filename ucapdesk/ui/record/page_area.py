"""The scroll area of a record: it holds one page, and each record gets a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSlider, QScrollArea, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.layout_builder import REST, discard, row
from ucapdesk.ui.toolkit.timers import running

WIDEST = 1280
"""Width of the widest form, in pixels of the usual text size."""


class PageArea(QScrollArea):
    """Holds the page of the record shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("record.page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room = QWidget()
        self._layout = row(REST, on=self._room, margins=0)  # which is what a page leaves free on a wide screen
        self.shown: QWidget | None = None
        """The page, if there is one."""
        self.setWidget(self._room)

    def new_page(self) -> QWidget:
        """Return an empty page, hidden behind the old one, which is there a moment longer."""
        self.setAccessibleName(tr("record", "Record"))
        page = self.shown = QWidget(self._room)  # where it will be: a widget that moves is dressed once more
        page.lower()
        page.setObjectName("page")
        return page

    def show_page(self, page: QWidget, *, whole: bool) -> None:
        """Show a page from its top; a form is no wider than its lines are read well, unless it is ``whole``."""
        if not whole:
            page.setMaximumWidth(theme.px(WIDEST))
        self._layout.insertWidget(0, page, 1)
        page.show()
        self.verticalScrollBar().setValue(0)
        let_grow(page)

    def point_at(self, widget: QWidget) -> None:
        """Scroll to a widget without the focus and frame it; the page stays there, as where a user scrolled it."""
        self.ensureWidgetVisible(widget)
        self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderMove)
        highlight(widget)

    def take_down(self) -> None:
        """Remove the page; it may be handling an event, so it is deleted later."""
        page, self.shown = self.shown, None
        if page is not None:
            self._layout.removeWidget(page)
            for timer in running(page):  # it shows nothing any more, and the workspace may be closed first
                timer.stop()
            discard(page)
