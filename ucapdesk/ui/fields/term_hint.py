"""Suggests the counterpart of a term under the empty box of the other language; a click, or Tab and Space, accepts it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.fields.language_input import LanguageInput

REST = 300
"""Milliseconds without a key before a counterpart is looked up."""
MAX_SUGGESTION_CHARS = 40
"""Maximum number of characters of a suggestion that are shown."""
Counterpart = Callable[[str, str, str], str]
"""A function (text, language, other language) that returns the counterpart of a term, empty if none is known."""


class HintChip(QPushButton):
    """A suggestion: Space takes it; Enter, which ends what is typed, leaves it alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class TermHints(QObject):
    """The suggestions of one bilingual editor. A chip is created when there is something to suggest.

    Signals:
        made(str): the chip of this language was created and needs a place.
        taken(str, str): the suggestion was accepted: language, text.
    """

    made = Signal(str)
    taken = Signal(str, str)

    def __init__(self, halves: dict[str, LanguageInput], pair: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.counterpart: Counterpart | None = None
        self._halves, self._pair, self._parent = halves, pair, parent
        self._known = dict.fromkeys(pair, ("", ""))
        """By language: the text of the other language and its counterpart in this one."""
        self._rest: QTimer | None = None
        self.chips: dict[str, QPushButton] = {}
        for lang in pair:
            halves[lang].box.edited.connect(self._edited)

    def _chip(self, lang: str) -> QPushButton:
        if lang not in self.chips:
            chip = self.chips[lang] = HintChip(self._parent)
            chip.setObjectName(f"{self._halves[lang].box.objectName()}.use")
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.hide()
            chip.clicked.connect(lambda: self._take(lang))
            self.made.emit(lang)
        return self.chips[lang]

    def _edited(self) -> None:
        """Drop the suggestion for the previous text and look up one for the new text after a pause."""
        self.tidy()
        if self.counterpart is None:
            return
        if self._rest is None:
            self._rest = QTimer(self, singleShot=True, interval=REST)
            self._rest.timeout.connect(self.look)
        self._rest.start()

    def look(self) -> None:
        """Show the counterpart of the text in one language where the other one is empty."""
        if self.counterpart is None:
            return
        for source, target in (self._pair, self._pair[::-1]):
            box = self._halves[source].box
            said = box.said().strip()
            free = not self._halves[target].box.said().strip() and not self._halves[target].box.isReadOnly()
            if said and free and not box.composing and self._known[target][0] != said:
                self._known[target] = (said, self.counterpart(said, source, target))
        self.tidy()

    def tidy(self) -> None:
        """Hide suggestions that no longer fit the texts in the boxes."""
        for source, target in (self._pair, self._pair[::-1]):
            of, found = self._known[target]
            fits = bool(found) and self._halves[source].box.said().strip() == of and not self._halves[target].hidden
            fits = fits and not self._halves[target].box.said().strip()
            if not fits and target not in self.chips:
                continue
            chip = self._chip(target)
            if fits:
                shown = found if len(found) <= MAX_SUGGESTION_CHARS else f"{found[:MAX_SUGGESTION_CHARS]}…"
                chip.setText(tr("form", "Use: {text}", text=shown.replace("&", "&&")))
                chip.setAccessibleName(f"{self._halves[target].name}: {tr('form', 'Use: {text}', text=found)}")
            elif chip.hasFocus():
                self._halves[target].box.setFocus()
            chip.setVisible(fits)

    def _take(self, lang: str) -> None:
        self.taken.emit(lang, self._known[lang][1])
