"""The window: sections, a list, a record; a search over everything. It only puts its parts together; the services do.

The signals between all parts are connected in one place, with the keys that have a meaning in certain lists only. Another
language or look lays the window out anew; focus, caret, unsaved text, scroll positions and filters are kept, so that
whoever is at it notices no more of that than the words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, QThread, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget
from shiboken6 import delete, isValid

from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import Desk, meetings
from ucapdesk.services.records import draft_texts, lists
from ucapdesk.ui.exchange.exchange import Exchange
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.lists.list_pane import ListPane, TrashPane
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.record.record_page import FileDrop, files_in
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.record.saving import LineDraft
from ucapdesk.ui.toolkit import fonts, keyboard_focus, theme
from ucapdesk.ui.toolkit.keyboard_focus import FocusKeeper, WidgetPath, bring_into_view
from ucapdesk.ui.toolkit.layouts import Stack, column
from ucapdesk.ui.toolkit.signals import ChangeListener, application, running, single_shot
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit, text_boxes
from ucapdesk.ui.toolkit.theme import apply_theme, on_system_style_change
from ucapdesk.ui.toolkit.widgets import press_by_enter
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.background_jobs import BackgroundQuery, JobRunner
from ucapdesk.ui.window.bars import Bars, Menus, Tray
from ucapdesk.ui.window.command_table import COMMANDS
from ucapdesk.ui.window.commands import CommandContext
from ucapdesk.ui.window.list_stack import ListStack
from ucapdesk.ui.window.main_window import NavigableWindow
from ucapdesk.ui.window.notifications import StatusBar, Toast
from ucapdesk.ui.window.sections import EXCHANGE, FOLDS_UNDER, HOME, PAGES, WEEK, SectionList
from ucapdesk.ui.window.window_layout import PaneSplitter, WindowLayout

if TYPE_CHECKING:
    from ucapdesk.ui.exchange.exchange_page import ExchangePage
    from ucapdesk.ui.home_page import HomePage
    from ucapdesk.ui.screens.week_page import WeekPage


SETTLES_IN = 1500  # Milliseconds in which a page may still grow as its rows arrive


def _roots(window: NavigableWindow) -> tuple[QWidget, QWidget]:
    """Return the rebuilt parts of a window, not the old ones that Qt removes later: central widget and status bar."""
    middle = window.centralWidget()
    return middle if middle is not None else window, window.status


class WindowState:
    """The state taken before the window is rebuilt and restored afterwards."""

    def __init__(self, window: NavigableWindow) -> None:
        focus, record = QApplication.focusWidget(), window.record
        self._focus = WidgetPath.of(_roots(window), focus) if focus is not None else None
        self._caret = _caret(focus)
        self._shown, self._begun, self._searched = record.id, record.begun, window.search.text()
        self._point = record.special.chosen_point if record.special is not None else ""
        self._whole_width = window.focused
        self._day = window.week.day if window.week is not None else None
        self._lists = window.shelf.views()
        on_screen = window.section == window.shelf.kind
        self._rows = {window.section: window.list.table.ids()} if on_screen else {}
        # The language in which the rows on the screen stand in this order; empty for any.
        self._language = "" if on_screen and window.list.table.ordered_alike else language()
        self._opened = window.sections.opened
        refused = [(WidgetPath.of(_roots(window), editor), _texts(editor)) for editor in record.saving.refused]
        self._typed = [(spot, texts) for spot, texts in refused if spot is not None]
        areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible()]
        self._scrolled = [
            (spot, bar.value() / bar.maximum())
            for area in areas
            if (bar := area.verticalScrollBar()).value() and (spot := WidgetPath.of(_roots(window), area))
        ]

    def give_lists(self, window: NavigableWindow) -> None:
        """Restore the filters of the lists before they are shown."""
        window.sections.unfold(self._opened)
        window.shelf.expect(self._lists, self._rows if self._language in {"", language()} else {})

    def give_back(self, window: NavigableWindow) -> None:
        if self._begun is not None:
            kind, given = self._begun
            window.record.show_new(kind, given=given)
        elif self._shown:
            window.show_record(self._shown)
        if self._day is not None and window.week is not None:
            window.week.day = self._day
            window.week.refresh()
        if self._whole_width:
            window.show_focused(True)
        if self._point and window.record.special is not None:
            window.record.special.resume(self._point, "title")
        for spot, texts in self._typed:
            editor = spot.find(_roots(window))
            if isinstance(editor, Editor):
                boxes = text_boxes(editor)
                window.record.saving.put_back(editor, [texts.get(box.objectName(), box.said()) for box in boxes])
                editor.commit()  # tries again, and shows errors in the present language
        window.search.setText(self._searched)
        window.search.hits.hide()
        focus = self._focus.find(_roots(window)) if self._focus else None
        if focus is not None:
            focus.setFocus()
            _put_caret(focus, self._caret)
        for spot, part in self._scrolled:
            area = spot.find(_roots(window))
            if isinstance(area, QAbstractScrollArea):
                _Scrolling(area.verticalScrollBar(), part)


class _Scrolling(QObject):
    """Scrolls a bar back to its position as soon as its content is high enough again."""

    def __init__(self, bar: QScrollBar, part: float) -> None:
        super().__init__(bar)
        self._bar, self._part = bar, part
        bar.rangeChanged.connect(self._go)
        bar.sliderPressed.connect(self.deleteLater)
        single_shot(self, SETTLES_IN, self.deleteLater).start()
        self._go()

    def _go(self) -> None:
        if isValid(self._bar):
            self._bar.setValue(round(self._part * self._bar.maximum()))


def _texts(editor: Editor) -> dict[str, str]:
    """Return the texts in an editor by the names of their boxes: which language comes first may be another now."""
    return {box.objectName(): box.said() for box in text_boxes(editor)}


def _caret(box: QWidget | None) -> tuple[int, int]:
    if isinstance(box, LineEdit):
        at, start = box.cursorPosition(), box.selectionStart()
        return at, at if start < 0 else start + box.selectionEnd() - at
    if isinstance(box, TextEdit):
        return box.textCursor().position(), box.textCursor().anchor()
    return 0, 0


def _put_caret(box: QWidget, caret: tuple[int, int]) -> None:
    if not isinstance(box, LineEdit | TextEdit):
        return
    at, anchor = (min(place, len(box.said())) for place in caret)
    if isinstance(box, LineEdit):
        box.setSelection(anchor, at - anchor)
    else:
        cursor = box.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(at, cursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)


def connect_parts(window: NavigableWindow) -> None:
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
    record.done.connect(window.offer_undo)
    record.shown.connect(window.note_place)
    record.asked.connect(lambda name, given: window.do(name, *given))


def connect_home(window: NavigableWindow, home: HomePage) -> None:
    home.opened.connect(window.show_record)
    home.chosen.connect(window.enter_section)
    home.narrowed.connect(window.show_view)


def _connect_list(window: NavigableWindow, pane: ListPane) -> None:
    pane.chosen.connect(window.record.show_record)
    pane.opened.connect(window.open_again)
    pane.entered.connect(window.enter_record)
    pane.view.takers.append(partial(_take_key, window, pane))
    shortcuts.show_key_in_tool_tip(pane)


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


FIRST_LIST = "ucap"


DEBOUNCE_MS = 250


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
        return self._soon.isActive() or self._behind.busy

    def stop(self) -> None:
        self._soon.stop()
        self._behind.stop()

    def count_soon(self) -> None:
        self._soon.start()

    def count(self) -> None:
        from ucapdesk.services import home
        from ucapdesk.services.files.paper_questions import to_decide

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
        self.arrangement = WindowLayout()
        self.arrangement.place(self)
        self.tray = Tray(self)
        self._focus_keeper = FocusKeeper(self)
        self._told_at_closing = False
        drop = FileDrop(self)  # of what nothing in the window takes itself
        drop.take, drop.take_rows = self._take_files, self._take_rows
        drop.watch(self)
        ChangeListener(desk, lambda _: fonts.load_fonts_for(desk.read.rare_characters()), self)
        self._follows = single_shot(self, DEBOUNCE_MS, self._follow_system)
        on_system_style_change(self._follow_system)
        fonts.load_fonts_for(desk.read.rare_characters())
        self._build()
        self._recover()

    # -- laying out -------------------------------------------------------------------------------

    def _build(self, kept: WindowState | None = None) -> None:
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
        self.enable, self.apply_shortcuts = self.menus.enable, self.menus.apply_shortcuts
        ChangeListener(self.desk, lambda _: self.note_written(), middle)
        connect_parts(self)
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
        self.sections.set_views([each.name for each in lists.saved_views(self.desk)])

    def page_of(self, place: str) -> HomePage | ExchangePage | WeekPage | None:
        return {HOME: self.home, EXCHANGE: self.exchange.page, WEEK: self.week}.get(place)

    def show_page(self, place: str) -> None:
        self.record.show_record(None)
        (self.page_of(place) or self._make_page(place)).refresh()

    def _make_page(self, place: str) -> HomePage | ExchangePage | WeekPage:
        page: HomePage | ExchangePage | WeekPage
        if place == EXCHANGE:
            page = self.exchange.make_page(self._stage)
        elif place == HOME:
            from ucapdesk.ui.home_page import HomePage

            page = self.home = HomePage(self.desk, self.others, self.do, self._stage)
            connect_home(self, page)
        else:
            from ucapdesk.ui.screens.week_page import WeekPage

            page = self.week = WeekPage(self.desk, self._stage)
            page.opened.connect(self.show_in_place)
            page.moved.connect(lambda *moved: self.do("week.move", *moved))
        self._stage.pages.addWidget(page)
        return page

    def arrange(self) -> None:
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
        self.record.save_now()
        for line in self.record.findChildren(LineDraft):
            line.keep()
        self._stop_counting()
        kept = WindowState(self)
        self.setFocus()
        for heavy in (self.record, self.shelf):  # Qt would style each of their many widgets once more
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
            self.record.resume(kept[-1])
        if kept and not refused:
            self.say(tr("window", "What was being typed when the program ended was saved."))
        if refused:
            self.notice.say("\n".join(refused))

    # -- saying and doing -------------------------------------------------------------------------

    def do(self, name: str, *given: object) -> None:
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
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the Tab focus in reading order, and scroll to it; Qt scrolls only inside one scroll area.

        Qt also asks for it where what has the focus is hidden or disabled.
        """
        if self._focus_keeper.replace_lost():
            return True
        moved = keyboard_focus.focus_next(self, forward=forward) or super().focusNextPrevChild(forward)
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
