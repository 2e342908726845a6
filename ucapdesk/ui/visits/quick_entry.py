"""The input line of a programme item; the parts recognised so far stand below it as chips.

Enter adds. Down goes into the chips, where Backspace drops one: its words go back to the title. Escape leaves the line,
with what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.text.parse.itinerary_pieces import LinePiece
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.fields.chip import EntryLine, Token
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.layout_builder import column, discard, flow, grow, row
from ucapdesk.ui.toolkit.menu_choice import add_choice, passing_menu
from ucapdesk.ui.toolkit.named import named

NEW = ("person", "place")
"""The types that are created where they are not on record."""


class QuickEntry(QWidget):
    """An input line, a button that adds, and the chips.

    Signals:
        added(str): Enter or the button was pressed: add the typed text.
        left(): Escape was pressed.
    """

    added = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, label: str, hint: str, read: Callable[[str, frozenset[tuple[str, str]]], Sequence[LinePiece]],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Args:
        name: The object name; its parts are named below it.
        label: What is added here.
        hint: The placeholder of the line.
        read: Reads a line, without the parts (type, words) that were rejected.
        parent: The parent of the widget.
        """
        super().__init__(parent)
        self._read = read
        self.rejected: set[tuple[str, str]] = set()
        self.decided: dict[str, str] = {}
        """The record chosen for words that may mean several, empty for a new one."""
        self.pieces: Sequence[LinePiece] = ()
        self.setObjectName(name)
        self.line = named(EntryLine(self, self._key), f"{name}.line", label)
        self.line.setPlaceholderText(hint)
        self.line.edited.connect(self._understand)
        self.setFocusProxy(self.line)
        self.add = button(f"{name}.add", tr("form", "Add"), self._add, said=label, parent=self)
        self._chips = QWidget(self)
        self._flow = flow(on=self._chips, gap=4)
        self.tokens: list[Token] = []
        column(row(grow(self.line), self.add, gap=theme.GAP), self._chips, on=self, gap=4, margins=0)
        self._chips.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was kept; only now there is what its words are read with."""
        super().showEvent(event)
        self._understand()

    def clear(self) -> None:
        """Clear the line for the next entry."""
        self.line.setText("")  # unlike clear, this is nothing that Undo brings back: it takes back what was added
        self.rejected.clear()
        self.decided.clear()
        self._show(())

    def _understand(self) -> None:
        """Read the line again, unless an input method is composing."""
        if self.line.composing:
            return
        typed = self.line.text()
        if not typed.strip():
            self.rejected.clear()
            self.decided.clear()
        self._show(self._read(typed, frozenset(self.rejected)) if typed.strip() else ())

    def _show(self, pieces: Sequence[LinePiece]) -> None:
        if list(pieces) == list(self.pieces):
            return
        old, self.pieces = list(self.pieces), list(pieces)
        keep = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, self.pieces, strict=False)))
        for token in self.tokens[keep:]:
            self._flow.removeWidget(token)
        discard(*self.tokens[keep:])
        self.tokens = self.tokens[:keep] + [self._token(at, self.pieces[at]) for at in range(keep, len(self.pieces))]
        self._chips.setVisible(bool(self.tokens))
        said = tr("log", ", ").join(piece.shown for piece in self.pieces)
        announce(self.line, said)  # and no description: it would be said as well, and the hint again when it is empty

    def _token(self, at: int, piece: LinePiece) -> Token:
        new = tr("visit", "new") if piece.what in NEW and not piece.key else ""
        new = tr("visit", "who?") if piece.choices else new
        what = NamedRecord(str(at), " ".join(piece.shown.split()), new)
        token = Token(what, self.objectName(), self._chips, partial(self._on_chip, at))
        if piece.what == "title":
            token.remove.hide()
        token.remove.clicked.connect(lambda: self._drop(at))
        token.chip.clicked.connect(lambda: self._ask(at) if piece.choices else self.line.setFocus())
        self._flow.addWidget(token)
        token.show()
        return token

    def _drop(self, at: int) -> None:
        """Drop a chip: its words go back to the title."""
        piece = self.pieces[at]
        if piece.what != "title":
            self.rejected.add((piece.what, piece.words.casefold()))
            self._understand()
        self.line.setFocus()

    def _ask(self, at: int, *, add: bool = False) -> None:
        """Ask who is meant, those on record first; ``add``: add the line then."""
        piece, menu = self.pieces[at], passing_menu(self, f"{self.objectName()}.who")
        for id_, label in (*piece.choices, ("", tr("visit", "New: “{name}”", name=piece.words))):
            add_choice(menu, cut(label), partial(self._decide, piece.words, id_, add=add))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.tokens[at].mapToGlobal(self.tokens[at].rect().bottomLeft()))

    def _decide(self, words: str, id_: str, *, add: bool) -> None:
        self.decided[words.casefold()] = id_
        self._understand()
        if add:
            self._add()
        self.line.setFocus()

    def _add(self) -> None:
        asked = next((at for at, piece in enumerate(self.pieces) if piece.choices), None)
        if asked is not None:
            self._ask(asked, add=True)
            return
        if self.line.text().strip():
            self.added.emit(self.line.text())
        self.line.setFocus()

    # -- keys -------------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key that the line does not use."""
        key = None if event.modifiers() else event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Down and self.tokens:
            self.tokens[0].chip.setFocus()
        else:
            return False
        return True

    def _on_chip(self, at: int, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = at + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= to < len(self.tokens):
                self.tokens[to].chip.setFocus()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._drop(at)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line.setFocus()
        else:
            return False
        return True
