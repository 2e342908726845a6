"""Words that the glossary says otherwise, marked while they are typed: an underline, and a chip with the word to take."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QTextEdit, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services import Desk
from ucapdesk.services.translations.glossary import Term, avoided
from ucapdesk.ui.fields.language_input import LanguageInput
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.inputs import TextEdit
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.timers import single_shot

REST = 300
"""Milliseconds without a key before the glossary is asked."""
MAX_TERM_CHARS = 31
"""Number of characters of each word that the chip shows."""


class TermMarks(QObject):
    """The marks of one bilingual editor."""

    def __init__(self, halves: Mapping[str, LanguageInput], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._halves, self._desk = halves, desk
        self.chips: dict[str, QPushButton] = {}
        self._first: dict[str, Term] = {}
        rest = single_shot(self, REST, self.look)
        for half in halves.values():
            half.box.edited.connect(rest.start)

    def look(self) -> None:
        """Mark what the texts hold now."""
        for lang, half in self._halves.items():
            said = half.box.said()
            if not half.box.composing and not half.box.isReadOnly():
                self._show(lang, avoided(self._desk, said, lang) if said.strip() else [])

    def _show(self, lang: str, words: list[Term]) -> None:
        half = self._halves[lang]
        if words or lang in self.chips:
            chip = self._chip(lang)
            chip.setVisible(bool(words))
        if isinstance(half.box, TextEdit):
            half.box.setExtraSelections([mark for term in words for mark in _underlined(half.box, term.source)])
        if words:
            self._first[lang] = words[0]
            used, right = words[0].source, words[0].target
            short = {"used": cut(used, MAX_TERM_CHARS), "right": cut(right, MAX_TERM_CHARS)}
            chip.setText(tr("form", "“{used}” → “{right}”", **short).replace("&", "&&"))
            whole = tr("form", "The glossary says “{right}”, not “{used}”. Press to use it.", used=used, right=right)
            chip.setAccessibleName(f"{half.name}: {whole}")
            set_tool_tip(chip, whole)

    def _chip(self, lang: str) -> QPushButton:
        if lang not in self.chips:
            half = self._halves[lang]
            name = f"{half.box.objectName()}.term"
            self.chips[lang] = button(name, "", lambda: self._take(lang), "chip", parent=half.head)
            half.add_to_head(self.chips[lang])
        return self.chips[lang]

    def _take(self, lang: str) -> None:
        """Put the word of the glossary in place of the other, wherever it stands."""
        box, term = self._halves[lang].box, self._first[lang]
        box.setFocus()
        box.selectAll()
        box.insert_text(re.sub(re.escape(term.source), lambda _: term.target, box.said(), flags=re.IGNORECASE))
        self.look()


def _underlined(box: TextEdit, word: str) -> list[QTextEdit.ExtraSelection]:
    """Return the underlines of a word in a text."""
    shape = QTextCharFormat()
    shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    shape.setUnderlineColor(QColor(theme.tokens().level("warn")[0]))
    found = []
    for match in re.finditer(re.escape(word), box.toPlainText(), re.IGNORECASE):
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(box.document())
        cursor.setPosition(match.start())
        cursor.setPosition(match.end(), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, shape
        found.append(mark)
    return found
