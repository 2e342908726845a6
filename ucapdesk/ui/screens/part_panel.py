"""A panel of the parts of a record: their list, a line that adds more, and the form of the selected one.

In the line, the words recognised so far stand below as chips. Enter adds. Down goes into the chips, where Backspace drops one: its words go back to the title. Escape leaves the line, with what stands in it. The form is saved like that of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import takewhile

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.text.typed_lines import LinePiece
from ucapdesk.services.records import records
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.people_editor import PeopleField
from ucapdesk.ui.fields.token_field import EntryLine, Token
from ucapdesk.ui.lists.list_views import CTRL, ID_ROLE, NO_KEY, KeyedList, Keys
from ucapdesk.ui.record.form import RecordForm, focus_first
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import LineDraft, Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus
from ucapdesk.ui.toolkit.layouts import (
    STRETCH,
    column,
    discard,
    flow,
    grow,
    grow_with_contents,
    replace_page,
    row,
    scroll_down,
)
from ucapdesk.ui.toolkit.signals import application, single_shot
from ucapdesk.ui.toolkit.widgets import add_choice, announce, button, cut, label, named, temporary_menu

NEW = ("person", "place")  # the types that are created where they are not on record


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
        self.decided: dict[str, str] = {}  # the record chosen for words that may mean several, empty for a new one
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
        piece = self.pieces[at]
        if piece.what != "title":
            self.rejected.add((piece.what, piece.words.casefold()))
            self._understand()
        self.line.setFocus()

    def _ask(self, at: int, *, add: bool = False) -> None:
        """Ask who is meant, those on record first; ``add``: add the line then."""
        piece, menu = self.pieces[at], temporary_menu(self, f"{self.objectName()}.who")
        for id_, text in (*piece.choices, ("", tr("visit", "New: “{name}”", name=piece.words))):
            add_choice(menu, cut(text), partial(self._decide, piece.words, id_, add=add))
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


PEOPLE = "participation"
SOON = 120  # milliseconds before a selected part is shown, so that arrow keys can pass it
LATER = 800  # the same while the user adds one line after the other


class PartForm(QScrollArea):
    """Shows one part at a time; none where none is selected."""

    def __init__(self, view: RecordPage, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.form: RecordForm | None = None
        self.people: PeopleField | None = None
        self.part: Record | None = None
        self._wanted: str | None = None
        self._soon = single_shot(self, SOON, self.show_now)
        self.setObjectName(name)
        scroll_down(self)
        self._lay_out(None)

    @property
    def id(self) -> str:
        return self.part.id if self.part is not None else ""

    def expect(self, id_: str, *, later: bool = False) -> None:
        """Show a part once the selection rests; ``later``: after a longer pause, while the user types elsewhere."""
        self._wanted = id_
        self._soon.start(LATER if later else SOON)

    def wait(self) -> None:
        """Restart the pause: the user is still typing elsewhere."""
        if self._soon.isActive():
            self._soon.start(LATER)

    def show_now(self) -> None:
        self._soon.stop()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.id and self._view.can_leave():
            record = records.get(self._view.desk, wanted) if wanted else None
            self._lay_out(None if record is None or record.is_deleted else record)

    def refresh(self, part: Record | None) -> None:
        if part is None or part.id != self.id or self.form is None:
            self._lay_out(None)
            return
        self.part = part
        heads, owned = self._view.desk.heads(part.id), records.children(self._view.desk, part.id)
        self.form.fill(part, owned, heads, typed_in=self._view.saving.typed_in)
        if self.people:
            self.people.show_people([each for each in owned.get(PEOPLE, []) if isinstance(each, Participation)])

    def _lay_out(self, part: Record | None) -> None:
        if self.form is not None:
            self._view.saving.release(*self.form.editors.values())
        self.part, self.form, self.people = part, None, None
        page = named(QWidget(), "page")
        form = self._make_form(part) if part is not None else None
        shown = form or label(tr("visit", "Select an item to view and edit it."), "second", parent=page)
        column(shown, STRETCH, on=page, gap=theme.FIELDS, margins=(0, 0, theme.GAP, theme.GAP))
        replace_page(self, page)
        if form is not None:
            self.refresh(part)
            self._view.saving.restore_drafts(form.editors.values())
        grow_with_contents(page)

    def _make_form(self, part: Record) -> RecordForm:
        view = self._view
        self.form = form = RecordForm(view, part, Target(kind_of(part), part.id))
        form.wanted.connect(self.focus_field)
        if PEOPLE in {kind.name for kind in kind_of(part).children}:
            self.people = PeopleField(view, f"{self.objectName()}.who", lambda: self.id)
            form.insert("", self.people)
            LineDraft(view.desk, lambda: self.id, self.people.chips.line)
        return form

    def focus_field(self, name: str) -> None:
        self.show_now()
        if self.form is not None and (editor := self.form.point_at(name)):
            self.ensureWidgetVisible(editor)

    def take_focus(self) -> bool:
        """Focus its first field; return False where nothing is shown."""
        self.show_now()
        return self.form is not None and focus_first(self.form)


FORM = 360  # width of the form where it stands beside the list
# The commands that every list of parts has.
KEYS: Keys = {
    (Qt.Key.Key_N, CTRL): "add",
    (Qt.Key.Key_Return, NO_KEY): "open",
    (Qt.Key.Key_Enter, NO_KEY): "open",
    (Qt.Key.Key_Delete, NO_KEY): "trash",
    (Qt.Key.Key_Backspace, NO_KEY): "trash",
}


class PartRows(KeyedList):
    """The list: a plain one underneath, so that a screen reader and the arrows have what the eye has."""

    keys = KEYS

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, label)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(150))

    @property
    def ids(self) -> list[str]:
        return [id_ for n in range(self.count()) if (id_ := self.item(n).data(ID_ROLE))]

    def fill(self, fill: Callable[[], object]) -> None:
        """Make the rows anew; the selected part stays selected, or the one nearest to where it was."""
        chosen, at = self.current_id, self.currentRow()
        with QSignalBlocker(self):
            self.clear()
            fill()
        rows = [n for n in range(self.count()) if self.item(n).data(ID_ROLE)]
        if not self.choose(chosen) and rows and at >= 0:
            self.setCurrentRow(min(rows, key=lambda n: abs(n - at)))


class PartPanel(QWidget):
    """The panel. A derived class fills the rows and says what its commands do to the selected part.

    Attributes:
        actions_of: Returns what the commands do to a part that write.
        add: Adds a part from the typed line.
    """

    actions_of: Callable[[str], Mapping[str, Callable[[], object]]]
    add: Callable[[str], None]

    def __init__(self, view: RecordPage, name: str, rows: PartRows, entry: QuickEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.view, self.desk = view, view.desk
        self.rows, self.entry = rows, entry
        self.form = PartForm(view, name, self)
        for widget in (rows, entry):
            widget.setParent(self)
        rows.currentItemChanged.connect(lambda *_: self.show_chosen())
        rows.asked.connect(self.do)
        entry.added.connect(self.add)
        entry.left.connect(self._leave_entry)
        entry.line.edited.connect(self.form.wait)
        entry.setVisible(not view.read_only)
        view.keep_line(entry.line)
        application().focusChanged.connect(self._focus_moved)

    # -- what a derived class says ----------------------------------------------------------------

    @property
    def parts(self) -> Sequence[Record]:
        raise NotImplementedError

    def name_of(self, id_: str) -> str:
        part = self.part(id_)
        return " ".join(title_of(part).split()) if part is not None else ""

    def enable(self) -> None:
        """Enable the buttons that need a selected part."""

    def speak(self, id_: str) -> None:
        """Have a screen reader say what became of a part."""

    # -- showing ----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        return self.rows.current_id

    def part(self, id_: str) -> Record | None:
        return next((each for each in self.parts if each.id == id_), None)

    def row_of(self, id_: str) -> QWidget | None:
        """Select the row of a part and return the rows; None where it is not here."""
        return self.rows if self.rows.choose(id_) else None

    def show_chosen(self) -> None:
        id_ = self.current
        self.enable()
        self.form.expect(id_, later=self.entry.line.hasFocus() and id_ != self.form.id)
        if id_ and id_ == self.form.id:
            self.form.refresh(self.part(id_))

    def put_form(self, *, beside: bool, below: int) -> None:
        self.form.setMinimumSize(theme.px(FORM) if beside else 0, theme.px(120 if beside else below))
        self.form.setMaximumWidth(theme.px(FORM) if beside else 16_777_215)

    def take_focus(self) -> None:
        (self.rows if self.rows.ids or self.view.read_only else self.entry.line).setFocus()

    # -- what a person does -----------------------------------------------------------------------

    def do(self, what: str) -> None:
        id_ = self.current
        if what == "open" and id_:
            self.form.expect(id_)
            self.form.take_focus()
        elif self.view.read_only:
            return
        elif what == "add":
            self.entry.line.setFocus()
        elif what == "trash" and id_:
            self.view.trash_part(id_, self.name_of(id_))
        elif id_ and what in (actions := self.actions_of(id_)):
            self.attempt(actions[what], id_)

    def attempt(self, action: Callable[[], object], choose: str = "") -> bool:
        """Do something that writes, then select and speak a part, wherever it is now. Return whether it succeeded."""
        done = self.view.attempt(action)
        if done and choose and self.row_of(choose) is not None:
            self.speak(choose)
        return done

    def add_with(self, make: Callable[[], str]) -> None:
        """Add a part with a function that returns its id, select it, and clear the line."""
        made = self.view.made(make)
        if made is not None:
            self.rows.choose(made)
            self.speak(made)
            self.entry.clear()

    def _leave_entry(self) -> None:
        """Move from the line to the rows; where there are none, back to the list of records."""
        if self.rows.ids:
            self.rows.setFocus()
        else:
            self.view.left.emit()

    # -- keys -------------------------------------------------------------------------------------

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        follow_focus(self, self, before, None if now is self.rows else now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin another part on Ctrl+N, wherever in this panel the focus is."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            ours = event.key() == Qt.Key.Key_N and event.modifiers() == CTRL
            if ours and not self.view.read_only and not getattr(watched, "composing", False):
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.do("add")
                return True
        return False
