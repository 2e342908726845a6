"""Chinese family names, in characters and in pinyin: they tell that a name is Chinese, and where its family name ends."""

from __future__ import annotations

import re

from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import resource
from ucapdesk.base.pinyin import SYLLABLE, toneless

_LISTED = loads(resource("han/surnames.json").read_text(encoding="utf-8"))
COMPOUND = frozenset(_LISTED["compound"].split())
"""Family names of two characters."""
_SURNAMES = frozenset(_LISTED["spellings"].split())
"""The hundred commonest family names and some two-syllable ones, by spelling (one spelling may be several names)."""
# No name is longer; a pattern of syllables must not be tried on endless words.
_LONGEST = 16


def plain(word: str) -> str:
    """Return a word of a name as its letters are compared: without tones, apostrophes and hyphens."""
    return re.sub("['’\u2018ʼ-]", "", toneless(word.casefold()))


def is_pinyin(word: str) -> bool:
    """Return whether the whole word can be read as pinyin syllables."""
    return len(word) <= _LONGEST and re.fullmatch(f"{SYLLABLE}+", plain(word)) is not None


def is_surname(word: str) -> bool:
    """Return whether the word spells one of the common Chinese family names."""
    return plain(word) in _SURNAMES
