"""An input of chips: type a name, pinyin or initials, Enter adds the best match.

``TokenField`` knows nothing of records: it is told what fits and says what was chosen, so any part of the window can use it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QLayout,
    QToolButton,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.fields.chip import TARGET, Token, TokenLine
from ucapdesk.ui.fields.completion_popup import CompletionPopup
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import tool
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.layout_builder import discard, grow, row, top
from ucapdesk.ui.toolkit.menu_choice import add_choice
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.steady_focus import above

_PARTS = (",", "，", "、", ";", "；")
"""Separators between words of a free list."""


class TokenField(QFrame):
    """A row of chips with a line to add more.

    Signals:
        chosen(str): add what has this key.
        made(str): create something of this name and add it.
        removed(str): remove what has this key.
        opened(str): show what has this key.
        browsed(): the user wants to see the whole list.
        left(): the field was left.
    """

    chosen = Signal(str)
    made = Signal(str)
    removed = Signal(str)
    opened = Signal(str)
    browsed = Signal()
    left = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        offers: Callable[[str], Sequence[NamedRecord]],
        *,
        new: Callable[[str], str] = lambda _: "",
        several: bool = True,
        free: bool = False,
        listed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Args:
        name: The object name; its parts are named below it.
        label: What is named here.
        offers: What fits the words typed so far.
        new: How making it new is offered; empty where it cannot be.
        several: More than one chip may stand here; one alone keeps to one row.
        free: Any word may stand here, as it is.
        listed: There are few enough that all can be offered before anything is typed.
        parent: Of the widget.
        """
        super().__init__(parent)
        self.label, self._offers, self._new, self._free, self._listed = label, offers, new, free, listed
        self._list: CompletionPopup | None = None
        self._compact = False
        self.tokens: list[Token] = []
        named(self, name, role="field")
        self.setMinimumHeight(theme.px(theme.FIELD))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._make_line()
        self.browse = self._browse_button()
        self._flow: QLayout = FlowLayout(gap=4) if several else row(gap=4)
        self._row = row(grow(self._flow), top(self.browse), on=self, gap=2, margins=(5, 0, 1, 0))
        self._flow.addWidget(self.line)
        self.show_tokens(())

    def _make_line(self) -> None:
        self.line = TokenLine(self, self._pressed)
        self.line.setObjectName(f"{self.objectName()}.line")
        self.line.edited.connect(self._find)
        self.line.left.connect(self.left)
        self.line.installEventFilter(self)

    def _browse_button(self) -> QToolButton:
        """Return the button that opens the whole list; the keyboard uses Down."""
        name, said, by_mouse = f"{self.objectName()}.choose", tr("form", "Choose…"), Qt.FocusPolicy.NoFocus
        made = tool(name, "chevron_down", said, self._browse, self, colour="text2", focus=by_mouse)
        made.setFixedSize(theme.px(TARGET), theme.px(TARGET))
        made.setCursor(Qt.CursorShape.ArrowCursor)
        made.setAccessibleName(f"{self.label}: {said}")
        return made

    # -- what is in it ----------------------------------------------------------------------------

    def show_tokens(self, named: Sequence[NamedRecord]) -> None:
        """Show these chips; text being typed stays."""
        had = next((at for at, token in enumerate(self.tokens) if token.chip.hasFocus()), None)
        if [token.chip.what for token in self.tokens] != list(named):
            for token in self.tokens:
                self._flow.removeWidget(token)
                discard(token)
            self._flow.removeWidget(self.line)
            self.tokens = [self._token(each) for each in named]
            self._flow.addWidget(self.line)
        self.line.alone = not self.tokens
        if self._compact:
            self.browse.setHidden(self.line.isReadOnly() or bool(self.tokens))
        hint = tr("form", "Words, separated by commas") if self._free else tr("form", "Name, pinyin or initials")
        bare = self.tokens or self._compact or self.line.isReadOnly()
        self.line.setPlaceholderText("" if bare else hint)
        self.line.setAccessibleName(": ".join(filter(None, (self.label, ", ".join(each.name for each in named)))))
        self.line.updateGeometry()
        if had is not None:
            self._go_to(min(had, len(self.tokens) - 1))

    def _token(self, what: NamedRecord) -> Token:
        token = Token(what, self.objectName(), self, partial(self._on_chip, what.key))
        token.remove.clicked.connect(lambda: self._remove(what.key))
        token.chip.clicked.connect(lambda: self.opened.emit(what.key))
        token.remove.setHidden(self._compact or self.line.isReadOnly())
        if self.line.isReadOnly():
            token.chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._flow.addWidget(token)
        token.show()
        return token

    def _remove(self, key: str) -> None:
        """Remove a chip with the mouse; the keys go to the line, not away with the chip."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(key)

    def make_compact(self) -> None:
        """Show names only, for a table row, before there are any; keys and the menu of the line replace the buttons beside them."""
        self._compact = True
        self.line.add_to_menu = lambda menu: add_choice(menu, tr("form", "Choose…"), self._browse)
        self.line.setPlaceholderText("")

    def set_read_only(self) -> None:
        """Make the field read-only; chips can still be opened."""
        self.line.setReadOnly(True)
        self.line.hide()
        self.browse.hide()
        if isinstance(self._flow, QBoxLayout):
            self._row.setAlignment(self._flow, Qt.AlignmentFlag.AlignLeft)  # Qt puts what has room left in the middle
        theme.role(self, "shown")

    # -- finding ----------------------------------------------------------------------------------

    def _find(self) -> None:
        """Look up matches for committed text only: while an input method composes, the list does not change."""
        self.line.updateGeometry()
        if self.line.composing:
            return
        said = self.line.text().strip()
        if self._free and said[-1:] in _PARTS:
            self._take_word(said)
            return
        found = list(self._offers(said)) if said else []
        if self._free and said:  # the word itself comes first, in the spelling used before where there is one
            found.sort(key=lambda each: each.key.casefold() != said.casefold())
            if not found or found[0].key.casefold() != said.casefold():
                found.insert(0, NamedRecord(said, said))
        self.show_offers(found, self._new(said) if said else "")

    def show_offers(self, found: Sequence[NamedRecord], new: str = "") -> None:
        """Show the matches that can be chosen."""
        if self._list is None:
            if not found and not new:
                return
            self._list = CompletionPopup(self.line, self.objectName())
            self._list.itemClicked.connect(lambda _: self._take())
            if area := next((each for each in above(self) if isinstance(each, QAbstractScrollArea)), None):
                area.verticalScrollBar().valueChanged.connect(self._scrolled_away)  # which ends with the field
        self._list.show_offers(found, new)
        self.line.takes_escape = not self._list.isHidden()
        announce(self.line, self._list.spoken())

    def _scrolled_away(self) -> None:
        self.show_offers(())

    @property
    def _shown(self) -> bool:
        return self._list is not None and not self._list.isHidden()

    def _take(self, *, new: bool = True) -> bool:
        """Add the row selected in the list, unless that is the ``new`` one; return False where none is."""
        there, key = self._list.chosen() if self._list else (False, None)
        if not there or (key is None and not new):
            return False
        said = self._done()
        if key is None:
            self.made.emit(said)
        else:
            self.chosen.emit(key)
        return True

    def _take_word(self, said: str) -> None:
        word = said.strip().strip("".join(_PARTS)).strip()
        self._done()
        if word:
            self.chosen.emit(word)

    def _done(self) -> str:
        said = self.line.text().strip()
        self.line.setText("")  # unlike clear, this is nothing that Undo brings back: it takes back the chip
        self.show_offers(())
        return said

    def take_rest(self) -> None:
        """Add a free word that was typed but not ended when the field is left."""
        if self._free and self.line.text().strip():
            self._take_word(self.line.text())

    def _browse(self) -> None:
        self.line.setFocus()
        if self._listed:
            self.show_offers(() if self._shown else self._offers(""))
        else:
            self.browsed.emit()

    # -- keys -------------------------------------------------------------------------------------

    def _pressed(self, event: QKeyEvent) -> bool:
        """Handle a key in the line; return True where it was for the chips or the list."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        key, text = event.key(), self.line.text().strip()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._take()
        if key == Qt.Key.Key_Tab and text and not self._free:
            self._take(new=False)  # and on to the next field
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self._stepped(1 if key == Qt.Key.Key_Down else -1)
        if key == Qt.Key.Key_Escape and self._shown:
            self.show_offers(())
            return True
        if key == Qt.Key.Key_Backspace and not self.line.text() and self.tokens:
            self.removed.emit(self.tokens[-1].key)
            return True
        if key == Qt.Key.Key_Left and self.tokens and not (self.line.cursorPosition() or self.line.hasSelectedText()):
            self._go_to(len(self.tokens) - 1)
            return True
        return False

    def _stepped(self, by: int) -> bool:
        if self._shown and self._list:
            self._list.step(by)
            announce(self.line, self._list.spoken())
        elif by > 0 and not self.line.text():
            self._browse()
        else:
            return False
        return True

    def _on_chip(self, name: str, event: QKeyEvent) -> bool:
        """Handle a key on a chip."""
        at, key = [token.key for token in self.tokens].index(name), event.key()
        if key == Qt.Key.Key_Left:
            self._go_to(max(0, at - 1))
        elif key == Qt.Key.Key_Right:
            self._go_to(at + 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.line.isReadOnly():
            self.removed.emit(name)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(name)
        else:
            return False
        return True

    def _go_to(self, at: int) -> None:
        """Move the keyboard focus to a chip, or to the line behind the last one."""
        (self.tokens[at].chip if 0 <= at < len(self.tokens) else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            theme.mark(self, "focused", event.gotFocus() and watched is self.line)
            if event.lostFocus() and watched is self.line and event.reason() != Qt.FocusReason.PopupFocusReason:
                self.show_offers(())
        if self._shown and self._list and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._list.place()  # the line went to another row
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
