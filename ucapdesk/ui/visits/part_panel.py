"""A panel of the parts of a record: their list, a line that adds more, and the form of the selected one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.model.record import Record
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.steady_focus import follow_focus
from ucapdesk.ui.toolkit.timers import application
from ucapdesk.ui.visits.keyed_list import CTRL, ID_ROLE, NO_KEY, KeyedList, Keys
from ucapdesk.ui.visits.part_form import PartForm
from ucapdesk.ui.visits.quick_entry import QuickEntry

FORM = 360
"""Width of the form where it stands beside the list."""
KEYS: Keys = {
    (Qt.Key.Key_N, CTRL): "add",
    (Qt.Key.Key_Return, NO_KEY): "open",
    (Qt.Key.Key_Enter, NO_KEY): "open",
    (Qt.Key.Key_Delete, NO_KEY): "trash",
    (Qt.Key.Key_Backspace, NO_KEY): "trash",
}
"""The commands that every list of parts has."""


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
        """The ids of the parts, in order."""
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
        deeds_of: Returns what the commands do to a part that write.
        add: Adds a part from the typed line.
    """

    deeds_of: Callable[[str], Mapping[str, Callable[[], object]]]
    add: Callable[[str], None]

    def __init__(self, view: RecordPage, name: str, rows: PartRows, entry: QuickEntry, parent: QWidget) -> None:
        """``name`` is the name of the form."""
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
        """The parts in the list."""
        raise NotImplementedError

    def name_of(self, id_: str) -> str:
        """Return the name of a part, in one line."""
        part = self.part(id_)
        return " ".join(title_of(part).split()) if part is not None else ""

    def enable(self) -> None:
        """Enable the buttons that need a selected part."""

    def speak(self, id_: str) -> None:
        """Have a screen reader say what became of a part."""

    # -- showing ----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the selected part."""
        return self.rows.current_id

    def part(self, id_: str) -> Record | None:
        """Return a part of the list."""
        return next((each for each in self.parts if each.id == id_), None)

    def row_of(self, id_: str) -> QWidget | None:
        """Select the row of a part and return the rows; None where it is not here."""
        return self.rows if self.rows.choose(id_) else None

    def show_chosen(self) -> None:
        """Show the selected part in the form once the selection rests."""
        id_ = self.current
        self.enable()
        self.form.expect(id_, later=self.entry.line.hasFocus() and id_ != self.form.id)
        if id_ and id_ == self.form.id:
            self.form.refresh(self.part(id_))

    def put_form(self, *, beside: bool, below: int) -> None:
        """Give the form its width beside the list, or its height below it."""
        self.form.setMinimumSize(theme.px(FORM) if beside else 0, theme.px(120 if beside else below))
        self.form.setMaximumWidth(theme.px(FORM) if beside else 16_777_215)

    def take_focus(self) -> None:
        """Focus the rows, or the line where there are none."""
        (self.rows if self.rows.ids or self.view.read_only else self.entry.line).setFocus()

    # -- what a person does -----------------------------------------------------------------------

    def do(self, what: str) -> None:
        """Run a command for the selected part."""
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
        elif id_ and what in (deeds := self.deeds_of(id_)):
            self.attempt(deeds[what], id_)

    def attempt(self, deed: Callable[[], object], choose: str = "") -> bool:
        """Do something that writes, then select and speak a part, wherever it is now. Return whether it succeeded."""
        done = self.view.attempt(deed)
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
        """Follow the keyboard focus."""
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
