"""The one rule by which texts of any length are cut where only a sentence has room; the whole text is the tooltip.

A title within a sentence keeps 80 characters, so that the sentence itself is read whole; a sentence keeps 240.
"""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel

from ucapdesk.ui.toolkit.plain_text import set_tool_tip

MAX_TITLE_CHARS, MAX_SENTENCE_CHARS = 80, 240
QUOTED = re.compile("(?<=[“„«])[^“”„«»]+(?=[”“»])")
"""A title in a sentence of any language of the window."""


def cut(text: str, most: int = MAX_TITLE_CHARS) -> str:
    """Return a text of at most so many characters; one that was cut ends in "…"."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_sentence(sentence: str, most: int = MAX_SENTENCE_CHARS) -> str:
    """Return a sentence, first the titles quoted in it cut, then itself: what it says of them stands at its end."""
    return cut(QUOTED.sub(lambda found: cut(found[0]), sentence), most)


def show_sentence(label: QLabel, sentence: str) -> None:
    """Show a sentence on a label, cut where it is long, with all of it as the tooltip."""
    shown = cut_sentence(sentence)
    label.setText(shown)
    set_tool_tip(label, sentence if shown != sentence else "")
