"""The middle of the window: the list of the current place, with the tabs of its section above.

Each kind that was looked at keeps a list of its own, so that coming back finds filter, row and scroll as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.listing import ListView
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.ui.lists.list_pane import ListPane, TrashPane
from ucapdesk.ui.toolkit.layouts import Stack, column, grow, tab_bar
from ucapdesk.ui.toolkit.signals import ChangeListener
from ucapdesk.ui.window.sections import TRASH, tab_name, tabs_of
from ucapdesk.ui.window.window_layout import WindowLayout


class ListStack(QWidget):
    """The lists of one window, one for each kind that was visited.

    Signals:
        tab_chosen(str): the kind of a tab.
        made(ListPane): a new list was created.
        trash_made(TrashPane): the Trash is shown for the first time.
    """

    tab_chosen = Signal(str)
    made = Signal(object)
    trash_made = Signal(object)

    def __init__(
        self,
        desk: Desk,
        arrangement: WindowLayout,
        open_record: Callable[[], str | None],
        do: Callable[..., object],
        parent: QWidget,
    ) -> None:
        """``open_record`` gives the id of the record shown beside, which stays the current row; ``do`` runs a command."""
        super().__init__(parent)
        self.setObjectName("shelf")
        self._desk, self._arrangement, self._open_record, self._do = desk, arrangement, open_record, do
        self._panes: dict[str, ListPane] = {}
        self._last_tab: dict[tuple[str, ...], str] = {}
        # Changes to lists that are not on the screen, applied when they are shown again.
        self._late: dict[str, ChangeEvent] = {}
        self._expected: dict[str, ListView] = {}
        self._known: dict[str, Sequence[str]] = {}
        self._whole: dict[str, ListView] = {}  # The views of lists before they were narrowed to what was looked for
        self.kind = ""
        self.tabs = tab_bar("list.tabs", tr("window", "Lists of this section"), self)
        self.tabs.currentChanged.connect(lambda at: self.tab_chosen.emit(self.tabs.tabData(at)))
        self._stack = Stack(self)
        column(self.tabs, grow(self._stack), on=self, gap=0, margins=0)
        ChangeListener(desk, self._reload, self)

    @cached_property
    def trash(self) -> TrashPane:
        pane = TrashPane(self._desk, self._stack)
        self._stack.pages.addWidget(pane)
        self.trash_made.emit(pane)
        return pane

    @property
    def list(self) -> ListPane:
        """The list shown, or the one shown last."""
        return self._panes[self.kind]

    def last_tab(self, place: str) -> str:
        return self._last_tab.get(tabs_of(place), place)

    def views(self) -> dict[str, ListView]:
        return {kind: pane.table.view for kind, pane in self._panes.items()}

    def expect(self, views: Mapping[str, ListView], known: Mapping[str, Sequence[str]]) -> None:
        """Set the view with which a list created later starts; ``known``: the ids of the one created now."""
        self._expected, self._known = dict(views), dict(known)

    def show_place(self, place: str) -> None:
        self._show_tabs(place)
        if place == TRASH:
            self.trash.refresh()
            self._stack.pages.setCurrentWidget(self.trash)
            return
        self.kind = place
        self._last_tab[tabs_of(place)] = place
        if place not in self._panes:
            pane = self._panes[place] = ListPane(self._desk, self._arrangement, self._do, self._stack)
            self._stack.pages.addWidget(pane)
            self.made.emit(pane)
            pane.show_view(self._expected.get(place) or pane.heads.left_in(place), self._known.pop(place, None))
        if place in self._whole:
            self.list.show_view(self._whole.pop(place))
        self._stack.pages.setCurrentWidget(self.list)
        if place in self._late:
            at = self.list.view.currentIndex()
            self.list.refresh(self._late.pop(place), self.list.table.id_at(at.row()) if at.isValid() else None)

    def narrow(self, view: ListView) -> None:
        """Narrow the list on the screen until it is shown the next time."""
        self._whole[self.kind] = self.list.table.view
        self.list.show_view(view)

    def _show_tabs(self, place: str) -> None:
        kinds = tabs_of(place)
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for kind in kinds if len(kinds) > 1 else ():
                self.tabs.setTabData(self.tabs.addTab(tab_name(kind)), kind)
            if len(kinds) > 1:
                self.tabs.setCurrentIndex(kinds.index(place))
        self.tabs.setVisible(len(kinds) > 1)

    def _reload(self, change: ChangeEvent) -> None:
        """Read changed rows again: in the list on the screen now, in the others when they are shown."""
        on_screen = self._stack.pages.currentWidget()
        for kind, pane in self._panes.items():
            if pane is on_screen:
                pane.refresh(change, self._open_record())
            elif pane.table.concerns(change):
                self._late[kind] = change
        if isinstance(on_screen, TrashPane):
            on_screen.refresh()
