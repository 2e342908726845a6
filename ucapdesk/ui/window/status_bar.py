"""The status bar: the last action on the left; the user's name and the languages on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QStatusBar, QWidget

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, language
from ucapdesk.base.settings import system_language
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import MAX_TITLE_CHARS, cut, cut_sentence
from ucapdesk.ui.toolkit.eliding import ElidedLabel
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS

EDGES = 18
"""Pixels of border and padding of a quiet button, on both sides together."""
MAX_NAME_CHARS = 24
"""Of the user's name; the bar must fit into the narrowest window."""


def _languages() -> list[str]:
    """Return the languages of most colleagues, of the window and of the computer; the menu View has all."""
    near = {"en", "zh", language(), system_language()}
    return [lang for lang in INTERFACE_LANGUAGES if lang in near]


class StatusBar(QStatusBar):
    """One line; its language buttons help somebody who cannot read the rest of the window."""

    def __init__(self, person: str, do: Callable[[str], None], parent: QWidget | None = None) -> None:
        """``do`` runs a command, by its name."""
        super().__init__(parent)
        self._state = named(ElidedLabel(parent=self), "state", role="status")
        self.addWidget(self._state, 1)
        if person:
            shown = label(cut(person, MAX_NAME_CHARS), "status", wrap=False, parent=self)
            set_tool_tip(shown, person)
            self.addPermanentWidget(shown)
        group = QButtonGroup(self)
        for lang in _languages():
            name, go = f"language.{lang}", partial(do, LANGUAGE_COMMANDS[lang])
            made = button(name, LANGUAGE_NAMES[lang], go, "quiet", checked=lang == language(), parent=self)
            made.setProperty("level", "low")
            bold = made.font()
            bold.setBold(True)  # as the language in use is drawn; Qt leaves room for the others only
            made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(made.text()) + EDGES)
            group.addButton(made)
            self.addPermanentWidget(made)

    def say(self, sentence: str) -> None:
        """Show what was done."""
        self._state.setText(cut_sentence(sentence, MAX_TITLE_CHARS))
        set_tool_tip(self._state, sentence)  # for the label cuts what is left where there is no room
