"""Words for types of programme items in a typed line, in the languages of the window, and the titles they give.

Longer words stand before shorter ones of which they are part. A point that is named by such a word alone has it as its
title in both languages; the Chinese ones are drafts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ucapdesk.base.phrases import typed
from ucapdesk.model.codes import code_label, codes

ITINERARY_KINDS = "itinerary_kind"


class KindWord(NamedTuple):
    """A word, the type it stands for, and the title of an item named by it alone."""

    word: str
    kind: str
    en: str
    zh: str


def _of_list() -> Iterator[KindWord]:
    """Yield the labels of the code list, and all other spellings."""
    for code in codes(ITINERARY_KINDS):
        en, zh = (code_label(ITINERARY_KINDS, code, lang) for lang in ("en", "zh"))
        for spelling in codes(ITINERARY_KINDS)[code].spellings:
            yield KindWord(spelling.casefold().replace("_", " "), code, en, zh)


def _typed(name: str) -> Iterator[KindWord]:
    """Yield the words of ``resources/phrases``, each with its type and titles."""
    return (KindWord(word, *said) for word, said in typed(name).items())


_BY_WORD = {each.word: each for each in (*_of_list(), *_typed("programme"), *_typed("rides"))}
WORDS = tuple(sorted(_BY_WORD.values(), key=lambda each: -len(each.word)))
"""All words, the longest first."""
RIDES = frozenset(typed("rides"))
"""Words that stand for a ride only where they are alone or a way follows: “tram depot” and “plans for the metro” are subjects."""

VEHICLES = frozenset(typed("vehicles"))
"""Words that stand for a ride unless another word says what of it is meant: “bus factory”, “flight academy”, 火车站."""
_OF = re.compile(r"\b(?:of|of the|for|di|del|della|dei|de|de la|del|für|der|des|von)\s+$")


def first_kind(text: str) -> KindWord | None:
    """Return the word for a type with which a text begins, whole; the text is narrow and in lower case."""
    return next((each for each in WORDS if text.startswith(each.word) and _ends(text, len(each.word))), None)


def any_kind(text: str, rides: Callable[[str], bool] = bool) -> KindWord | None:
    """Return the last word for a type anywhere in a text: ``welcome dinner`` is a meal, ``发改委圆桌会议`` a meeting.

    ``rides`` tells whether the words behind a vehicle are those of a ride.
    """
    found = [
        (at.end(), -at.start(), each)
        for each in WORDS
        if each.word not in RIDES
        for at in re.finditer(re.escape(each.word), text)
        if _ends(text, at.end()) and (at.start() == 0 or not _glued(text[at.start() - 1], text[at.start()]))
        if each.word not in VEHICLES or (rides(text[at.end() :]) and not _OF.search(text[: at.start()]))
    ]
    return max(found, key=lambda place: place[:2])[2] if found else None


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not _glued(text[at - 1], text[at])


def _glued(one: str, other: str) -> bool:
    """Return whether two letters belong to one word: only Latin letters and figures do."""
    return all(sign.isalnum() and ord(sign) < 0x2E80 for sign in (one, other))
