"""Words of the index for Chinese text: every two neighbouring characters, and the last one of a run.

A question for several characters asks for their pairs, of which few records hold each. Single ones would be in most records, and
the index would compare their places in all of them before it knows that they never meet. What stands between two
characters without being a letter or a figure counts for nothing: 张　伟 is found as 张伟.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ucapdesk.base.fold import HAN, HAN_RUN, fold_letters


@cache
def _spans() -> re.Pattern[str]:
    """Return the pattern of a run of characters; not made at the start, since it takes long and most commands search nothing."""
    return re.compile(rf"[{HAN}](?:[\W_]*[{HAN}])*")


def indexed_words(text: str) -> str:
    """Return the words of a text as the index holds them."""
    text = fold_letters(text)
    return text if text.isascii() else _spans().sub(lambda span: f" {' '.join(_pairs(span[0]))} ", text)


def _pairs(span: str) -> list[str]:
    characters = "".join(HAN_RUN.findall(span))
    return [*map("".join, pairwise(characters)), characters[-1]]


def asked_words(text: str) -> tuple[str, bool]:
    """Return the words by which a text is asked for, and whether the last of them is only begun.

    Behind the last character of what is typed another may stand.
    """
    words = indexed_words(text).split()
    if not words or not HAN_RUN.match(words[-1]):
        return " ".join(words), False
    if len(words) > 1 and HAN_RUN.match(words[-2]):
        return " ".join(words[:-1]), False
    return " ".join(words), True
