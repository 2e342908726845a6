"""The editor of one text to translate: source, translation, glossary terms in it, and statements about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import LANGUAGE_NAMES, dotted, tr
from ucapdesk.model.codes import code_label
from ucapdesk.services import Desk
from ucapdesk.services.translations import glossary
from ucapdesk.services.translations.translations import Item
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.inputs import TextEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grow, panel, refill, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

STACK_BELOW = 240
"""Column width below which the two languages are stacked."""
TERMS = 6
"""Maximum number of terms offered."""


class SingleTranslation(QWidget):
    """Shows a text and accepts its translation.

    Signals:
        done(): what is in the box is the translation; on to the next text.
        said(str): ``same`` or ``not_needed``.
        stepped(int): to the text before or after, as it is.
        record_wanted(): the record is to be shown.
    """

    done = Signal()
    said = Signal(str)
    stepped = Signal(int)
    record_wanted = Signal()

    def __init__(self, desk: Desk, *, can_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.item: Item | None = None
        self._where, self._record = label("", "caption"), label("", "page")
        self._source_head, self._target_head = label("", "caption"), label("", "caption")
        self.source, self.box = named(TextEdit(self), "worklist.source"), named(TextEdit(self), "worklist.target")
        self.source.setReadOnly(True)
        heads, boxes = (self._source_head, self._target_head), (self.source, self.box)
        pairs = [grow(column(head, box, gap=4)) for head, box in zip(heads, boxes, strict=True)]
        self._pairs = row(*pairs, gap=theme.MARGIN)
        self._terms = QWidget(self)
        self._chips = FlowLayout(self._terms)
        foot = self._make_buttons(can_open=can_open)
        column(self._where, self._record, self._pairs, self._terms, foot, STRETCH, on=self, gap=theme.GAP, margins=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the two languages side by side, or one below the other where there is no room."""
        super().resizeEvent(event)
        beside, ways = self.width() >= 2 * theme.px(STACK_BELOW) + theme.MARGIN, QBoxLayout.Direction
        self._pairs.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._pairs.setSpacing(theme.MARGIN if beside else 4)

    def _make_buttons(self, *, can_open: bool) -> QVBoxLayout:
        self.same = button("worklist.same", tr("worklist", "= Same in both"), lambda: self.said.emit("same"))
        self.not_needed = button(
            "worklist.not_needed", tr("worklist", "Not needed"), lambda: self.said.emit("not_needed")
        )
        self.open = button("worklist.open", tr("worklist", "Show the record"), self.record_wanted.emit)
        self.open.setVisible(can_open)
        self.back = button("worklist.back", tr("worklist", "‹ Back"), lambda: self.stepped.emit(-1))
        self.skip = button("worklist.skip", tr("worklist", "Later ›"), lambda: self.stepped.emit(1))
        self.next = button("worklist.next", tr("worklist", "Done, next"), self.done.emit, "main", tip="Ctrl+Enter")
        answers, ways = flow(self.same, self.not_needed, self.open), flow(self.next, self.skip, self.back)
        return column(panel(answers, self), panel(ways, self), gap=theme.FIELDS)

    # -- one after another ------------------------------------------------------------------------

    def show_item(self, item: Item | None, *, read_only: bool) -> None:
        """Show a text; None where there is none left."""
        self.item = item
        for widget in (self.source, self.box, self.same, self.not_needed, self.open, self.next, self._terms):
            widget.setEnabled(item is not None)
        if item is None:
            self._where.setText("")
            self._record.setText(tr("worklist", "Nothing is left to translate."))
            self.source.put("")
            self.box.put("")
            self._show_terms([])
            return
        state = code_label("translation_states", item.state) if item.state else tr("worklist", "done")
        self._where.setText(dotted(item.where, state))
        self._record.setText(breakable(item.title))
        for head, box, lang, text in (
            (self._source_head, self.source, item.source, item.text),
            (self._target_head, self.box, item.target, item.translation),
        ):
            head.setText(LANGUAGE_NAMES[lang])
            box.setAccessibleName(f"{item.where} · {LANGUAGE_NAMES[lang]}")
            box.speak(lang)
            box.put(text)
        self.box.setReadOnly(read_only)
        wrong = glossary.avoided(self._desk, item.translation, item.target)
        self._show_terms([*wrong, *glossary.occurring(self._desk, item.text, item.source, item.target)][:TERMS])

    def _show_terms(self, terms: list[glossary.Term]) -> None:
        refill(self._chips, map(self._chip, terms))
        self._terms.setVisible(bool(terms))

    def _chip(self, term: glossary.Term) -> QPushButton:
        sign, tip = "=", tr("worklist", "Insert at the cursor")
        if term.instead:
            sign, tip = "→", tr("worklist", "The glossary uses another term; insert it at the cursor")
        said = f"{term.source} {sign} {term.target}"
        return button("worklist.term", said, lambda: self._put_in(term.target), "chip", tip=tip, parent=self._terms)

    def _put_in(self, text: str) -> None:
        if not self.box.isReadOnly():
            self.box.insert_text(text)
            self.box.setFocus()
