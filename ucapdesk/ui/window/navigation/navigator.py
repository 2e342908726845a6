"""Navigation in the window: sections, records, back and forward, panes. It never changes a record."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import Desk
from ucapdesk.services.records import duplicates, records, views
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.window.main_window import MainWindow
from ucapdesk.ui.window.navigation.navigation_history import NavigationHistory, WindowPlace
from ucapdesk.ui.window.sections import PAGES, TRASH, VIEW, tabs_of


class NavigableWindow(MainWindow):
    """A window that navigates between its places."""

    def __init__(self, desk: Desk, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.trail, self._stepping = NavigationHistory(desk.workspace.id), False
        self.section = first
        self.focused = False
        """Whether a record has the whole width."""

    # -- sections and records ---------------------------------------------------------------------

    def show_section(self, key: str) -> None:
        """Show a place: the list of a kind, the Trash, or a full page."""
        self.section = key
        self.sections.select(key)
        if key in PAGES:
            self.show_page(key)
        else:
            self.shelf.show_place(key)
        self.show_focused(False)
        self.enable()

    def choose_section(self, key: str) -> None:
        """Show a section with the tab, and beside the list the record, that were shown last."""
        self.choose_tab(self.shelf.last_tab(key))

    def _last_shown(self) -> str | None:
        """Return the record shown last in this section, unless it is gone."""
        id_ = self.trail.last_in(self.section) if self.section in LISTED else None
        there = bool(id_) and records.exists(self.desk, str(id_))
        return id_ if there and not records.get(self.desk, records.shown(self.desk, str(id_))).is_deleted else None

    def show_view(self, view: ListView) -> None:
        """Show a list narrowed to this view, focused; the next time it is whole again."""
        self.record.save_now()
        self.show_section(view.kind)
        self.shelf.narrow(view)
        self.record.show_record(None)
        self.focus_list()

    def show_saved(self, name: str) -> None:
        """Show a saved view, by its name."""
        found = next((each.view for each in views.saved(self.desk) if each.name == name), None)
        if found is not None:
            self.show_view(found)
            self.sections.mark(VIEW + name)

    def choose_tab(self, kind: str) -> None:
        """Show another tab of the same section and its last record; the focus stays."""
        self.record.save_now()
        self.show_section(kind)
        self.show_record(self._last_shown())

    def enter_section(self, key: str) -> None:
        """Choose a section and focus its list; the one shown stays as it is."""
        if self.section not in tabs_of(key):
            self.choose_section(key)
        self.focus_list()

    def show_record(self, id_: str | None) -> None:
        """Show a record, and its list behind it; the focus of one that is left goes to the next, or to the list."""
        before = self.record.id
        inside = self.record.isAncestorOf(self.focusWidget())  # also under a dialog that just closed
        if id_:
            id_ = records.shown(self.desk, id_)
            record = records.get(self.desk, id_)
            kind = kind_of(record).name
            if record.is_deleted:
                kind = TRASH if self.section in PAGES else self.section
            if kind != self.section:
                self.show_section(kind)
            self.list.select(id_)
        self.record.show_record(id_)
        if self.record.record is None and (inside or self.focused):
            self.focus_list()
        elif inside and self.record.id != before:
            self.record.take_focus()
        self.note_place()

    def open_again(self, id_: str) -> None:
        """Show the record of the current row of its list, unless it is shown."""
        if self.record.id != id_:
            self.show_record(id_)

    def open_found(self, id_: str) -> None:
        """Show a record and focus its list, where no letter can change anything."""
        self.show_record(id_)
        self.focus_list()

    def show_in_place(self, id_: str) -> None:
        """Show a record in its place: a programme item in the page of its visit."""
        record = self.record
        place = record.place_of(id_)
        self.show_record(place)
        if place != id_:
            record.point_at_part([id_])

    def show_one_of(self, written: frozenset[tuple[str, str]]) -> None:
        """Go to a record that was just written, unless it is the one shown."""
        shown, written = self.record, duplicates.concerned(self.desk, written)
        kind = kind_of(shown.record).name if shown.record is not None else ""
        if (kind, shown.id) in written or shown.point_at_part(id_ for _, id_ in written):
            return
        for name, id_ in sorted(written):
            if name in LISTED and not records.get(self.desk, id_).is_deleted:
                self.show_in_place(id_)
                return

    # -- the whole width for a record -------------------------------------------------------------

    def show_focused(self, focused: bool) -> None:
        """Give a record the whole width, or let it share the width with its list."""
        self.focused = focused
        self.arrange()

    def enter_record(self) -> None:
        """Go from a row of the list into its record; one that needs the room gets the whole width."""
        if presentation(self.section).whole_width and self.record.record is not None:
            self.show_focused(True)
        self.record.take_focus()
        announce(self, self.record.page.accessibleName())  # nothing else says which record the keys have come to

    # -- back and forward -------------------------------------------------------------------------

    def note_place(self) -> None:
        """Note the present place in the history. A record that is not created yet is none."""
        record = self.record
        if not self._stepping and (record.record is None or record.id):
            self.trail.note(WindowPlace(self.section, record.id))
        self.enable()

    def others(self) -> list[str]:
        """Return the records opened last, without the one shown: Enter leads to the previous one."""
        return [id_ for id_ in self.trail.recent() if id_ != self.record.id]

    def step(self, by: int) -> None:
        """Go back, or forward, skipping records that no longer exist."""
        by_now = self._first_step(by)
        self._stepping = True
        try:
            while self.trail.can(by_now):
                if self._show_place(self.trail.step(by_now)):
                    break
                by_now = by
        finally:
            self._stepping = False
        self.focus_list()
        self.enable()

    def can_step(self, by: int) -> bool:
        """Return whether there is a place to go back or forward to."""
        return self.trail.can(self._first_step(by))

    def _first_step(self, by: int) -> int:
        """Return how far the next place is: a record that is not created yet is none, so back leads to where it was begun."""
        return 0 if by < 0 and self.record.begun is not None else by

    def _show_place(self, place: WindowPlace) -> bool:
        if place.id and not records.exists(self.desk, place.id):
            return False
        if place.section != self.section:
            self.show_section(place.section)
        if place.id is None and place.section not in PAGES:
            self.list.select(None)
        self.show_record(place.id)
        return True

    # -- where the keys go ------------------------------------------------------------------------

    def focus_pane(self, by: int) -> None:
        """Focus the next part of the window, or the previous one."""
        focus = QApplication.focusWidget()
        ways = {self.sections: self.sections.setFocus, self.shelf: self.focus_list}
        page = self.page_of(self.section)
        ways |= {page: page.take_focus} if page is not None else {self.record: self.record.take_focus}
        panes = [pane for pane in ways if pane.isVisibleTo(self)]
        at = next((n for n, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), None)
        to = (at + by) % len(panes) if at is not None else (0 if by > 0 else len(panes) - 1)
        ways[panes[to]]()

    def focus_list(self) -> None:
        """Focus the list. Qt would select its first row by that, and so open a record nobody asked for."""
        if (page := self.page_of(self.section)) is not None:
            page.take_focus()
            return
        if self.focused:
            self.show_focused(False)
        view = self.shelf.trash.rows if self.section == TRASH else self.list.view
        if not view.isVisibleTo(self):
            self.list.filter.setFocus()
            return
        rows = view.selectionModel()
        with QSignalBlocker(view), QSignalBlocker(rows):
            chosen = view.currentIndex().isValid()
            view.setFocus()
            if not chosen:
                rows.clear()
