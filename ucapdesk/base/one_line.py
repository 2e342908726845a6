"""Cleans names chosen by strangers: one line, no line breaks, no characters that turn the text around."""

from __future__ import annotations

import unicodedata

MAX_LINE_CHARS = 60
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of invisible characters: controls, direction marks, line ends, surrogates."""


def one_line(text: str, longest: int = MAX_LINE_CHARS) -> str:
    """Return a text as one line of at most so many characters; a cut text ends in "…"."""
    seen = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in text[: 20 * longest])
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
