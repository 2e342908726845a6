"""The key of each command: the declared one, unless the user chose others in the dialog of all keys."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QPushButton, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import Message, tr
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import flow, grow, panel
from ucapdesk.ui.toolkit.widgets import button, label, named, set_tool_tip
from ucapdesk.ui.window.command_table import COMMANDS, PLACE_KEYS, Command, menu_commands, menu_name

# Replacements where macOS uses a key of ours itself. Ctrl is its command key.
MAC = {
    "record.meeting": ("Ctrl+Shift+M",),
    "record.history": ("Ctrl+Y",),
    "edit.redo": ("Ctrl+Shift+Z",),
    "go.back": ("Ctrl+[",),
    "go.forward": ("Ctrl+]",),
}
# Keys reserved by fields, systems and input methods.
TAKEN = frozenset({"Ctrl+Space", "Ctrl+.", "Ctrl+E", "Ctrl+U", "Ctrl+Shift+F", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A"})

BUTTONS = {
    "record.print": "file.print",
    "list.new": "record.new",
    "list.empty.new": "record.new",
    "home.meeting": "record.meeting",
}


def default_key(command: Command) -> tuple[str, ...]:
    return MAC.get(command.name, command.shortcuts) if sys.platform == "darwin" else command.shortcuts


def keys_in_use() -> dict[str, tuple[str, ...]]:
    chosen = settings.load().keys
    return {each.name: _fitting(chosen.get(each.name), default_key(each)) for each in menu_commands()}


def _fitting(chosen: object, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(chosen, list) or not all(isinstance(key, str) for key in chosen):
        return otherwise
    return tuple(key for key in chosen if QKeySequence(key).count() == 1)


def key_text(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def key_text_for(name: str) -> str:
    """Return the first key of a command as this system writes it; empty where it has none."""
    return next(map(key_text, keys_in_use()[name]), "")


def show_key_in_tool_tip(root: QWidget) -> None:
    for each in root.findChildren(QPushButton):
        if name := BUTTONS.get(each.objectName()):
            title, key = COMMANDS[name].title.say(), key_text_for(name)
            set_tool_tip(each, f"{title} ({key})" if key else title)


def command_of_key(key: str, *, but: str = "") -> Command | None:
    wanted = QKeySequence(key)
    taken = {name for name, held in keys_in_use().items() if wanted in map(QKeySequence, held) and name != but}
    return next((each for each in menu_commands() if each.name in taken), None)


def reason_against_key(key: str) -> Message | None:
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


def set_key(name: str, keys: tuple[str, ...]) -> None:
    before = settings.load()
    chosen = {**before.keys, name: list(keys)}
    for other, held in keys_in_use().items():
        left = [key for key in held if QKeySequence(key) not in map(QKeySequence, keys)]
        if other != name and len(left) < len(held):
            chosen[other] = left
    settings.save(before.with_(keys=chosen))


def reset_key(name: str = "") -> None:
    before = settings.load()
    settings.save(before.with_(keys={n: k for n, k in before.keys.items() if name and n != name}))


class KeyEdit(QKeySequenceEdit):
    """Accepts one key. Tab and Escape keep their meaning, so that nobody is trapped in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        leaving = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
        self.setFinishingKeyCombinations([QKeySequence(key)[0] for key in leaving])  # type: ignore[index]

    def set_name(self, name: str) -> None:
        for each in (self, self.findChild(QLineEdit)):
            if each is not None:
                each.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return a size in which Qt's invitation to press a key is read whole, in any language."""
        hint, line = super().sizeHint(), self.findChild(QLineEdit)
        said = line.fontMetrics().horizontalAdvance(line.placeholderText()) if line else 0
        return hint.expandedTo(QSize(said + hint.height(), 0))


class ShortcutsDialog(Dialog):
    """Shows the key of each command, its menu, and the input of another key."""

    by_enter = False

    def __init__(self, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__("keys", tr("keys", "Keyboard"), parent)
        self._changed = changed
        heads = (tr("keys", "Keys"), tr("keys", "What they do"), tr("keys", "Where"))
        self.table = TextTable("keys.table", tr("keys", "Keyboard"), heads, self)
        self._label, self._said = label(), label("", "second", name="keys.said")
        self.edit = named(KeyEdit(self), "keys.edit")
        self.edit.keySequenceChanged.connect(self._typed)
        self.use = button("keys.use", tr("keys", "Use this key"), self._use)
        self.usual = button("keys.usual", tr("keys", "Restore default"), lambda: self._restore(self._name))
        bar = panel(flow(self.edit, self.use, self.usual), self)
        self.all = self.foot.beside("keys.restore", tr("keys", "Restore all"), self._restore)
        self.foot.out(tr("notice", "Close"), "keys.close", role="main")
        self.lay_out(grow(self.table), self._label, bar, self._said, gap=None)
        self.table.currentCellChanged.connect(self._choose_row)
        self._fill()
        fit_dialog(self, 760, 600)
        self.table.selectRow(0)
        self.table.setFocus()

    def _fill(self) -> None:
        chosen, held = max(self.table.currentRow(), 0), keys_in_use()
        rows = [(_said(held[a.name]), a.title.say(), menu_name(a.menu)) for a in menu_commands()]
        rows += [(key_text(each.key), each.label.say(), each.where.say()) for each in PLACE_KEYS]
        with QSignalBlocker(self.table):
            self.table.fill(rows, [*(each.name for each in menu_commands()), *[""] * len(PLACE_KEYS)])
            self.table.selectRow(chosen)
        self._choose_row(chosen)

    @property
    def _name(self) -> str:
        """The command of the current row, by its name; empty for a fixed key."""
        return str(self.table.data_of(self.table.currentRow()) or "")

    @property
    def _key(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _choose_row(self, row: int) -> None:
        name = self._name
        self._label.setText(tr("keys", "New key for “{command}”:", command=COMMANDS[name].title.say()) if name else "")
        self.edit.set_name(self._label.text() or tr("keys", "Keys"))
        for widget in (self.edit, self.usual):
            widget.setEnabled(bool(name))
        self.edit.clear()
        self._typed()
        if not name:
            self._said.setText(tr("keys", "This key is fixed and cannot be changed."))

    def _typed(self) -> None:
        name, key = self._name, self._key
        why = reason_against_key(key) if key else None
        other = command_of_key(key, but=name) if key and name and not why else None
        self.use.setEnabled(bool(name and key and not why))
        self.use.setText(tr("keys", "Use it here instead") if other else tr("keys", "Use this key"))
        text = why.say() if why else ""
        if other:
            text = tr("keys", "{key} now runs “{command}”.", key=key_text(key), command=other.title.say())
        self._said.setText(text)
        self.edit.setAccessibleDescription(text)

    def _use(self) -> None:
        set_key(self._name, (self._key,))
        self.table.setFocus()  # Qt would leave the keys at the button that takes the choice back
        self._renew()

    def _restore(self, name: str = "") -> None:
        reset_key(name)
        self._renew()

    def _renew(self) -> None:
        self._changed()
        self._fill()


def _said(held: tuple[str, ...]) -> str:
    """Return the keys of a command; some systems name two of them alike."""
    return " / ".join(dict.fromkeys(map(key_text, held)))
