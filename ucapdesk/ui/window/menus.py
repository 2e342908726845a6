"""The menu bar, made from the declared commands: which are available, which choice is in force, recent records."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ucapdesk.base import settings
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.records import search
from ucapdesk.ui.toolkit.menu_choice import add_choice, filled
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.command_table import CHOICES, COMMANDS, MENUS, TEXT_KEYS, Command, menu_commands
from ucapdesk.ui.window.navigation.navigator import NavigableWindow


class Menus:
    """The menus of one window; laid out anew in another language."""

    def __init__(self, window: NavigableWindow, can: Callable[[Command], bool]) -> None:
        """``can``: whether a command is available now."""
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
        self.take_keys()
        menus["go"].addSeparator()
        self.recent = filled(menus["go"].addMenu(tr("action", "Recent")), self._fill_recent)
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

    def take_keys(self) -> None:
        """Give every command its keys in force."""
        for name, chosen in shortcuts.in_force().items():
            self.actions[name].setShortcuts([QKeySequence(key) for key in chosen])
        shortcuts.tell(self._window)
        self._window.search.tell_key()

    def _fill_recent(self, menu: QMenu) -> None:
        window = self._window
        for hit in search.these(window.desk, window.trail.recent()):
            title = " ".join((hit.title or KINDS[hit.kind].label()).split())
            add_choice(menu, title, partial(window.open_found, hit.id))
        if menu.isEmpty():
            menu.addAction(tr("list", "Nothing here yet.")).setEnabled(False)

    def enable(self) -> None:
        """Enable only the commands that are available now."""
        held: dict[Callable[[Any], bool], bool] = {}
        for command in menu_commands():
            if command.enabled not in held:  # several share a condition
                held[command.enabled] = self._can(command)
            self.actions[command.name].setEnabled(held[command.enabled])
