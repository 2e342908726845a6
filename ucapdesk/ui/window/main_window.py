"""The window as its parts and features see it: what they may read, ask and run, and navigation between sections, records and panes.

Navigation, back and forward never change a record.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ucapdesk.base import settings
from ucapdesk.base.clock import local_now
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import Desk
from ucapdesk.services.records import duplicates, lists, records
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit.widgets import announce, ask
from ucapdesk.ui.window.command_table import COMMANDS
from ucapdesk.ui.window.sections import PAGES, TRASH, VIEW, SectionList, tabs_of

if TYPE_CHECKING:
    from ucapdesk.ui.exchange.exchange import Exchange
    from ucapdesk.ui.exchange.exchange_page import ExchangePage
    from ucapdesk.ui.home_page import HomePage
    from ucapdesk.ui.lists.list_pane import ListPane
    from ucapdesk.ui.record.record_view import RecordView
    from ucapdesk.ui.screens.week_page import WeekPage
    from ucapdesk.ui.window.background_jobs import JobRunner
    from ucapdesk.ui.window.list_stack import ListStack
    from ucapdesk.ui.window.notifications import Notice, StatusBar, Toast
    from ucapdesk.ui.window.search_box import SearchBox
    from ucapdesk.ui.window.window_layout import WindowLayout


class MainWindow(QMainWindow):
    """One window on one workspace; ``DeskWindow`` puts it together.

    Attributes:
        open_other: Shows another workspace in its place: with a folder it opens it, with None it makes one.
        page_of: Returns the full page of a place, if it has one.
        show_page: Shows a full page with current data.
        arrange: Divides the window between its parts.
        steps: Counts what was written.
        enable: Enables only the commands that are available now.
        do: Runs a command of the registry, with what it is given; a failure is reported in one sentence.
        apply_shortcuts: Applies the keys that were just chosen.
        dress_anew: Rebuilds the window in another language or look, at the same place.
        show_views: Shows the current saved views.

    Signals:
        sample_wanted(): the sample is to be shown in place of this workspace.
        restore_wanted(str): this workspace is to go back to one of its automatic backups, by its name.
        thrown_away(): this workspace, a sample, is to be removed.
        passphrase_wanted(str, str): this workspace is to have another passphrase than the first of these, the second.
    """

    sample_wanted = Signal()
    restore_wanted = Signal(str)
    thrown_away = Signal()
    passphrase_wanted = Signal(str, str)

    desk: Desk
    open_other: Callable[[Path | None], None]
    arrangement: WindowLayout
    work: JobRunner
    exchange: Exchange
    record: RecordView
    sections: SectionList
    shelf: ListStack
    search: SearchBox
    notice: Notice
    toast: Toast
    status: StatusBar
    week: WeekPage | None
    steps: int = 0

    page_of: Callable[[str], HomePage | ExchangePage | WeekPage | None]
    show_page: Callable[[str], None]
    arrange: Callable[[], None]
    enable: Callable[[], None]
    do: Callable[..., None]
    apply_shortcuts: Callable[[], None]
    dress_anew: Callable[[], None]
    show_views: Callable[[], None]

    @property
    def list(self) -> ListPane:
        return self.shelf.list

    def say(self, sentence: str) -> None:
        self.status.say(sentence)
        announce(self, sentence)

    def say_done(self, sentence: str, *, steps: int = 1) -> None:
        """Show what was done, with an Undo button where it was one step: it takes back the last alone."""
        self.say(sentence)
        if steps == 1:
            self.offer_undo(sentence)
        else:
            self.toast.say(sentence)

    def offer_undo(self, sentence: str, back: str = "edit.undo") -> None:
        """Show the last step, with a button that takes it back as long as nothing else is written."""
        step = self.steps

        def take_back() -> None:
            self.record.save_now()  # what is being typed is a step of its own
            if self.steps == step:
                self.do(back)

        self.toast.say(sentence, COMMANDS[back].title.say(), take_back, of_last_step=True)

    def note_written(self) -> None:
        """Offer no longer to take back the step told last: Undo would take back what was written now."""
        self.steps += 1
        self.toast.outdate()
        self.enable()

    def say_saved(self) -> None:
        self.say(tr("window", "Saved {time}", time=local_now(self.desk.workspace.clock).strftime("%H:%M")))

    def tell(self, sentence: str) -> None:
        ask(self, "told", sentence, [tr("notice", "Close")])

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()


RECENT = 20
MAX_PLACES = 200
WORKSPACES = 8
PASSING = 0.7  # Seconds. A place left sooner was only passed, as rows are with an arrow key, and is not kept.
_NAME = "recent_records"


class WindowPlace(NamedTuple):
    """A list, and the record shown from it, if any."""

    section: str
    id: str | None = None


class NavigationHistory:
    def __init__(self, workspace: str) -> None:
        self._workspace = workspace
        self._places: list[WindowPlace] = []
        self._at = -1
        self._since = float("-inf")
        self._last: dict[str, str] = {}
        self._seen = [id_ for id_ in reversed(_kept().get(workspace, ())) if isinstance(id_, str)]

    def note(self, place: WindowPlace) -> None:
        """Add the current place; places ahead of it are forgotten."""
        if place.id:
            self._last[place.section] = place.id
        now = time.monotonic()
        here = self._places[self._at] if self._places else None
        if place == here:
            return
        passed = here is not None and now - self._since < PASSING
        del self._places[self._at + (0 if passed else 1) :]
        if passed and here is not None and here.id:
            self._seen.pop()
        if place.id:
            self._seen.append(place.id)
        if self._places[-1:] != [place]:
            self._places.append(place)
        self._places = self._places[-MAX_PLACES:]
        self._at, self._since = len(self._places) - 1, now

    def can(self, by: int) -> bool:
        """Return whether there is a place this many steps ahead, or back if negative."""
        return 0 <= self._at + by < len(self._places)

    def step(self, by: int) -> WindowPlace:
        self._at += by
        self._since = float("-inf")
        place = self._places[self._at]
        if place.id:
            self._seen.append(place.id)
        return place

    def last_in(self, section: str) -> str | None:
        return self._last.get(section)

    def recent(self) -> list[str]:
        """Return the records opened last, the newest first."""
        return list(dict.fromkeys(reversed(self._seen)))[:RECENT]

    def keep(self) -> None:
        others = [(name, ids) for name, ids in _kept().items() if name != self._workspace]
        settings.keep(_NAME, dict([*others[1 - WORKSPACES :], (self._workspace, self.recent())]))


def _kept() -> dict[str, list[object]]:
    return {name: ids for name, ids in settings.kept(_NAME).items() if isinstance(ids, list)}


class NavigableWindow(MainWindow):
    def __init__(self, desk: Desk, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.trail, self._stepping = NavigationHistory(desk.workspace.id), False
        self.section = first
        self.focused = False

    # -- sections and records ---------------------------------------------------------------------

    def show_section(self, key: str) -> None:
        self.section = key
        self.sections.select(key)
        if key in PAGES:
            self.show_page(key)
        else:
            self.shelf.show_place(key)
        self.show_focused(False)
        self.enable()

    def choose_section(self, key: str) -> None:
        self.choose_tab(self.shelf.last_tab(key))

    def _last_shown(self) -> str | None:
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
        found = next((each.view for each in lists.saved_views(self.desk) if each.name == name), None)
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
