"""The menu bar, the bars above the panes with the search and notices, and the icon in the system tray.

Where there is no tray, or it was switched off in the settings, there is nothing: no icon and no timer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QVBoxLayout, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.records import search
from ucapdesk.services.workspaces import sample, workspace_service
from ucapdesk.services.workspaces.sample import is_sample
from ucapdesk.ui.record.record_page import BarAnswer
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import add, grow, panel, row
from ucapdesk.ui.toolkit.signals import repeating
from ucapdesk.ui.toolkit.widgets import add_choice, button, filled_on_open, icon, without_markup
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.background_jobs import BackgroundQuery
from ucapdesk.ui.window.command_table import CHOICES, COMMANDS, MENUS, TEXT_KEYS, Command, menu_commands
from ucapdesk.ui.window.commands import CommandContext
from ucapdesk.ui.window.commands.record_commands import suggested_commands
from ucapdesk.ui.window.main_window import NavigableWindow
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.search_box import SearchBox
from ucapdesk.ui.window.sections import HOME

if TYPE_CHECKING:
    from ucapdesk.services.home import DesktopNotice


class Menus:
    """The menus of one window; laid out anew in another language."""

    def __init__(self, window: NavigableWindow, can: Callable[[Command], bool]) -> None:
        self._window, self._can = window, can
        window.menuBar().clear()
        own = Qt.FindChildOption.FindDirectChildrenOnly
        for old in (*window.findChildren(QAction, options=own), *window.menuBar().findChildren(QMenu, options=own)):
            old.deleteLater()
        self.actions: dict[str, QAction] = {}
        menus = {name: window.menuBar().addMenu(menu.title.say()) for name, menu in MENUS.items()}
        for name, menu in MENUS.items():
            menus[name].triggered.connect(self._do)  # by whatever key or hand: one connection for all its actions
            for command in menu.commands.split():
                if command == "|":
                    menus[name].addSeparator()
                else:
                    menus[name].addAction(self._action(COMMANDS[f"{name}.{command}"]))
        self.apply_shortcuts()
        menus["go"].addSeparator()
        self.recent = filled_on_open(menus["go"].addMenu(tr("action", "Recent")), self._fill_recent)
        chosen = settings.load()
        for setting, by_value in CHOICES.items():
            for value, name in by_value.items():
                self.actions[name].setCheckable(True)
                self.actions[name].setChecked(value == getattr(chosen, setting))

    def _action(self, command: Command) -> QAction:
        key = QKeySequence(TEXT_KEYS.get(command.name, "")).toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction("\t".join(filter(None, (command.title.say(), key))), self._window)
        action.setObjectName(command.name)
        self.actions[command.name] = action
        return action

    def _do(self, action: QAction) -> None:
        if action.objectName() in self.actions:  # a recent record is opened by itself
            self._window.do(action.objectName())

    def apply_shortcuts(self) -> None:
        for name, chosen in shortcuts.keys_in_use().items():
            self.actions[name].setShortcuts([QKeySequence(key) for key in chosen])
        shortcuts.show_key_in_tool_tip(self._window)
        self._window.search.tell_key()

    def _fill_recent(self, menu: QMenu) -> None:
        window = self._window
        for hit in search.these(window.desk, window.trail.recent()):
            title = " ".join((hit.title or KINDS[hit.kind].label()).split())
            add_choice(menu, title, partial(window.open_found, hit.id))
        if menu.isEmpty():
            menu.addAction(tr("list", "Nothing here yet.")).setEnabled(False)

    def enable(self) -> None:
        held: dict[Callable[[Any], bool], bool] = {}
        for command in menu_commands():
            if command.enabled not in held:  # several share a condition
                held[command.enabled] = self._can(command)
            self.actions[command.name].setEnabled(held[command.enabled])


class Bars:
    """The bars of one window, added to its main column from the top."""

    def __init__(self, window: NavigableWindow, over: QWidget, column: QVBoxLayout, commands: CommandContext) -> None:
        self._window = window
        self.search = SearchBox(window.desk, over, window.others, commands.can, partial(suggested_commands, commands))
        do = partial(window.do, "file.print")
        self.print = button("record.print", tr("action", "Preview and print…"), do, "main")
        self.notice = Notice("notice", over)
        found, alike = window.exchange.make_banner(over), window.exchange.make_alike(over)
        desk = window.desk
        said = Notice("said", over, said="\n".join(message.say() for message in desk.said))  # of how it was opened
        clock, why = self._clock(over), desk.workspace.why_read_only
        read_only = Notice("read_only", over, said=why.say() if why else "", stays=True)
        head = panel(row(grow(self.search), self.print, gap=theme.GAP), over, margins=(theme.MARGIN, theme.GAP))
        add(column, read_only, self._sample(over), clock, said, head, found, alike, self.notice)

    def _clock(self, over: QWidget) -> Notice:
        desk = self._window.desk

        def confirm() -> None:
            workspace_service.confirm_clock(desk)
            bar.hide()

        right, wrong = (
            BarAnswer("right", tr("clock", "The clock is right"), confirm),
            workspace_service.clock_trouble(desk),
        )
        bar = Notice("clock", over, right, said=wrong.say() if wrong else "")
        return bar

    def _sample(self, over: QWidget) -> Notice:
        do = self._window.do
        own = BarAnswer("own", tr("window", "Create your own…"), partial(do, "file.new"))
        away = BarAnswer("throw_away", tr("window", "Remove sample…"), partial(do, "sample.throw_away"))
        said = tr("window", "This is the sample, for trying things out. It is never mixed with your own records.")
        here = sample.is_sample(self._window.desk)
        return Notice("sample", over, own, away, said=said if here else "", level="info", stays=True)


EVERY, NOTICE_MS = 600_000, 10_000  # Milliseconds between two checks, and for which a notification stays
NAMED = 3


class Tray(QObject):
    """The icon of one window, while there is one, and what was reported already."""

    def __init__(self, window: NavigableWindow) -> None:
        super().__init__(window)
        self._window, self._notified = window, set[str]()
        self._behind = BackgroundQuery(self)
        self._icon: QSystemTrayIcon | None = None
        self._timer: QTimer | None = None

    def follow(self) -> None:
        wanted = settings.load().tray_notices and QSystemTrayIcon.isSystemTrayAvailable()
        if not wanted or is_sample(self._window.desk):  # a sample needs no reminders
            self.stop()
        elif self._icon is None:
            self._icon = QSystemTrayIcon(icon("handshake", 32, "accent"), self)
            self._icon.setToolTip(without_markup(self._window.windowTitle()))
            self._icon.messageClicked.connect(self._show_home)
            self._icon.activated.connect(self._show_home)
            self._icon.show()
            self._timer = repeating(self, EVERY, self.look)
            self._timer.start()
            self.look()

    def look(self) -> None:
        from ucapdesk.services.home import notices

        desk, lang = self._window.desk, language()
        self._behind.ask(lambda: notices(desk, lang), self._tell, patience=0)

    def _tell(self, found: list[DesktopNotice]) -> None:
        fresh = [each for each in found if each.key not in self._notified]
        self._notified.update(each.key for each in fresh)
        if self._icon is None or not fresh:
            return
        lines = [each.sentence for each in fresh[:NAMED]]
        if more := len(fresh[NAMED:]):
            lines.append(ntr("notice", "and {n} more", "and {n} more", more))
        title, body = (without_markup(each) for each in (self._window.windowTitle(), "\n".join(lines)))
        self._icon.showMessage(title, body, self._icon.icon(), NOTICE_MS)

    def _show_home(self, *_: object) -> None:
        self._window.bring_to_front()
        self._window.enter_section(HOME)

    def stop(self) -> None:
        self._behind.stop()
        for each in (self._timer, self._icon):
            if each is not None:
                each.stop() if isinstance(each, QTimer) else each.hide()
                each.deleteLater()
        self._timer = self._icon = None
