"""The editor of a bilingual text: two languages side by side or stacked, and further languages where they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.cells import tidy
from ucapdesk.ui.fields.editor import Editor, Seen
from ucapdesk.ui.fields.field_states import said_of
from ucapdesk.ui.fields.language_input import LanguageInput
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up, tool
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.inputs.pasting import as_pasted, is_chinese
from ucapdesk.ui.toolkit.layout_builder import grid
from ucapdesk.ui.toolkit.menu_choice import add_choice
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.timers import single_shot

STACK_BELOW, STACK_BELOW_COMPACT = 280, 150
"""Column widths below which the two languages are stacked."""
LANGUAGE_VIEWS = ("both", "first", "second")
"""Which of the two languages are shown."""
COUNTERPART_DELAY_MS = 300
"""Milliseconds without a key before a counterpart is looked up."""
MAX_SUGGESTION_CHARS = 41
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
    """

    made = Signal(str)

    def __init__(self, halves: dict[str, LanguageInput], pair: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.counterpart: Counterpart = lambda *_: ""
        self._halves, self._pair, self._parent = halves, pair, parent
        self._known = dict.fromkeys(pair, ("", ""))
        """By language: the text of the other language and its counterpart in this one."""
        self._rest = single_shot(self, COUNTERPART_DELAY_MS, self.look)
        self.chips: dict[str, QPushButton] = {}
        for lang in pair:
            halves[lang].box.edited.connect(self._edited)

    def _chip(self, lang: str) -> QPushButton:
        if lang not in self.chips:
            name = f"{self._halves[lang].box.objectName()}.use"
            self.chips[lang] = set_up(HintChip(self._parent), name, lambda: self._take(lang), "chip")
            self.chips[lang].hide()
            self.made.emit(lang)
        return self.chips[lang]

    def _edited(self) -> None:
        """Drop the suggestion for the previous text and look up one for the new text after a pause."""
        self.tidy()
        self._rest.start()

    def look(self) -> None:
        """Show the counterpart of the text in one language where the other one is empty."""
        self.tidy(look=True)

    def tidy(self, *, look: bool = False) -> None:
        """Hide suggestions that no longer fit the texts in the boxes."""
        for source, target in (self._pair, self._pair[::-1]):
            box, said = self._halves[target].box, self._halves[source].box.said().strip()
            free = look and not self._halves[source].box.composing and not box.said().strip() and not box.isReadOnly()
            if said and free and self._known[target][0] != said:
                self._known[target] = (said, self.counterpart(said, source, target))
            of, found = self._known[target]
            fits = bool(found) and said == of and not box.isHidden() and not box.said().strip()
            if not fits and target not in self.chips:
                continue
            chip = self._chip(target)
            if fits:
                chip.setText(tr("form", "Use: {text}", text=cut(found, MAX_SUGGESTION_CHARS).replace("&", "&&")))
                chip.setAccessibleName(f"{self._halves[target].name}: {tr('form', 'Use: {text}', text=found)}")
            elif chip.hasFocus():
                box.setFocus()
            chip.setVisible(fits)

    def _take(self, lang: str) -> None:
        """Insert an accepted suggestion; it is saved, and can be changed like any text."""
        box = self._halves[lang].box
        box.setFocus()
        box.insert_text(self._known[lang][1])
        box.left.emit()


class BilingualEditor(Editor):
    """A text in the two languages of the window, one beside the other; one of the two is enough.

    Further languages wait under a button, where papers are printed in them or a text is there.
    """

    wide = True

    def __init__(self, field: KindField, languages: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.pair = languages
        self.halves: dict[str, LanguageInput] = {}
        self._across, self._shown, self._read_only = 2, LANGUAGE_VIEWS[0], False
        self._grid = grid(across=theme.MARGIN, down=2)
        self.more: QToolButton | None = None
        """The button for further languages, where there are any."""
        self._unfolded = False
        self.finish_layout(self._grid)
        for lang in dict.fromkeys((*languages, *settings.load().paper_languages)):
            self._add(lang)
        self.ghosts = TermHints(self.halves, languages, self)
        self.ghosts.made.connect(lambda _: self._arrange())
        self._arrange()

    @property
    def texts(self) -> dict[str, LineEdit | TextEdit]:
        """The text box of each language."""
        return {lang: half.box for lang, half in self.halves.items()}

    def _add(self, lang: str) -> None:
        half = self.halves[lang] = LanguageInput(self.field, lang, self.mark, self)
        half.box.add_to_menu = lambda menu: self._fill_menu(half, menu)
        half.box.left.connect(self.commit)
        half.box.edited.connect(self.typing)
        self.add_box(half.box)
        if lang in self.pair:
            half.box.take_columns = lambda first, second: self._take_columns(lang, first, second)
        half.box.setReadOnly(self._read_only)
        if self._compact:
            half.make_compact()

    # -- places -----------------------------------------------------------------------------------

    def _seen_languages(self) -> list[str]:
        pair = {"both": self.pair, "first": self.pair[:1], "second": self.pair[1:]}[self._shown]
        return [*pair, *(self._further() if self._unfolded else [])]

    def _further(self) -> list[str]:
        return [lang for lang in LANGUAGES if lang in self.halves and lang not in self.pair]

    def _arrange(self) -> None:
        seen = self._seen_languages()
        for lang, half in self.halves.items():
            half.show(lang in seen)
        for number, lang in enumerate(seen):
            row, column = divmod(number, self._across)
            self.halves[lang].keep_off(theme.GAP if row else 0)
            self._grid.addWidget(self.halves[lang].head, 3 * row, column)
            self._grid.addWidget(self.halves[lang].box, 3 * row + 1, column)
            self._grid.setRowStretch(3 * row + 1, 1)
            if lang in self.ghosts.chips:
                self._grid.addWidget(self.ghosts.chips[lang], 3 * row + 2, column, Qt.AlignmentFlag.AlignLeft)
        self.ghosts.tidy()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(self._across == 2 and len(seen) > 1))
        if self._further():
            self._show_more(self.halves[seen[0]])

    def _show_more(self, half: LanguageInput) -> None:
        if self.more is None:
            by_mouse = Qt.FocusPolicy.NoFocus
            self.more = tool(f"{self.objectName()}.more", "chevron_right", "", self.unfold, self, focus=by_mouse)
        half.add_to_head(self.more)
        self.more.show()
        self.more.setIcon(icon("chevron_down" if self._unfolded else "chevron_right", 16))
        set_tool_tip(self.more, self._further_names())
        self.more.setAccessibleName(f"{self.field.label()}: {self._further_names()}")

    def _further_names(self) -> str:
        names = ", ".join(LANGUAGE_NAMES[lang] for lang in self._further())
        return tr("form", "Further languages: {languages}", languages=names)

    def unfold(self) -> None:
        """Show or hide the further languages."""
        self._unfolded = not self._unfolded
        self._arrange()

    def _fill_menu(self, half: LanguageInput, menu: QMenu) -> None:
        """Add the actions of the buttons above a box to its menu, for users who work with the keyboard."""
        if not self._read_only:
            half.fill_menu(menu)
        if self._further():
            add_choice(menu, self._further_names(), self.unfold, checked=self._unfolded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrowest = STACK_BELOW_COMPACT if self._compact else STACK_BELOW
        across = 2 if self.width() >= 2 * theme.px(narrowest) + self._grid.horizontalSpacing() else 1
        if across != self._across:
            self._across = across
            self._arrange()

    def set_read_only(self) -> None:
        self._read_only = True
        for half in self.halves.values():
            half.box.setReadOnly(True)

    def make_compact(self) -> None:
        self._compact = True
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(4)
        for half in self.halves.values():
            half.make_compact()

    # -- the two languages ------------------------------------------------------------------------

    def show_languages(self, shown: str) -> None:
        """Show both languages, the first or the second; the keyboard focus stays in the field."""
        focused = any(half.box.hasFocus() for half in self.halves.values())
        self._shown = shown if shown in LANGUAGE_VIEWS else LANGUAGE_VIEWS[0]
        self._arrange()
        if focused and not any(half.box.hasFocus() for half in self.halves.values()):
            self.halves[self._seen_languages()[0]].box.setFocus()

    def language_of_focus(self) -> str:
        """Return the language that has the keyboard focus; empty where this editor does not have it."""
        return next((lang for lang, half in self.halves.items() if half.box.hasFocus()), "")

    def other_language(self) -> bool:
        """Move to the same line in the other language. Return False where this editor does not have the focus."""
        here = self.language_of_focus()
        if not here:
            return False
        to = self.halves[self._beside(here)]
        line = self.halves[here].box.line_of_caret()
        if to.box.isHidden():
            self.show_languages("both")
        to.box.setFocus(Qt.FocusReason.OtherFocusReason)
        to.box.go_to_line(line)
        return True

    def open_states(self) -> bool:
        """Open the menu of statements about the focused text. Return False where this editor does not have the focus."""
        here = self.language_of_focus()
        if here:
            self.halves[here].open_menu()
        return bool(here)

    def _beside(self, lang: str) -> str:
        return self.pair[1] if lang == self.pair[0] else self.pair[0]

    def mark(self, lang: str, act: str) -> None:
        """Make a statement about the text in a language: one of ``states.ACTS``. It is an undo step of its own."""
        if self.commit():
            other = self._beside(lang)
            self.hand_on(FieldChange(self.field, [lambda current: said_of(current or Bilingual(), lang, act, other)]))

    def _take_columns(self, lang: str, first: str, second: str) -> None:
        """Fill both languages from two columns pasted into one; the Chinese column is known by its characters."""
        to = list(self.pair)
        if "zh" in to and is_chinese(first) != is_chinese(second) and is_chinese(first) != (to[0] == "zh"):
            to.reverse()
        line, whole = self.texts[lang].line_of_caret(), self.texts[lang].all_selected()
        for each, text in zip(to, (first, second), strict=True):
            box = self.texts[each]
            if whole:
                box.selectAll()
            elif each != lang:
                box.go_to_line(line)
            box.insert_text(as_pasted(text, one_line=box.one_line))
        self.commit()

    # -- values -----------------------------------------------------------------------------------

    def base_on(self, value: Any, seen: Seen) -> None:
        """Show the saved text in the languages nobody is typing in, so that older text is not written back."""
        typed = self._changed()
        super().base_on(value, seen)
        for lang in self.texts.keys() - typed.keys():
            self.texts[lang].put((value or Bilingual()).get(lang, ""))

    def _show(self, value: Any) -> None:
        held = value or Bilingual()
        came = [lang for lang in held if lang not in self.halves]
        for lang in came:
            self._add(lang)
        for half in self.halves.values():
            half.show_value(held)
        self.ghosts.tidy()
        if came:
            self._arrange()

    def _changed(self) -> dict[str, str | None]:
        """Return the texts that differ from the saved ones, by language."""
        held = self._saved or Bilingual()
        said = {lang: tidy(box.said()).strip() for lang, box in self.texts.items()}
        return {lang: text or None for lang, text in said.items() if text != held.get(lang, "")}

    def change(self) -> FieldChange | None:
        texts = self._changed()

        def put(current: Bilingual | None) -> Bilingual:
            """Return a change of the languages typed here only: somebody else may have written another one meanwhile."""
            value = current or Bilingual()
            for lang, text in texts.items():
                value = (value.put if self.field.meta.official else value.write)(lang, text)
            return value

        return FieldChange(self.field, [put]) if texts else None

    def typed_cells(self) -> dict[str, Json]:
        return {f"{self.field.name}.{lang}": text for lang, text in self._changed().items()}
