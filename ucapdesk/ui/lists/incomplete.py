"""The line below a list of people that says how many are incomplete. It is counted in the background, a moment later."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from ucapdesk.base.i18n import tr
from ucapdesk.model.listing import INCOMPLETE, Condition, ListView
from ucapdesk.services.records import lists
from ucapdesk.ui.lists.filter_chips import LARGE
from ucapdesk.ui.lists.list_page import ListPage
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery

INCOMPLETE_DELAY_MS = 150
"""Milliseconds without a change before they are counted."""
CONDITION = Condition(INCOMPLETE, ("incomplete",))


def _counted(view: ListView) -> bool:
    return presentation(view.kind).counts_incomplete and CONDITION not in view.conditions


class IncompleteRow(QPushButton):
    """Hidden where nobody is incomplete, or where they are listed already."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        tip = tr("list", "People known by name only, to be completed")
        set_up(self, "list.incomplete", self._list, "quiet", mark="chevron_right", tip=tip)
        self._soon = single_shot(self, INCOMPLETE_DELAY_MS, self._count)
        self._behind = BackgroundQuery(self)
        self.hide()

    def _list(self) -> None:
        self._page.show_view(self._page.table.view.with_condition(CONDITION))

    def expect(self) -> None:
        """Count soon, after a list was shown or something was written."""
        if not _counted(self._page.table.view):
            self.hide()
        self._soon.start()

    def _count(self) -> None:
        view, desk = self._page.table.view, self._page.desk
        if self._page.isVisible() and _counted(view):
            those = ListView(view.kind, conditions=(CONDITION,))
            self._behind.ask(lambda: len(lists.ids(desk, those)), lambda n: self._say(view, n))

    def _say(self, view: ListView, n: int) -> None:
        if view == self._page.table.view:
            self.setText(tr("list", "Incomplete {n}", n=n))
            self.setVisible(bool(n) and theme.px(100) < LARGE)  # the menu of the filter still offers it

    def stop(self) -> None:
        """Stop counting: the list is hidden, and the workspace may be closed soon."""
        self._soon.stop()
        self._behind.stop()
