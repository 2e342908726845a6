"""Names that strangers chose, cut to one line in which nothing hides: no breaks, no signs that turn the rest round."""

from __future__ import annotations

import unicodedata

LONGEST = 60
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that only work on others: controls, those that change the direction, ends of lines, halves."""


def one_line(text: str, longest: int = LONGEST) -> str:
    """A text as one line of so many characters at most; what was cut off shows as "…"."""
    seen = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in text[: 20 * longest])
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
