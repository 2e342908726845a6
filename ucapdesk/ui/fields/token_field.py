"""An input of chips: type a name, pinyin or initials, Enter adds the best match.

``TokenField`` knows nothing of records: it is told what fits and says what was chosen, so any part of the window can use it. The completion list never takes the keyboard focus, so text being composed is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QLayout,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.keyboard_focus import ancestors
from ucapdesk.ui.toolkit.layouts import FlowLayout, discard, grow, row, top
from ucapdesk.ui.toolkit.row_delegate import Index, RowDelegate, draw_pair, draw_wrapped
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import add_choice, announce, named, set_tool_tip, tool

# Preferred widths of the line: all there is, or no more than its text where chips stand before it.
ALONE, BESIDE_CHIPS = 10_000, 24
MAX_CHIP_PX, TARGET, SECOND_LINE_PX, CHIP_EDGES = 640, 24, 20, 14


class Chip(QPushButton):
    """The name of one thing, followed by its other language in a quieter colour, or with it below where there is no room."""

    def __init__(self, what: NamedRecord, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        """``key``: the field around it, to which keys are first offered."""
        super().__init__(parent)
        self.what, self._key = what, key
        # The widths of both halves on one line and of each alone, in the font of now; layouts ask for them very
        # often.
        self._widths: list[int] = []
        self.setProperty("role", "row")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # a long name gives way
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(" ".join(filter(None, (what.name, what.other))))
        set_tool_tip(self, self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(min(self._measured()[0], theme.px(MAX_CHIP_PX)), theme.px(TARGET))

    @property
    def _halves(self) -> list[str]:
        return [half for half in (self.what.name, self.what.other) if half]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._widths = []

    def _measured(self) -> list[int]:
        if not self._widths:
            advance = self.fontMetrics().horizontalAdvance
            self._widths = [advance(text) + CHIP_EDGES for text in ("  ".join(self._halves), *self._halves)]
        return self._widths

    def _lines(self, width: int) -> list[int]:
        """Return on how many lines each half stands where both do not fit on one."""
        whole, *halves = self._measured()
        return [] if width >= whole else [1 if half <= width else 2 for half in halves]

    def heightForWidth(self, width: int) -> int:
        width = min(width, theme.px(MAX_CHIP_PX))  # it is no wider, however much room there is
        return theme.px(TARGET) + max(0, sum(self._lines(width)) - 1) * theme.px(SECOND_LINE_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(12), theme.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setFont(self.font())
        room, lines = self.rect().adjusted(7, 0, -5, 0), self._lines(self.width())
        if not lines:
            draw_pair(painter, room, self.what.name, self.what.other)
        for half, high, quiet in zip(self._halves, lines, (False, True), strict=False):
            room.setHeight(self.height() * high // sum(lines))
            draw_wrapped(painter, room, half, high, quiet=quiet)
            room.translate(0, room.height())
        painter.end()


class Token(QFrame):
    def __init__(self, what: NamedRecord, name: str, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self.setProperty("role", "token")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # no wider than its name
        self.key = what.key
        self.chip = named(Chip(what, self, key), f"{name}.token.{what.key}")
        said, by_mouse = tr("form", "Remove {name}", name=what.name), Qt.FocusPolicy.NoFocus
        self.remove = tool(
            f"{name}.remove.{what.key}", "dismiss", said, parent=self, size=12, colour="text2", focus=by_mouse
        )
        self.remove.setProperty("role", "inside")
        self.remove.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.remove.setFixedSize(theme.px(TARGET), theme.px(TARGET))
        row(grow(self.chip), self.remove, on=self, gap=0, margins=(1, 0))


class EntryLine(LineEdit):
    takes_escape = True  # whether the field does something at Escape

    def __init__(self, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self._key = key

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not self.composing:
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True  # here, because Tab never comes as far as keyPressEvent
            escape = event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape
            if escape and self.takes_escape:
                event.accept()
                return True
        return super().event(event)


class TokenLine(EntryLine):
    """The line for typing names; Escape is the field's while its list is shown."""

    takes_escape = False

    def __init__(self, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent, key)
        self.setProperty("role", "inside")
        self.alone = True  # whether no chip stands before it

    def sizeHint(self) -> QSize:
        needed = self.fontMetrics().horizontalAdvance(self.text() + self.preedit) + theme.px(16)
        return QSize(ALONE if self.alone else max(needed, theme.px(BESIDE_CHIPS)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(BESIDE_CHIPS), super().minimumSizeHint().height())


KEY_ROLE = Qt.ItemDataRole.UserRole
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1  # the item role of the text after the name, drawn in a quieter colour
MIN_POPUP_PX, ROWS = 280, 9
LIST_EDGES, SIDES = 4, 16  # pixels of border and padding above and below, and at each side, as the style sheet has them


class _Pairs(RowDelegate):
    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        draw_pair(painter, option.rect.adjusted(8, 0, -8, 0), str(index.data()), str(index.data(NOTE_ROLE) or ""))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.tall(30))


