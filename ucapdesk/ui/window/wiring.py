"""The signal connections between all parts of the window, in one place, and keys with a meaning in certain lists only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from ucapdesk.base.clock import today
from ucapdesk.services.meetings import meetings
from ucapdesk.ui.lists.list_pane import ListPane
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.window import shortcuts

if TYPE_CHECKING:
    from ucapdesk.ui.home.home_page import HomePage
    from ucapdesk.ui.lists.trash_list import TrashPane
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow


def connect(window: NavigableWindow) -> None:
    """Connect the parts of a newly laid out window, before its first list is made."""
    window.sections.chosen.connect(window.choose_section)
    # Not while the list handles the click: another look makes the window anew, and this list with it.
    window.sections.settings_wanted.connect(lambda: QTimer.singleShot(0, window, lambda: window.do("file.settings")))
    window.sections.view_chosen.connect(window.show_saved)
    window.shelf.tab_chosen.connect(window.choose_tab)
    window.shelf.made.connect(lambda pane: _connect_list(window, pane))
    window.search.opened.connect(window.open_found)
    window.search.left.connect(window.focus_list)
    window.search.given.connect(lambda name, given: window.do(name, *given))
    window.shelf.trash_made.connect(lambda pane: _connect_trash(window, pane))
    record = window.record
    record.saved.connect(window.say_saved)
    record.opened.connect(window.show_record)
    record.left.connect(window.focus_list)
    record.done.connect(window.offer_back)
    record.shown.connect(window.note_place)
    record.asked.connect(lambda name, given: window.do(name, *given))


def connect_home(window: NavigableWindow, home: HomePage) -> None:
    """Connect the Home page, which is created when it is first shown."""
    home.opened.connect(window.show_record)
    home.chosen.connect(window.enter_section)
    home.narrowed.connect(window.show_view)


def _connect_list(window: NavigableWindow, pane: ListPane) -> None:
    """Connect a list, which is created when its kind is first shown."""
    pane.chosen.connect(window.record.show_record)
    pane.opened.connect(window.open_again)
    pane.entered.connect(window.enter_record)
    pane.view.takers.append(partial(_take_key, window, pane))
    shortcuts.tell(pane)


def _connect_trash(window: NavigableWindow, pane: TrashPane) -> None:
    pane.chosen.connect(window.record.show_record)
    pane.restore.clicked.connect(lambda: window.do("record.restore"))


def _take_key(window: NavigableWindow, pane: ListPane, event: QKeyEvent) -> bool:
    """Act on a key of a list that means something in the window; return whether it did.

    Where the list was just entered no row is selected, and the first is meant.
    """
    if event.modifiers() or not pane.table.rowCount():
        return False
    chosen = pane.view.currentIndex().isValid()
    space = presentation(pane.table.kind.name).space
    if event.key() == Qt.Key.Key_Space and space:
        if not chosen:
            window.open_found(pane.table.id_at(0))
        window.do(space)
        return True
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not chosen:
        window.open_found(_first(window, pane))
        pane.entered.emit()
        return True
    return False


def _first(window: NavigableWindow, pane: ListPane) -> str:
    """Return the row that is meant where none is selected: the visit under way, else the first."""
    table, desk = pane.table, window.desk
    running = next(iter(meetings.running_visits(desk, today(desk.workspace.clock).isoformat())), None)
    if table.kind.name == "visit" and running is not None and table.row_of(running.id) >= 0:
        return running.id
    return table.id_at(0)
