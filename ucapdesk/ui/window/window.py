"""The window: sections, a list, a record; a search over everything. It only puts its parts together; the services do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QThread, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import Desk
from ucapdesk.services.records import draft_texts, views
from ucapdesk.ui.exchange.exchange import Exchange
from ucapdesk.ui.record.file_drop import FileDrop, files_in
from ucapdesk.ui.record.line_draft import LineDraft
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.toolkit import rare_faces, theme
from ucapdesk.ui.toolkit.apply_theme import apply_theme
from ucapdesk.ui.toolkit.buttons import press_by_enter
from ucapdesk.ui.toolkit.change_listener import ChangeListener
from ucapdesk.ui.toolkit.layout_builder import column
from ucapdesk.ui.toolkit.reader_wishes import when_wishes_change
from ucapdesk.ui.toolkit.stack import Stack
from ucapdesk.ui.toolkit.steady_focus import bring_into_view
from ucapdesk.ui.toolkit.timers import application, running, single_shot
from ucapdesk.ui.window.bars import Bars
from ucapdesk.ui.window.command_table import COMMANDS
from ucapdesk.ui.window.commands import CommandContext
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery
from ucapdesk.ui.window.jobs.job_runner import JobRunner
from ucapdesk.ui.window.list_stack import ListStack
from ucapdesk.ui.window.menus import Menus
from ucapdesk.ui.window.navigation import tab_order
from ucapdesk.ui.window.navigation.arrangement import Arrangement, PaneSplitter
from ucapdesk.ui.window.navigation.focus_keeper import FocusKeeper
from ucapdesk.ui.window.navigation.navigator import NavigableWindow
from ucapdesk.ui.window.navigation.window_state import WindowState
from ucapdesk.ui.window.sections import EXCHANGE, FOLDS_UNDER, HOME, PAGES, WEEK, SectionList
from ucapdesk.ui.window.status_bar import StatusBar
from ucapdesk.ui.window.toast import Toast
from ucapdesk.ui.window.tray import Tray
from ucapdesk.ui.window.wiring import connect, connect_home

if TYPE_CHECKING:
    from ucapdesk.ui.exchange.exchange_page import ExchangePage
    from ucapdesk.ui.home.home_page import HomePage
    from ucapdesk.ui.visits.week_page import WeekPage

FIRST_LIST = "ucap"
"""The list shown first in a new window."""


DEBOUNCE_MS = 250
"""Milliseconds of rest after the last change."""


class SectionCounts(QObject):
    """Counts waiting things, and shows how many beside the sections."""

    def __init__(self, desk: Desk, sections: SectionList) -> None:
        super().__init__(sections)
        self._desk, self._sections = desk, sections
        self._soon = single_shot(self, DEBOUNCE_MS, self.count)
        self.count_soon()
        self._behind = BackgroundQuery(self)
        ChangeListener(desk, lambda _: self.count_soon(), self)

    @property
    def counting(self) -> bool:
        """Whether newer counts are about to come."""
        return self._soon.isActive() or self._behind.busy

    def stop(self) -> None:
        """Stop counting: the workspace is about to be closed."""
        self._soon.stop()
        self._behind.stop()

    def count_soon(self) -> None:
        """Count after a moment of rest."""
        self._soon.start()

    def count(self) -> None:
        """Count now, in the background."""
        from ucapdesk.services.files.paper_questions import to_decide
        from ucapdesk.services.home import home

        desk, decide = self._desk, to_decide(self._desk)
        self._behind.ask(lambda: home.section_counts(desk, decide), self._sections.set_counts, patience=0)


class DeskWindow(NavigableWindow):
    """The window that is shown: it makes its parts and connects them."""

    def __init__(self, desk: Desk, open_other: Callable[[Path | None], None]) -> None:
        super().__init__(desk, FIRST_LIST)
        self.open_other = open_other
        self.commands = CommandContext(self)
        self.work = JobRunner(self)
        # the commands of the exchange are read in with the first that is run
        self.exchange = Exchange(desk, lambda name, *given: getattr(self.commands.exchange_work, name)(*given), self)
        self.setMinimumSize(1024, 600)
        self.arrangement = Arrangement()
        self.arrangement.place(self)
        self.tray = Tray(self)
        self._focus_keeper = FocusKeeper(self)
        self._told_at_closing = False
        drop = FileDrop(self)  # of what nothing in the window takes itself
        drop.take, drop.take_rows = self._take_files, self._take_rows
        drop.watch(self)
        ChangeListener(desk, lambda _: rare_faces.show(desk.read.rare_characters()), self)
        self._follows = single_shot(self, DEBOUNCE_MS, self._follow_system)
        when_wishes_change(self._follow_system)
        rare_faces.show(desk.read.rare_characters())
        self._build()
        self._recover()

    # -- laying out -------------------------------------------------------------------------------

    def _build(self, kept: WindowState | None = None) -> None:
        """Lay everything out in the user's language."""
        self.setWindowTitle(f"{self.desk.workspace.name} – UCAPDesk")
        middle = QWidget(self)
        self._make_panes(middle)
        layout = column(on=middle, gap=0, margins=0)
        bars = Bars(self, middle, layout, self.commands)
        self.search, self.print, self.notice = bars.search, bars.print, bars.notice
        layout.addWidget(self.panes, 1)
        self.setCentralWidget(middle)
        self.toast = Toast(middle)
        self.status = StatusBar(self.desk.workspace.person, self.do, self)
        self.setStatusBar(self.status)
        self.status.insertPermanentWidget(1, self.exchange.make_chip(lambda: self.choose_section(EXCHANGE)))
        self.work.save, self.work.say, self.work.warn = self.record.save_now, self.say, self.notice.say
        self.work.show_in(self.status.addWidget)
        self.menus = Menus(self, self.commands.can)
        self.enable, self.take_keys = self.menus.enable, self.menus.take_keys
        ChangeListener(self.desk, lambda _: self.note_written(), middle)
        connect(self)
        self.show_views()
        if kept is not None:
            kept.give_lists(self)
        if self.section not in LISTED:
            self.shelf.show_place(FIRST_LIST)
        self.show_section(self.section)
        if kept is not None:
            kept.give_back(self)
        self.note_place()

    def _make_panes(self, middle: QWidget) -> None:
        """Make the panes: sections, lists, and the stage for a record or a full page."""
        # The panes are the parent of all from the start: a widget that moves is dressed once more.
        self.panes = PaneSplitter(self.arrangement, middle)
        self.sections = SectionList(self.panes)
        self.section_counts = SectionCounts(self.desk, self.sections)
        self.shelf = ListStack(self.desk, self.arrangement, lambda: self.record.id, self.do, self.panes)
        self._stage = Stack(self.panes)
        self.record = RecordView(self.desk, self.arrangement, self._stage)
        self._stage.pages.addWidget(self.record)
        self.home: HomePage | None = None
        self.week: WeekPage | None = None
        self.exchange.page = None
        for widget in (self.sections, self.shelf, self._stage):
            self.panes.addWidget(widget)
            self.panes.setStretchFactor(self.panes.count() - 1, int(widget is self._stage))
        self._stage.setMinimumWidth(360)

    def _take_files(self, data: QMimeData) -> bool:
        if paths := files_in(data):
            QTimer.singleShot(0, self, lambda: self.do("file.receive", paths))
        return bool(paths)

    def _take_rows(self, text: str) -> bool:
        """Take pasted people into the record shown where it has people, else as records of their own."""
        if self.record.isVisible() and self.record.take_rows(text):
            return True
        from ucapdesk.services.people.pasted_people import plan_copied

        try:
            known = not self.desk.workspace.read_only and plan_copied(self.desk, text) is not None
        except UserError:
            known = True  # the command says why
        if known:
            self.do("file.copied")
        return known

    def show_views(self) -> None:
        """Show the current saved views."""
        self.sections.set_views([each.name for each in views.saved(self.desk)])

    def page_of(self, place: str) -> HomePage | ExchangePage | WeekPage | None:
        """Return the full page of a place, if it has one that was shown."""
        return {HOME: self.home, EXCHANGE: self.exchange.page, WEEK: self.week}.get(place)

    def show_page(self, place: str) -> None:
        """Show a page that stands alone, as things are now."""
        self.record.show_record(None)
        (self.page_of(place) or self._make_page(place)).refresh()

    def _make_page(self, place: str) -> HomePage | ExchangePage | WeekPage:
        """Return the page of a place, which is made when it is first shown."""
        page: HomePage | ExchangePage | WeekPage
        if place == EXCHANGE:
            page = self.exchange.make_page(self._stage)
        elif place == HOME:
            from ucapdesk.ui.home.home_page import HomePage

            page = self.home = HomePage(self.desk, self.others, self.do, self._stage)
            connect_home(self, page)
        else:
            from ucapdesk.ui.visits.week_page import WeekPage

            page = self.week = WeekPage(self.desk, self._stage)
            page.opened.connect(self.show_in_place)
            page.moved.connect(lambda *moved: self.do("week.move", *moved))
        self._stage.pages.addWidget(page)
        return page

    def arrange(self) -> None:
        """Divide the window: fold the sections where it is narrow, give a record all the room where the user wants that."""
        place, focused = self.section, self.focused
        at_home = place in PAGES
        folded = focused or self.width() < max(FOLDS_UNDER, theme.px(1000))
        self.sections.set_folded(folded)
        self.shelf.setVisible(not at_home and not focused)
        self._stage.pages.setCurrentWidget(self.page_of(place) or self.record)
        self.panes.show_for(place, folded=folded, alone=at_home or focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sections.folded != (self.focused or self.width() < max(FOLDS_UNDER, theme.px(1000))):
            self.arrange()

    def dress_anew(self) -> None:
        """Rebuild the window in another language or look, at the same place."""
        self.record.save_now()
        for line in self.record.findChildren(LineDraft):
            line.keep()
        self._stop_counting()
        kept = WindowState(self)
        self.setFocus()
        for heavy in (self.record, self.shelf):  # Qt would apply_theme each of their many widgets once more
            delete(heavy)
        apply_theme(application(), settings.load())
        self._build(kept)
        self.tray.follow()

    def _follow_system(self) -> None:
        """Take on the system's look, once no dialog or drag goes on that came from a widget of the window."""
        if QThread.currentThread().loopLevel() > 1:
            self._follows.start()
        elif not self.work.after(self._follow_system):
            self.dress_anew()

    def _stop_counting(self) -> None:
        """Stop background reads: their widgets, or the workspace, are about to go."""
        for each in self.findChildren(BackgroundQuery):
            each.stop()

    def _recover(self) -> None:
        """Save the drafts from before the program last ended unexpectedly, and show them."""
        if self.desk.workspace.read_only:
            return
        left = draft_texts.commit_left_over(self.desk)
        refused = [said for each in left if (said := draft_texts.say_refused(self.desk, each))]
        if kept := [each for each in left if each.error is None]:
            self.show_record(self.record.place_of(kept[-1].id))
            self.record.take_up(kept[-1])
        if kept and not refused:
            self.say(tr("window", "What was being typed when the program ended was saved."))
        if refused:
            self.notice.say("\n".join(refused))

    # -- saying and doing -------------------------------------------------------------------------

    def do(self, name: str, *given: object) -> None:
        """Run a command, with what it is given; a failure is reported in one sentence."""
        command = COMMANDS[name]
        if not self.commands.can(command) or self.work.after(lambda: self.do(name, *given)):
            return
        self.record.save_now()
        self.notice.say("")
        try:
            command.run(self.commands, *given)
        except UserError as error:
            self.notice.say(error.say())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the Tab focus in reading order, and scroll to it; Qt scrolls only inside one scroll area.

        Qt also asks for it where what has the focus is hidden or disabled.
        """
        if self._focus_keeper.replace_lost():
            return True
        moved = tab_order.go_on(self, forward=forward) or super().focusNextPrevChild(forward)
        bring_into_view(QApplication.focusWidget())
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save. What cannot be written keeps the window open until it is written or copied; what is no value, once."""
        stays = not self.record.save_now() and (self.record.saving.has_unsaved or not self._told_at_closing)
        self._told_at_closing |= stays
        if stays or not self.work.may_close() or not self.record.copies.ask():
            event.ignore()
            return
        self.desk.workspace.copies_out.forget()
        for listener in self.findChildren(ChangeListener):
            listener.close()
        self._stop_counting()
        self.tray.stop()
        for timer in running(self):  # the workspace may be closed before Qt has taken the window down
            timer.stop()
        if self.section == HOME or self.arrangement.of("window", "at_home"):
            self.arrangement.keep("window", "at_home", self.section == HOME)
        self.arrangement.note(self)
        self.arrangement.save()
        self.trail.keep()
        super().closeEvent(event)
