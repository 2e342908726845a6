"""The window as its parts and features see it: what they may read, ask and run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow

from ucapdesk.base.clock import local_now
from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.window.command_table import COMMANDS

if TYPE_CHECKING:
    from ucapdesk.services import Desk
    from ucapdesk.ui.exchange.exchange import Exchange
    from ucapdesk.ui.exchange.exchange_page import ExchangePage
    from ucapdesk.ui.home.home_page import HomePage
    from ucapdesk.ui.lists.list_pane import ListPane
    from ucapdesk.ui.record.record_view import RecordView
    from ucapdesk.ui.visits.week_page import WeekPage
    from ucapdesk.ui.window.jobs.job_runner import JobRunner
    from ucapdesk.ui.window.list_stack import ListStack
    from ucapdesk.ui.window.navigation.arrangement import Arrangement
    from ucapdesk.ui.window.notice import Notice
    from ucapdesk.ui.window.search_box import SearchBox
    from ucapdesk.ui.window.sections import SectionList
    from ucapdesk.ui.window.status_bar import StatusBar
    from ucapdesk.ui.window.toast import Toast


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
        take_keys: Applies the keys that were just chosen.
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
    arrangement: Arrangement
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
    take_keys: Callable[[], None]
    dress_anew: Callable[[], None]
    show_views: Callable[[], None]

    @property
    def list(self) -> ListPane:
        """The list shown, or the one shown last."""
        return self.shelf.list

    def say(self, sentence: str) -> None:
        """Show in the status bar what was done."""
        self.status.say(sentence)
        announce(self, sentence)

    def say_done(self, sentence: str, *, steps: int = 1) -> None:
        """Show what was done, with an Undo button where it was one step: it takes back the last alone."""
        self.say(sentence)
        if steps == 1:
            self.offer_back(sentence)
        else:
            self.toast.say(sentence)

    def offer_back(self, sentence: str, back: str = "edit.undo") -> None:
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
        """Show that something was saved, and when."""
        self.say(tr("window", "Saved {time}", time=local_now(self.desk.workspace.clock).strftime("%H:%M")))

    def tell(self, sentence: str) -> None:
        """Show a sentence that must be read."""
        ask(self, "told", sentence, [tr("notice", "Close")])

    def come_forward(self) -> None:
        """Raise the window above all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
