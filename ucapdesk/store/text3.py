"""Merging a long text that two people changed at once, sentence by sentence, or not at all.

``text3`` (version 1) is frozen: every desk must come to the same text. It never joins halves of a word or of a
number, keeps every sentence either side added, and gives up where both touched the same or neighbouring sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

# A full stop ends a sentence only before a space: "3.5" and "1.234.567" are never cut.
_END = re.compile(r"[.!?]+(?=\s)[^\S\n]*|[。！？]+|\n")

MOST_PAIRS = 100_000
"""Equal pieces of both texts that are compared at most; part of version 1, so that all desks give up alike."""

Edit = tuple[int, int, tuple[str, ...]]
"""Tokens start:end of the base are replaced by these."""


def tokens(text: str) -> list[str]:
    """Sentences with their ends, and line ends on their own; joined they are the text again."""
    found, at = [], 0
    for end in _END.finditer(text):
        if end[0] == "\n" and end.start() > at:
            found.append(text[at : end.start()])
            at = end.start()
        found.append(text[at : end.end()])
        at = end.end()
    return [*found, text[at:]] if at < len(text) else found


def _edits(base: list[str], new: list[str]) -> list[Edit] | None:
    """How one text became the other; None where so much repeats itself that it would take too long to tell."""
    head = next((i for i, (x, y) in enumerate(zip(base, new, strict=False)) if x != y), min(len(base), len(new)))
    rest = min(len(base), len(new)) - head
    tail = next((i for i in range(rest) if base[-1 - i] != new[-1 - i]), rest)
    old, now = base[head : len(base) - tail], new[head : len(new) - tail]
    often = Counter(old)
    if sum(often[token] for token in now) > MOST_PAIRS:
        return None
    matcher = SequenceMatcher(None, old, now, autojunk=False)
    opcodes = matcher.get_opcodes()
    return [(i + head, j + head, tuple(now[k:m])) for tag, i, j, k, m in opcodes if tag != "equal"]


def text3(base: str, a: str, b: str) -> str | None:
    """Both changes in one text; None where they touch. Symmetric in ``a`` and ``b``."""
    if b in (a, base):
        return a
    if a == base:
        return b
    old = tokens(base)
    ours, theirs = _edits(old, tokens(a)), _edits(old, tokens(b))
    if ours is None or theirs is None:
        return None
    for start, end, new in ours:
        for start2, end2, new2 in theirs:
            if (start, end, new) != (start2, end2, new2) and start <= end2 and start2 <= end:
                return None
    merged, at = "", 0
    for start, end, new in sorted({*ours, *theirs}):
        merged += "".join(old[at:start]) + "".join(new)
        at = end
    return merged + "".join(old[at:])
