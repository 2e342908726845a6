"""Merging a long text that two people changed at once, sentence by sentence, or not at all.

``text3`` (version 1) is frozen: every desk must come to the same text. It never joins halves of a word or of a
number, keeps every sentence either side added, and gives up where both touched the same or neighbouring sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

# A full stop ends a sentence only before a space: "3.5" and "1.234.567" are never cut.
_END = re.compile(r"[.!?]+(?=\s)[^\S\n]*|[。！？]+|\n")

# Maximum number of equal pieces of both texts that are compared; part of version 1, so that all desks give up alike.
MOST_PAIRS = 100_000

MOST_TOKENS = 4_000  # Maximum number of pieces of both texts that are searched for a common part: about a second

Edit = tuple[int, int, tuple[str, ...]]  # An edit: tokens start:end of the base are replaced by these


def tokens(text: str) -> list[str]:
    """Return sentences with their ends, and line ends on their own; joined they are the text again."""
    found, at = [], 0
    for end in _END.finditer(text):
        if end[0] == "\n" and end.start() > at:
            found.append(text[at : end.start()])
            at = end.start()
        found.append(text[at : end.end()])
        at = end.end()
    return [*found, text[at:]] if at < len(text) else found


def _edits(base: list[str], new: list[str]) -> list[Edit] | None:
    """Return how one text became the other; None where too many repetitions would make that too slow."""
    head = next((i for i, (x, y) in enumerate(zip(base, new, strict=False)) if x != y), min(len(base), len(new)))
    rest = min(len(base), len(new)) - head
    tail = next((i for i in range(rest) if base[-1 - i] != new[-1 - i]), rest)
    old, now = base[head : len(base) - tail], new[head : len(new) - tail]
    blocks = _in_order(old, now)
    if blocks is None:
        often = Counter(old)
        if len(old) + len(now) > MOST_TOKENS or sum(often[token] for token in now) > MOST_PAIRS:
            return None
        blocks = [(i, k, n) for i, k, n in SequenceMatcher(None, old, now, autojunk=False).get_matching_blocks() if n]
    found, i, k = list[Edit](), 0, 0
    for at, other, length in (*blocks, (len(old), len(now), 0)):
        if (i, k) != (at, other):
            found.append((i + head, at + head, tuple(now[k:other])))
        i, k = at + length, other + length
    return found


def _in_order(old: list[str], new: list[str]) -> list[tuple[int, int, int]] | None:
    """Return the common pieces of two texts, where no sentence occurs twice and none has moved.

    The same as any search for them finds, but in one pass; None where one has to search.
    """
    places = {token: at for at, token in enumerate(new)}
    common = [(at, places[token]) for at, token in enumerate(old) if token in places]
    once = len(places) == len(new) and len({k for _, k in common}) == len(common)
    if not once or any(one[1] > two[1] for one, two in pairwise(common)):
        return None
    blocks = list[tuple[int, int, int]]()
    for i, k in common:
        at, other, length = blocks[-1] if blocks else (-1, -1, 0)
        if blocks and (i, k) == (at + length, other + length):
            blocks[-1] = at, other, length + 1
        else:
            blocks.append((i, k, 1))
    return blocks


def text3(base: str, a: str, b: str) -> str | None:
    """Return both changes merged into one text; None where they touch. Symmetric in ``a`` and ``b``."""
    if b in (a, base):
        return a
    if a == base:
        return b
    old = tokens(base)
    ours, theirs = _edits(old, tokens(a)), _edits(old, tokens(b))
    if ours is None or theirs is None:
        return None
    if _touch(ours, theirs):
        return None
    merged, at = list[str](), 0
    for start, end, new in sorted({*ours, *theirs}):
        merged += (*old[at:start], *new)
        at = end
    return "".join((*merged, *old[at:]))


def _touch(ours: list[Edit], theirs: list[Edit]) -> bool:
    """Return whether two different changes concern the same or neighbouring places; those of one side never touch."""
    i = k = 0
    while i < len(ours) and k < len(theirs):
        one, two = ours[i], theirs[k]
        if one[0] <= two[1] and two[0] <= one[1]:
            if one != two:
                return True
            i, k = i + 1, k + 1
        elif one[1] < two[0]:
            i += 1
        else:
            k += 1
    return False
