"""One language of a bilingual editor: its label in that language, a chip with its translation state, and the text box."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Bilingual
from ucapdesk.ui.fields.field_states import ACTS, STATE_MARKS, possible
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.layout_builder import grow, row
from ucapdesk.ui.toolkit.menu_choice import add_choice, passing_menu
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip

HEAD_PX = 24
"""Height of the head, the same with and without a chip, so that a new state moves nothing."""


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
        """The chip; most texts never need one."""
        if self._chip is None:
            self._chip = button(f"{self.box.objectName()}.state", "", self.open_menu, parent=self.head)
            self._chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self.box.isReadOnly())
            self._chip.hide()
            self._row.addWidget(self._chip)
        return self._chip

    def keep_off(self, gap: int) -> None:
        """Keep a distance from the row above."""
        self._row.setContentsMargins(0, gap, 0, 0)
        self.head.setMinimumHeight(theme.px(HEAD_PX) + gap)

    def show(self, shown: bool) -> None:
        """Show or hide this language."""
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
        """Add a widget after the label."""
        if self._row.indexOf(widget) < 0:
            self._row.insertWidget(1, widget)

    def show_value(self, value: Bilingual) -> None:
        """Show the saved text and its translation state."""
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
        """Return a menu of the statements one can make about the text now."""
        menu = passing_menu(self.head)
        self.fill_menu(menu)
        return menu

    def open_menu(self) -> None:
        """Open the menu under the chip, or over the box where there is no chip."""
        shown = self._chip is not None and not self._chip.isHidden()
        at = self.chip.mapToGlobal(QPoint(0, self.chip.height())) if shown else self.box.mapToGlobal(QPoint())
        if not self.box.isReadOnly():
            self.make_menu().popup(at)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the statements one can make about the text now to a menu."""
        for act in possible(self._value, self.lang):
            add_choice(menu, ACTS[act].say(), partial(self._mark, self.lang, act), name=f"state.{act}")
