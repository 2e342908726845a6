"""The key of each command: the declared one, unless the user chose others."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import Message
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.window.command_table import COMMANDS, PLACE_KEYS, Command, menu_commands

MAC = {
    "record.meeting": ("Ctrl+Shift+M",),
    "record.history": ("Ctrl+Y",),
    "edit.redo": ("Ctrl+Shift+Z",),
    "go.back": ("Ctrl+[",),
    "go.forward": ("Ctrl+]",),
}
"""Replacements where macOS uses a key of ours itself. Ctrl is its command key."""
TAKEN = frozenset({"Ctrl+Space", "Ctrl+.", "Ctrl+E", "Ctrl+U", "Ctrl+Shift+F", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A"})
"""Keys reserved by fields, systems and input methods."""

BUTTONS = {
    "record.print": "file.print",
    "list.new": "record.new",
    "list.empty.new": "record.new",
    "home.meeting": "record.meeting",
}
"""Buttons that run a command of the menus."""


def usual(command: Command) -> tuple[str, ...]:
    """Return the default keys of a command."""
    return MAC.get(command.name, command.shortcuts) if sys.platform == "darwin" else command.shortcuts


def in_force() -> dict[str, tuple[str, ...]]:
    """Return the keys in force of every command, by its name."""
    chosen = settings.load().keys
    return {each.name: _fitting(chosen.get(each.name), usual(each)) for each in menu_commands()}


def _fitting(chosen: object, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys in the settings if they are a list of valid keys, else ``otherwise``."""
    if not isinstance(chosen, list) or not all(isinstance(key, str) for key in chosen):
        return otherwise
    return tuple(key for key in chosen if QKeySequence(key).count() == 1)


def shown(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def shown_for(name: str) -> str:
    """Return the first key of a command as this system writes it; empty where it has none."""
    return next(map(shown, in_force()[name]), "")


def tell(root: QWidget) -> None:
    """Put the key into the tooltip of every button that runs the same command."""
    for button in root.findChildren(QPushButton):
        if name := BUTTONS.get(button.objectName()):
            title, key = COMMANDS[name].title.say(), shown_for(name)
            set_tool_tip(button, f"{title} ({key})" if key else title)


def owner_of(key: str, *, but: str = "") -> Command | None:
    """Return the command that has a key now, other than this one."""
    wanted = QKeySequence(key)
    taken = {name for name, held in in_force().items() if wanted in map(QKeySequence, held) and name != but}
    return next((each for each in menu_commands() if each.name in taken), None)


def why_not(key: str) -> Message | None:
    """Return why a key cannot be assigned: it types text, or something else needs it. None where it can."""
    pressed = QKeySequence(key)[0]  # type: ignore[index]  # Qt has it, its stubs have not
    code, held = pressed.key(), pressed.keyboardModifiers()
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    function = Qt.Key.Key_F1 <= code <= Qt.Key.Key_F35
    if not (function or held & ctrl or (held & alt and code in (Qt.Key.Key_Left, Qt.Key.Key_Right))):
        return Message("keys", "Use Ctrl with a letter or a digit, or a function key: other keys type text.")
    if held & ctrl and held & alt:
        return Message("keys", "Ctrl and Alt together type characters on many keyboards.")
    places = [each.key for each in PLACE_KEYS]
    if pressed in [QKeySequence(each)[0] for each in (*TAKEN, *places)]:  # type: ignore[index]
        return Message("keys", "Fields, lists or the system need this key.")
    return None


def choose(name: str, keys: tuple[str, ...]) -> None:
    """Assign these keys to a command and remove them from any other."""
    before = settings.load()
    chosen = {**before.keys, name: list(keys)}
    for other, held in in_force().items():
        left = [key for key in held if QKeySequence(key) not in map(QKeySequence, keys)]
        if other != name and len(left) < len(held):
            chosen[other] = left
    settings.save(before.with_(keys=chosen))


def restore(name: str = "") -> None:
    """Restore the default keys of one command or of all."""
    before = settings.load()
    settings.save(before.with_(keys={n: k for n, k in before.keys.items() if name and n != name}))