class CompletionPopup(QListWidget):
    """The completion list of one line. It floats over the window and closes when the line is left."""

    def __init__(self, line: QWidget, name: str) -> None:
        super().__init__(line.window())
        self._line = line
        named(self, f"{name}.offers", tr("form", "Matches"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_Pairs(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def show_offers(self, found: Sequence[NamedRecord], new: str) -> None:
        """Show the matches and the offer to create a new record; hide the list where there is neither."""
        self.clear()
        for offer in found:
            self._add(offer.name, dotted(offer.other, offer.detail), offer.key)
        if new:
            self._add(new, "", None)
        self.setCurrentRow(0)
        self.setVisible(self.count() > 0)
        if self.count():
            self.place()

    def _add(self, name: str, beside: str, key: str | None) -> None:
        data = {NOTE_ROLE: " ".join(beside.split()), KEY_ROLE: key}
        self.addItem(list_item(" ".join(name.split()), data, said=", ".join(filter(None, (name, beside)))))

    def chosen(self) -> tuple[bool, str | None]:
        """Return whether a row is selected, and its key; the key is None for the offer to create a record."""
        item = self.currentItem() if not self.isHidden() else None
        return item is not None, item.data(KEY_ROLE) if item is not None else None

    def spoken(self) -> str:
        """Return the selected row and its position for a screen reader; empty while nothing is offered."""
        item = self.currentItem() if not self.isHidden() else None
        if item is None:
            return ""
        said = item.data(Qt.ItemDataRole.AccessibleTextRole)
        return tr("form", "{offer}, {at} of {n}", offer=said, at=self.currentRow() + 1, n=self.count())

    def step(self, by: int) -> None:
        self.setCurrentRow((self.currentRow() + by) % max(1, self.count()))

    def _high(self, room: int) -> int:
        """Return the height of as many whole rows as there are and as have room."""
        row = theme.tall(30)
        return max(1, min(self.count(), ROWS, (room - LIST_EDGES) // row)) * row + LIST_EDGES

    def _wanted(self) -> int:
        items = [self.item(row) for row in range(self.count())]
        words = ["  ".join(filter(None, (item.text(), item.data(NOTE_ROLE)))) for item in items]
        return max(map(self.fontMetrics().horizontalAdvance, words), default=0) + theme.px(2 * SIDES)

    def place(self) -> None:
        over = self._line.window()
        below = self._line.mapTo(over, QPoint(0, self._line.height() + 4))
        above = self._line.mapTo(over, QPoint(0, -4)).y()
        width = min(max(self._line.width(), theme.px(MIN_POPUP_PX), self._wanted()), over.width() - 8)
        left = max(4, min(below.x(), over.width() - width - 4))
        room = over.height() - below.y() - 4
        if room >= min(self._high(ROWS * theme.tall(30)), above):
            self.setGeometry(left, below.y(), width, self._high(room))
        else:
            height = self._high(above - 4)
            self.setGeometry(left, above - height, width, height)
        self.raise_()


_PARTS = (",", "，", "、", ";", "；")  # separators between words of a free list


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
        if self._list is None:
            if not found and not new:
                return
            self._list = CompletionPopup(self.line, self.objectName())
            self._list.itemClicked.connect(lambda _: self._take())
            if area := next((each for each in ancestors(self) if isinstance(each, QAbstractScrollArea)), None):
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
