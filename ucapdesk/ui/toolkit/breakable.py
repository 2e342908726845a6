"""Makes long words breakable: a word longer than any line would push everything out of the window."""

from __future__ import annotations

import re

# Chinese breaks anywhere by itself
_LONG = re.compile("([^\\s\u2e80-\u9fff\uff00-\uffef]{20})(?=\\S)")


def breakable(text: str) -> str:
    """Return the text with a zero-width break opportunity every twenty characters of a word."""
    return _LONG.sub("\\1\u200b", text)
