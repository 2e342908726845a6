"""The dialog that compares two records and asks whether they are the same thing. The answer rewrites neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Field
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values.cells import TextType
from ucapdesk.services import Desk
from ucapdesk.services.records import completion, duplicates, records
from ucapdesk.services.records.duplicates import Alike, ComparedField
from ucapdesk.ui.fields.links import MAX_CHOICES, Options, PickerDialog, label_of, options_of
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import grow, row
from ucapdesk.ui.toolkit.widgets import breakable, button, label, set_tool_tip
from ucapdesk.ui.window.main_window import NavigableWindow

ONE, OTHER = 1, 2


class BothRecords(TextTable):
    """The values of two records side by side. Left and Right, or a click, choose the value of a row.

    Signals:
        chosen(int, int): row and column.
    """

    chosen = Signal(int, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = {Qt.Key.Key_Left.value: ONE, Qt.Key.Key_Right.value: OTHER}
        if event.key() in columns:
            self.chosen.emit(self.currentRow(), columns[event.key()])
        else:
            super().keyPressEvent(event)


class DuplicatesDialog(Dialog):
    """Pairs, one after another. ``Ctrl+Enter``: they are the same; where fields differ the value to show is chosen before.

    ``answered`` counts the answers.
    """

    by_enter = False

    def __init__(self, desk: Desk, pairs: Sequence[Alike], parent: QWidget | None = None) -> None:
        super().__init__("same", tr("same", "Are they the same?"), parent)
        self._desk, self._pairs, self._at = desk, list(pairs), 0
        self.answered = 0
        self._rows: list[ComparedField] = []
        self.taken: set[str] = set()  # Fields of which the other record's value is to be shown
        self._caption, self._title, self._why = (label("", role, parent=self) for role in ("caption", "page", "second"))
        self.look = button(
            "same.look", tr("decide", "Open the record"), lambda: self.leave(look_at=self.pair.a), "quiet"
        )
        heads = ((tr("history", "Field"), 170), "1", "2")
        self.table = BothRecords("same.fields", tr("same", "Both records"), heads, self)
        self.table.cellClicked.connect(self.choose)
        self.table.chosen.connect(self.choose)
        self._hint = label("", "second")
        self._add_buttons()
        self.on_confirm(self.yes.click)
        self._show()
        head = row(grow(self._caption), self.look)
        self.lay_out(head, self._title, self._why, grow(self.table), self._hint, size=(900, 560))

    @property
    def pair(self) -> Alike:
        return self._pairs[self._at]

    def _add_buttons(self) -> None:
        foot = self.foot
        self.yes = foot.main("same.yes", tr("same", "The same"), self._say_same)
        set_tool_tip(self.yes, "Ctrl+Enter")
        self.no = foot.other("same.no", tr("same", "Not the same"), partial(self._answer, duplicates.say_different))
        self.apart = foot.other("same.apart", tr("same", "Separate"), partial(self._answer, duplicates.undo_same))
        self.later = foot.out(tr("decide", "Later"), "same.later", self._go_on)

    # -- one pair ---------------------------------------------------------------------------------

    def _show(self) -> None:
        pair = self.pair
        self.taken.clear()
        is_one = pair.b in duplicates.others(self._desk, pair.a)
        counted = tr("decide", "{n} of {of}", n=self._at + 1, of=len(self._pairs)) if len(self._pairs) > 1 else ""
        self._caption.setText(dotted(counted, KINDS[pair.kind].label()))
        titles = dict.fromkeys(records.title(self._desk, each) or "—" for each in (pair.a, pair.b))
        self._title.setText(breakable("  ·  ".join(titles)))
        self._why.say(duplicates.reasons(pair))
        for each, shown in ((self.yes, not is_one), (self.apart, is_one), (self.later, not is_one)):
            each.setVisible(shown)
        self._rows = duplicates.beside(self._desk, pair.a, pair.b)
        self._fill(is_one=is_one)
        self.fail("")
        self.table.setFocus()
        self.table.setCurrentCell(0, 0)

    def _fill(self, *, is_one: bool) -> None:
        rows = [(line.label, self._cell(line, ONE, line.a), self._cell(line, OTHER, line.b)) for line in self._rows]
        at = self.table.currentRow()
        self.table.fill(rows, [line.field for line in self._rows])
        self.table.setCurrentCell(max(at, 0), 0)
        choosing = not is_one and any(line.differ and line.field for line in self._rows)
        hint = tr("same", "Shown as one, they have the values of both; nothing is lost, and it can be undone.")
        if is_one:
            hint = tr("same", "Both are shown as one; nothing of either is lost.")
        elif choosing:
            hint = tr(
                "same", "Where they differ, the value with ✓ will be shown; press Left or Right, or click, to choose."
            )
        self._hint.setText(hint)

    def _cell(self, row: ComparedField, column: int, text: str) -> str:
        if not (row.differ and row.field):
            return text
        return f"✓ {text}" if column == (OTHER if row.field in self.taken else ONE) else text

    def choose(self, row: int, column: int) -> None:
        if self.yes.isHidden() or not 0 <= row < len(self._rows) or column not in (ONE, OTHER):
            return
        field = self._rows[row].field
        if field and self._rows[row].differ:
            (self.taken.add if column == OTHER else self.taken.discard)(field)
            self._fill(is_one=False)

    # -- answers ----------------------------------------------------------------------------------

    def _say_same(self) -> None:
        self._answer(partial(duplicates.say_same, keep=sorted(self.taken)))

    def _answer(self, answer: Callable[[Desk, str, str], object]) -> None:
        if self.attempt(lambda: answer(self._desk, self.pair.a, self.pair.b)):
            self.answered += 1
            self._go_on()

    def _go_on(self) -> None:
        """Go to the next open pair: an answer may have settled others too."""
        self._at += 1
        shown = partial(records.shown, self._desk)
        while self._at < len(self._pairs) and shown(self.pair.a) == shown(self.pair.b):
            self._at += 1
        if self._at < len(self._pairs):
            self._show()
        else:
            self.accept()

    def said(self) -> str:
        return ntr("same", "{n} pair answered", "{n} pairs answered", self.answered)


def compare(window: NavigableWindow, pairs: Sequence[Alike]) -> None:
    if not pairs:
        window.say(tr("same", "No duplicates found."))
        return
    dialog = DuplicatesDialog(window.desk, pairs, window)
    dialog.ask()
    if dialog.answered:
        window.say_done(dialog.said(), steps=dialog.answered)
    if dialog.look_at:
        window.show_record(dialog.look_at)
    window.exchange.refresh()


def look_alikes(window: NavigableWindow, id_: str) -> None:
    kind = kind_of(records.get(window.desk, id_)).name
    one = [Alike(kind, id_, other, ()) for other in duplicates.others(window.desk, id_)]
    compare(window, [*duplicates.find_of(window.desk, id_), *one])


def name_other(window: NavigableWindow, id_: str) -> None:
    """Ask which other record is the same; possible duplicates come first."""
    kind = kind_of(records.get(window.desk, id_))
    title = tr("same", "The same as which one?")
    dialog = PickerDialog(title, _others(window.desk, id_), [], several=False, parent=window)
    if dialog.ask() and (chosen := dialog.chosen):
        compare(window, [Alike(kind.name, min(id_, chosen[0]), max(id_, chosen[0]), ())])


def _others(desk: Desk, id_: str) -> Options:
    kind = kind_of(records.get(desk, id_)).name
    field = KindField(kind, "", Field("", kinds=(kind,)), TextType())
    known = options_of(desk, field)
    alike = [each.b if each.a == id_ else each.a for each in duplicates.find_of(desk, id_)]

    def options(find: str, chosen: Sequence[str]) -> dict[str, str]:
        first = [] if find.strip() else completion.named(desk, field, alike, details=True)
        found = {each.key: label_of(each) for each in first} | known(find, chosen)
        return {key: label for key, label in list(found.items())[:MAX_CHOICES] if key != id_}

    return options
