"""The editor of a bilingual text: two languages side by side or stacked, and further languages where they are wanted.

Each language has its label in that language, a chip with its translation state, and the text box. Words that the glossary says otherwise are marked while they are typed, with a chip that takes the other word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton, QTextEdit, QToolButton, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, Message, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.cells import tidy
from ucapdesk.services import Desk
from ucapdesk.services.translations.translations import Term, avoided
from ucapdesk.ui.fields.editor import Editor, Seen, field_head
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import grid, grow, row
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit, as_pasted, is_chinese
from ucapdesk.ui.toolkit.widgets import add_choice, button, cut, icon, named, set_tool_tip, set_up, temporary_menu, tool


class StateMark(NamedTuple):
    """The look of a state: a sign and a word, so that nobody depends on its colour; ``tip`` says more."""

    sign: str
    word: Message
    role: str
    tip: Message


# The states that are shown; in any other state the text is as it should be.
STATE_MARKS = {
    "missing": StateMark(
        "○",
        Message("state", "Missing"),
        "gap",
        Message("state", "There is no text in this language yet. Press if none is needed."),
    ),
    "outdated": StateMark(
        "△",
        Message("state", "Outdated"),
        "gap",
        Message("state", "The other language was changed since. Press to confirm that this text is still right."),
    ),
    "draft": StateMark(
        "◇",
        Message("state", "Draft"),
        "draft",
        Message("state", "Nobody has reviewed this text yet. Press to confirm it."),
    ),
    "same": StateMark(
        "=",
        Message("state", "Same"),
        "draft",
        Message("state", "It is the same in both languages. Press to change that."),
    ),
    "not_needed": StateMark(
        "–",
        Message("state", "Not needed"),
        "draft",
        Message("state", "No text is needed in this language. Press to ask for one."),
    ),
}

# The statements about a text that menus offer.
ACTS = {
    "still_right": Message("state", "Still right"),
    "reviewed": Message("state", "Confirm this text"),
    "same": Message("state", "Same in both languages (=)"),
    "not_needed": Message("state", "Not needed in this language"),
    "needed": Message("state", "Needed in this language"),
}


def possible_statements(value: Bilingual, lang: str) -> list[str]:
    """Return the statements that apply to a text now, in the order of ``ACTS``."""
    state = value.state(lang) if value else ""
    can = {
        "still_right": state == "outdated",
        "reviewed": state == "draft",
        "same": state != "same" and bool(value),
        "not_needed": state == "missing",
        "needed": state == "not_needed",
    }
    return [act for act in ACTS if can[act]]


def with_statement(value: Bilingual, lang: str, act: str, other: str) -> Bilingual:
    """Return the texts after a statement about one of them; ``other`` is the language beside it."""
    if act == "still_right":
        return value.still_right(lang)
    if act == "needed":
        return value.unmark(lang)
    if act == "same":
        to, of = (lang, other) if value.get(other) else (other, lang)
        return value.put(to, value.get(of)).mark(to, "same", of)
    return value.mark(lang, act)


HEAD_PX = 24  # height of the head, the same with and without a chip, so that a new state moves nothing


class LanguageInput:
    """One of the languages of a text: ``head`` and ``box`` stand in rows of the editor's grid, the heads side by side.

    The chip is pressed with the mouse. The same menu opens from the box with the menu key, and its commands stand in the
    Record menu: between two boxes there is no other stop for Tab.
    """

    def __init__(self, field: KindField, lang: str, mark: Callable[[str, str], None], parent: QWidget) -> None:
        self.lang, self._mark, self._compact = lang, mark, False
        self._value, self._untranslated = Bilingual(), field.meta.untranslated
        self.name = f"{field.label()} · {LANGUAGE_NAMES[lang]}"
        self.box: LineEdit | TextEdit = TextEdit(parent) if field.meta.long else LineEdit(parent)
        named(self.box, f"field.{field.name}.{lang}", self.name)
        self.box.speak(lang)
        self.head = QWidget(parent)
        self._chip: QPushButton | None = None
        self._row = row(grow(field_head(field, self.head, text=self.name)), on=self.head)
        self.keep_off(0)

    @property
    def chip(self) -> QPushButton:
        if self._chip is None:
            self._chip = button(f"{self.box.objectName()}.state", "", self.open_menu, parent=self.head)
            self._chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self.box.isReadOnly())
            self._chip.hide()
            self._row.addWidget(self._chip)
        return self._chip

    def keep_off(self, gap: int) -> None:
        self._row.setContentsMargins(0, gap, 0, 0)
        self.head.setMinimumHeight(theme.px(HEAD_PX) + gap)

    def show(self, shown: bool) -> None:
        self.head.setVisible(shown and not self._compact)
        self.box.setVisible(shown)

    def make_compact(self) -> None:
        """Show the box alone; its placeholder names the language."""
        self._compact = True
        self.head.hide()
        self.box.setPlaceholderText(LANGUAGE_NAMES[self.lang])
        if isinstance(self.box, TextEdit):
            self.box.make_low()

    def add_to_head(self, widget: QWidget) -> None:
        if self._row.indexOf(widget) < 0:
            self._row.insertWidget(1, widget)

    def show_value(self, value: Bilingual) -> None:
        self._value = value
        self.box.put(value.get(self.lang, ""))
        state = value.state(self.lang) if value else ""
        mark = None if state == "missing" and self._untranslated else STATE_MARKS.get(state)
        self.box.setAccessibleDescription(code_label("translation_states", state) if mark else "")
        if mark is not None or self._chip is not None:
            self.chip.setVisible(mark is not None)
        if mark:
            self.chip.setText(f"{mark.sign} {mark.word.say()}")
            set_tool_tip(self.chip, mark.tip.say())  # a screen reader reads it after the name
            self.chip.setAccessibleName(f"{self.name}: {mark.word.say()}")
            theme.role(self.chip, mark.role)

    def make_menu(self) -> QMenu:
        menu = temporary_menu(self.head)
        self.fill_menu(menu)
        return menu

    def open_menu(self) -> None:
        """Open the menu under the chip, or over the box where there is no chip."""
        shown = self._chip is not None and not self._chip.isHidden()
        at = self.chip.mapToGlobal(QPoint(0, self.chip.height())) if shown else self.box.mapToGlobal(QPoint())
        if not self.box.isReadOnly():
            self.make_menu().popup(at)

    def fill_menu(self, menu: QMenu) -> None:
        for act in possible_statements(self._value, self.lang):
            add_choice(menu, ACTS[act].say(), partial(self._mark, self.lang, act), name=f"state.{act}")


STACK_BELOW, STACK_BELOW_COMPACT = 280, 150  # column widths below which the two languages are stacked
LANGUAGE_VIEWS = ("both", "first", "second")  # which of the two languages are shown
COUNTERPART_DELAY_MS = 300  # milliseconds without a key before a counterpart is looked up
MAX_SUGGESTION_CHARS = 41
# A function (text, language, other language) that returns the counterpart of a term, empty if none is known.
Counterpart = Callable[[str, str, str], str]


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

    def __init__(self, inputs: dict[str, LanguageInput], pair: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.counterpart: Counterpart = lambda *_: ""
        self._inputs, self._pair, self._parent = inputs, pair, parent
        # By language: the text of the other language and its counterpart in this one.
        self._known = dict.fromkeys(pair, ("", ""))
        self._rest = single_shot(self, COUNTERPART_DELAY_MS, self.look)
        self.chips: dict[str, QPushButton] = {}
        for lang in pair:
            inputs[lang].box.edited.connect(self._edited)

    def _chip(self, lang: str) -> QPushButton:
        if lang not in self.chips:
            self.chips[lang] = set_up(
                HintChip(self._parent), f"{self._inputs[lang].box.objectName()}.use", lambda: self._take(lang), "chip"
            )
            self.chips[lang].hide()
            self.made.emit(lang)
        return self.chips[lang]

    def _edited(self) -> None:
        """Drop the suggestion for the previous text and look up one for the new text after a pause."""
        self.tidy()
        self._rest.start()

    def look(self) -> None:
        self.tidy(look=True)

    def tidy(self, *, look: bool = False) -> None:
        for source, target in (self._pair, self._pair[::-1]):
            box, said = self._inputs[target].box, self._inputs[source].box.said().strip()
            free = look and not self._inputs[source].box.composing and not box.said().strip() and not box.isReadOnly()
            if said and free and self._known[target][0] != said:
                self._known[target] = (said, self.counterpart(said, source, target))
            of, found = self._known[target]
            fits = bool(found) and said == of and not box.isHidden() and not box.said().strip()
            if not fits and target not in self.chips:
                continue
            chip = self._chip(target)
            if fits:
                chip.setText(tr("form", "Use: {text}", text=cut(found, MAX_SUGGESTION_CHARS).replace("&", "&&")))
                chip.setAccessibleName(f"{self._inputs[target].name}: {tr('form', 'Use: {text}', text=found)}")
            elif chip.hasFocus():
                box.setFocus()
            chip.setVisible(fits)

    def _take(self, lang: str) -> None:
        """Insert an accepted suggestion; it is saved, and can be changed like any text."""
        box = self._inputs[lang].box
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
        self.inputs: dict[str, LanguageInput] = {}
        self._across, self._shown, self._read_only = 2, LANGUAGE_VIEWS[0], False
        self._grid = grid(across=theme.MARGIN, down=2)
        self.more: QToolButton | None = None  # the button for further languages, where there are any
        self._unfolded = False
        self.finish_layout(self._grid)
        for lang in dict.fromkeys((*languages, *settings.load().paper_languages)):
            self._add(lang)
        self.hints = TermHints(self.inputs, languages, self)
        self.hints.made.connect(lambda _: self._arrange())
        self._arrange()

    @property
    def texts(self) -> dict[str, LineEdit | TextEdit]:
        return {lang: each.box for lang, each in self.inputs.items()}

    def _add(self, lang: str) -> None:
        entry = self.inputs[lang] = LanguageInput(self.field, lang, self.mark, self)
        entry.box.add_to_menu = lambda menu: self._fill_menu(entry, menu)
        entry.box.left.connect(self.commit)
        entry.box.edited.connect(self.typing)
        self.add_box(entry.box)
        if lang in self.pair:
            entry.box.take_columns = lambda first, second: self._take_columns(lang, first, second)
        entry.box.setReadOnly(self._read_only)
        if self._compact:
            entry.make_compact()

    # -- places -----------------------------------------------------------------------------------

    def _seen_languages(self) -> list[str]:
        pair = {"both": self.pair, "first": self.pair[:1], "second": self.pair[1:]}[self._shown]
        return [*pair, *(self._further() if self._unfolded else [])]

    def _further(self) -> list[str]:
        return [lang for lang in LANGUAGES if lang in self.inputs and lang not in self.pair]

    def _arrange(self) -> None:
        seen = self._seen_languages()
        for lang, each in self.inputs.items():
            each.show(lang in seen)
        for number, lang in enumerate(seen):
            row, column = divmod(number, self._across)
            self.inputs[lang].keep_off(theme.GAP if row else 0)
            self._grid.addWidget(self.inputs[lang].head, 3 * row, column)
            self._grid.addWidget(self.inputs[lang].box, 3 * row + 1, column)
            self._grid.setRowStretch(3 * row + 1, 1)
            if lang in self.hints.chips:
                self._grid.addWidget(self.hints.chips[lang], 3 * row + 2, column, Qt.AlignmentFlag.AlignLeft)
        self.hints.tidy()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(self._across == 2 and len(seen) > 1))
        if self._further():
            self._show_more(self.inputs[seen[0]])

    def _show_more(self, entry: LanguageInput) -> None:
        if self.more is None:
            self.more = tool(
                f"{self.objectName()}.more", "chevron_right", "", self.unfold, self, focus=Qt.FocusPolicy.NoFocus
            )
        entry.add_to_head(self.more)
        self.more.show()
        self.more.setIcon(icon("chevron_down" if self._unfolded else "chevron_right", 16))
        set_tool_tip(self.more, self._further_names())
        self.more.setAccessibleName(f"{self.field.label()}: {self._further_names()}")

    def _further_names(self) -> str:
        names = ", ".join(LANGUAGE_NAMES[lang] for lang in self._further())
        return tr("form", "Further languages: {languages}", languages=names)

    def unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._arrange()

    def _fill_menu(self, entry: LanguageInput, menu: QMenu) -> None:
        """Add the actions of the buttons above a box to its menu, for users who work with the keyboard."""
        if not self._read_only:
            entry.fill_menu(menu)
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
        for each in self.inputs.values():
            each.box.setReadOnly(True)

    def make_compact(self) -> None:
        self._compact = True
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(4)
        for each in self.inputs.values():
            each.make_compact()

    # -- the two languages ------------------------------------------------------------------------

    def show_languages(self, shown: str) -> None:
        """Show both languages, the first or the second; the keyboard focus stays in the field."""
        focused = any(each.box.hasFocus() for each in self.inputs.values())
        self._shown = shown if shown in LANGUAGE_VIEWS else LANGUAGE_VIEWS[0]
        self._arrange()
        if focused and not any(each.box.hasFocus() for each in self.inputs.values()):
            self.inputs[self._seen_languages()[0]].box.setFocus()

    def language_of_focus(self) -> str:
        """Return the language that has the keyboard focus; empty where this editor does not have it."""
        return next((lang for lang, each in self.inputs.items() if each.box.hasFocus()), "")

    def other_language(self) -> bool:
        """Move to the same line in the other language. Return False where this editor does not have the focus."""
        here = self.language_of_focus()
        if not here:
            return False
        to = self.inputs[self._beside(here)]
        line = self.inputs[here].box.line_of_caret()
        if to.box.isHidden():
            self.show_languages("both")
        to.box.setFocus(Qt.FocusReason.OtherFocusReason)
        to.box.go_to_line(line)
        return True

    def open_states(self) -> bool:
        """Open the menu of statements about the focused text. Return False where this editor does not have the focus."""
        here = self.language_of_focus()
        if here:
            self.inputs[here].open_menu()
        return bool(here)

    def _beside(self, lang: str) -> str:
        return self.pair[1] if lang == self.pair[0] else self.pair[0]

    def mark(self, lang: str, act: str) -> None:
        """Make a statement about the text in a language: one of ``states.ACTS``. It is an undo step of its own."""
        if self.commit():
            other = self._beside(lang)
            self.hand_on(
                FieldChange(self.field, [lambda current: with_statement(current or Bilingual(), lang, act, other)])
            )

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
        came = [lang for lang in held if lang not in self.inputs]
        for lang in came:
            self._add(lang)
        for each in self.inputs.values():
            each.show_value(held)
        self.hints.tidy()
        if came:
            self._arrange()

    def _changed(self) -> dict[str, str | None]:
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


REST = 300  # milliseconds without a key before the glossary is asked
MAX_TERM_CHARS = 31  # number of characters of each word that the chip shows


class TermMarks(QObject):
    def __init__(self, inputs: Mapping[str, LanguageInput], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._inputs, self._desk = inputs, desk
        self.chips: dict[str, QPushButton] = {}
        self._first: dict[str, Term] = {}
        rest = single_shot(self, REST, self.look)
        for each in inputs.values():
            each.box.edited.connect(rest.start)

    def look(self) -> None:
        for lang, each in self._inputs.items():
            said = each.box.said()
            if not each.box.composing and not each.box.isReadOnly():
                self._show(lang, avoided(self._desk, said, lang) if said.strip() else [])

    def _show(self, lang: str, words: list[Term]) -> None:
        entry = self._inputs[lang]
        if words or lang in self.chips:
            chip = self._chip(lang)
            chip.setVisible(bool(words))
        if isinstance(entry.box, TextEdit):
            entry.box.setExtraSelections([mark for term in words for mark in _underlined(entry.box, term.source)])
        if words:
            self._first[lang] = words[0]
            used, right = words[0].source, words[0].target
            short = {"used": cut(used, MAX_TERM_CHARS), "right": cut(right, MAX_TERM_CHARS)}
            chip.setText(tr("form", "“{used}” → “{right}”", **short).replace("&", "&&"))
            whole = tr("form", "The glossary says “{right}”, not “{used}”. Press to use it.", used=used, right=right)
            chip.setAccessibleName(f"{entry.name}: {whole}")
            set_tool_tip(chip, whole)

    def _chip(self, lang: str) -> QPushButton:
        if lang not in self.chips:
            entry = self._inputs[lang]
            self.chips[lang] = button(
                f"{entry.box.objectName()}.term", "", lambda: self._take(lang), "chip", parent=entry.head
            )
            entry.add_to_head(self.chips[lang])
        return self.chips[lang]

    def _take(self, lang: str) -> None:
        box, term = self._inputs[lang].box, self._first[lang]
        box.setFocus()
        box.selectAll()
        box.insert_text(re.sub(re.escape(term.source), lambda _: term.target, box.said(), flags=re.IGNORECASE))
        self.look()


def _underlined(box: TextEdit, word: str) -> list[QTextEdit.ExtraSelection]:
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
