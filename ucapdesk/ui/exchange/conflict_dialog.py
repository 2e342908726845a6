"""The dialog that decides conflicts, one field after another, by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.exchange.conflicts import Conflict, SaidValue
from ucapdesk.services.records import history
from ucapdesk.ui.exchange.exchange_words import moment
from ucapdesk.ui.record.difference import marked
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import ButtonBox, press_by_enter, set_up
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.inputs.text_edits import TextEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, Part, column, discard, framed, grow, left, panel, row, scrolled
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label

BOTH = 3
"""The number of the choice to keep all, where there are two values."""


class ConflictDialog(Dialog):
    """The conflicts, one at a time. 1, 2, 3 … choose a value; ``Ctrl+Enter`` goes on, and closes the dialog at the end.

    ``decided`` counts what was decided.
    """

    def __init__(self, desk: Desk, waiting: Sequence[Conflict], parent: QWidget | None = None) -> None:
        super().__init__("decide", tr("decide", "Conflicts"), parent)
        self._desk, self._at, self._waiting = desk, 0, waiting
        self.decided = self._choice = 0
        self._column = column(on=self, gap=theme.FIELDS)
        self._page: QWidget | None = None
        self.on_confirm(self.go_on)
        self._show()
        fit(self, 940, 560)

    # -- one field --------------------------------------------------------------------------------

    @property
    def conflict(self) -> Conflict:
        """The conflict that is shown."""
        return self._waiting[self._at]

    def _show(self) -> None:
        """Show the current conflict."""
        discard(self._page)
        self._choice = next((n for n, each in enumerate(self.conflict.candidates, 1) if each.shown), 1)
        page = self._page = QWidget(self)
        self.fail("")
        parts = self._head(), grow(self._values()), *self._result(), self.message, self._foot()
        column(*parts, on=page, gap=theme.FIELDS, margins=0)
        self._column.addWidget(page)
        self.next.setFocus()

    def _head(self) -> QVBoxLayout:
        conflict = self.conflict
        kind = KINDS[conflict.kind].label() if conflict.kind in KINDS and not KINDS[conflict.kind].cls.reserved else ""
        before = tr("decide", "Before: {text}", text=conflict.before)
        return column(
            label(dotted(tr("decide", "{n} of {of}", n=self._at + 1, of=len(self._waiting)), kind), "caption"),
            label(breakable(conflict.title or "—"), "page"),
            label(breakable(self._question()), "strong"),
            label(breakable(before), "second") if conflict.before else None,
            gap=4,
        )

    def _question(self) -> str:
        conflict = self.conflict
        if conflict.field != history.TRASH:
            return conflict.label
        if conflict.record != conflict.id:
            return tr("decide", "{field}: one removed it, another kept it", field=conflict.label)
        return conflict.told

    def _values(self) -> QScrollArea:
        """Make a card for each value, side by side where there are two."""
        self.cards: list[QPushButton] = []
        made = [grow(self._card(number, said)) for number, said in enumerate(self.conflict.candidates, 1)]
        cards = row(*made, gap=theme.FIELDS) if len(made) == 2 else column(*made, STRETCH, gap=theme.FIELDS)
        notes = [label(breakable(note), "second") for note in self._notes()]
        return scrolled(panel(column(grow(cards), *notes, gap=theme.GAP), name="page"), self, "decide.values")

    def _card(self, number: int, said: SaidValue) -> QFrame:
        who = tr("decide", "Yours") if said.own else said.person or "—"
        name, take = f"decide.{number}", partial(self.choose, number)
        choose = set_up(ElidedButton(f"{number}   {who}"), name, take, "chip", checked=number == self._choice)
        self.cards.append(choose)
        text = label(said.said or tr("decide", "(empty)"), selectable=True)
        if self.conflict.text and self.conflict.before:
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setText(marked(self.conflict.before, said.said))
        when = label(breakable(moment(said.time)), "caption")
        margins = (theme.FIELDS, theme.GAP, theme.FIELDS, theme.FIELDS)
        return framed(column(left(choose), when, text, STRETCH, gap=theme.GAP, margins=margins), "card")

    def _result(self) -> list[Part]:
        """Return the box of the resulting text under its caption, where it may be edited."""
        self.result_box: TextEdit | None = None
        if not self.conflict.text:
            return []
        name = tr("decide", "Result (you can edit it)")
        self.result_box = named(TextEdit(self), "decide.result", name)
        self.result_box.put(self.conflict.candidates[self._choice - 1].said)
        return [label(breakable(name), "caption"), self.result_box]

    def _notes(self) -> list[str]:
        """Return notes: where the other values stay, and which translations need a look."""
        stays = tr("decide", "What is not chosen stays in the history of the record.")
        name, _, lang = self.conflict.field.partition(".")
        if not (self.conflict.text and lang):
            return [stays]
        value = getattr(self._desk.read.record(self.conflict.id), name, None)
        others = [code_label("languages", each) for each in value or () if each != lang]
        return [
            *(tr("decide", "Check the text in {language} as well: it was written for one of these.", language=each) for each in others),
            stays,
        ]  # fmt: skip

    def _foot(self) -> ButtonBox:
        foot = ButtonBox(self, by_enter=False)
        look = partial(self.leave, look_at=self.conflict.record)
        foot.beside("decide.look", tr("decide", "Open the record"), look, "quiet")
        if self._all_stay:
            n = len(self.conflict.candidates) + 1
            said = tr("decide", "{n} Keep both", n=n) if n == BOTH else tr("decide", "{n} Keep all", n=n)
            foot.beside("decide.both", said, lambda: self.choose(n))
        last = self._at + 1 == len(self._waiting)
        self.next = foot.main("decide.next", tr("decide", "Done") if last else tr("decide", "Next"), self.go_on)
        set_tool_tip(self.next, "Ctrl+Enter")
        foot.out(tr("decide", "Later"), "decide.later")
        return foot

    @property
    def _all_stay(self) -> bool:
        """Return whether all values can stay: texts one below another, files side by side."""
        return self.conflict.text or self.conflict.files

    # -- choosing ---------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Take the value of that number; the one after the last means all of them, one below another."""
        texts = [each.said for each in self.conflict.candidates]
        self._choice = number if number <= len(texts) else 0
        for at, card in enumerate(self.cards, 1):
            card.setChecked(at == self._choice)
        if self.result_box is not None:
            self.result_box.put(texts[number - 1] if number <= len(texts) else "\n".join(dict.fromkeys(texts)))
        self.next.setFocus()

    def choose_with_key(self, number: int) -> None:
        """Choose as ``choose`` does, and go to the next conflict; after the last one wait for confirmation."""
        if number > len(self.conflict.candidates) + int(self._all_stay):
            return
        self.choose(number)
        if self._at + 1 < len(self._waiting):
            self.go_on()

    def go_on(self) -> None:
        """Write the choice, and go to the next conflict."""
        try:
            self._decide()
        except (UserError, ValueError) as error:
            self.fail(error if isinstance(error, UserError) else tr("form", "This cannot be stored."))
            return
        self.decided += 1
        if self._at + 1 == len(self._waiting):
            self.accept()
        else:
            self._at += 1
            self._show()

    def _decide(self) -> None:
        conflict, box = self.conflict, self.result_box
        texts = [each.said for each in conflict.candidates]
        if box is not None and box.said() not in texts:
            conflicts.choose_other(self._desk, conflict, box.said())
            return
        if conflict.files and not self._choice:
            conflicts.keep_all(self._desk, conflict)
            return
        number = max(self._choice, 1) if box is None else texts.index(box.said()) + 1
        conflicts.choose(self._desk, conflict, number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self.result_box is not None and self.result_box.hasFocus()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        digit = event.key() - Qt.Key.Key_0
        if press_by_enter(self, event):
            return
        if plain and not typing and 0 < digit <= 9:
            self.choose_with_key(digit)
        elif plain and not typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def said(self) -> str:
        """Return how many fields were decided and how many are left, for the status bar."""
        left = len(self._waiting) - self.decided
        done = ntr("decide", "{n} field decided", "{n} fields decided", self.decided)
        return dotted(done, ntr("decide", "{n} left", "{n} left", left) if left else "")
