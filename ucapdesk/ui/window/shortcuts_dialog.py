"""The dialog of all keys, made from the commands that have them; keys are changed here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.layout_builder import flow, grow, panel
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.command_table import COMMANDS, PLACE_KEYS, menu_commands, menu_name


class KeyEdit(QKeySequenceEdit):
    """Accepts one key. Tab and Escape keep their meaning, so that nobody is trapped in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        leaving = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
        self.setFinishingKeyCombinations([QKeySequence(key)[0] for key in leaving])  # type: ignore[index]

    def set_name(self, name: str) -> None:
        """Set the name for screen readers, also of the line inside, which has the focus."""
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
        """``changed``: called when other keys are in force."""
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
        fit(self, 760, 600)
        self.table.selectRow(0)
        self.table.setFocus()

    def _fill(self) -> None:
        """List the commands in the order of the menus, then the fixed keys of single places."""
        chosen, held = max(self.table.currentRow(), 0), shortcuts.in_force()
        rows = [(_said(held[a.name]), a.title.say(), menu_name(a.menu)) for a in menu_commands()]
        rows += [(shortcuts.shown(each.key), each.label.say(), each.where.say()) for each in PLACE_KEYS]
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
        """The key that was pressed."""
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
        """Show what a key does now, or why it cannot be assigned, before it is."""
        name, key = self._name, self._key
        why = shortcuts.why_not(key) if key else None
        other = shortcuts.owner_of(key, but=name) if key and name and not why else None
        self.use.setEnabled(bool(name and key and not why))
        self.use.setText(tr("keys", "Use it here instead") if other else tr("keys", "Use this key"))
        text = why.say() if why else ""
        if other:
            text = tr("keys", "{key} now runs “{command}”.", key=shortcuts.shown(key), command=other.title.say())
        self._said.setText(text)
        self.edit.setAccessibleDescription(text)

    def _use(self) -> None:
        shortcuts.choose(self._name, (self._key,))
        self.table.setFocus()  # Qt would leave the keys at the button that takes the choice back
        self._renew()

    def _restore(self, name: str = "") -> None:
        shortcuts.restore(name)
        self._renew()

    def _renew(self) -> None:
        self._changed()
        self._fill()


def _said(held: tuple[str, ...]) -> str:
    """Return the keys of a command; some systems name two of them alike."""
    return " / ".join(dict.fromkeys(map(shortcuts.shown, held)))
