"""Shows two versions of a text as one, with deletions struck out and insertions underlined."""

from __future__ import annotations

import difflib
import re
from html import escape

from ucapdesk.ui.toolkit import theme

_PIECE = re.compile(r"[\u3400-\u9fff]|\w+|\s+|[^\w\s]")
"""Pieces of a text: single Han characters, other words whole."""
AT_MOST = 4000
"""Maximum number of pieces compared; longer texts are shown whole, one after the other."""


def marked(before: str, after: str) -> str:
    """Return the HTML of both texts in one."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) + len(new) > AT_MOST:
        return _went(before) + "<br>" + _came(after)
    said = []
    for how, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            said.append(_lines("".join(old[a:b])))
        else:
            said += [_went("".join(old[a:b])), _came("".join(new[c:d]))]
    return "".join(said)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _went(text: str) -> str:
    """Mark a deletion; strikeout and underline tell it without colour."""
    t = theme.tokens()
    return f'<s style="color: {t.error}; background-color: {t.error_tint}">{_lines(text)}</s>' if text else ""


def _came(text: str) -> str:
    t = theme.tokens()
    return f'<u style="color: {t.ok}; background-color: {t.ok_tint}">{_lines(text)}</u>' if text else ""
