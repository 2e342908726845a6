"""Labels that wrap: a word longer than any line must break somewhere too, or it pushes everything out of the window."""

from __future__ import annotations

import re

# Chinese breaks anywhere by itself
_LONG = re.compile("([^\\s\u2e80-\u9fff\uff00-\uffef]{20})(?=\\S)")


def breakable(text: str) -> str:
    """The text with a place to break, of no width, every twenty characters of a word."""
    return _LONG.sub("\\1\u200b", text)
