"""Words of the index that differ from a typed one by a letter: one too many, one missing, another one, or two changed round.

The index has no list of its words that is quick to read, so it is asked for every spelling a slip may have come from: some
four hundred for a word of seven letters, fifty in one question, which takes less than a millisecond.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from ucapdesk.base.pinyin import SYLLABLE, spellings
from ucapdesk.store.workspace.connection import driver_of

MIN_WORD_CHARS = 4
"""Letters of a word that may be mistyped; of shorter ones every second is another."""
MAX_WORD_CHARS = 24
MAX_NEAR_WORDS = 6
"""So many words of a question may be mistyped; a whole text that is pasted is no question of somebody who slipped."""
MOST_SPOKEN = 24
_LETTERS = string.ascii_lowercase


def fits(word: str) -> bool:
    """Return whether a word may be mistyped."""
    return MIN_WORD_CHARS <= len(word) <= MAX_WORD_CHARS and word.isascii() and word.isalpha()


def distance(typed: str, title: str) -> int:
    """Return how far a title is from folded words that may be mistyped: -1 it is them, 0 begins so, 1 has such words, 2 none."""
    from rapidfuzz.distance import OSA

    said, words = typed.split(), title.split()
    for at in range(len(words) - len(said) + 1):
        if all(OSA.distance(one, other) <= 1 for one, other in zip(said, words[at:], strict=False)):
            return -1 if len(words) == len(said) else min(at, 1)
    return 2


class IndexWords:
    """Tells which words the index holds, and which are near a typed one; each is looked for once."""

    def __init__(self, connection: Connection, *, near: bool = False) -> None:
        """Args:
        connection: One that reads.
        near: Whether words may be mistyped; otherwise ``near`` gives none.
        """
        self._db, self._near_too = driver_of(connection), near
        self._found: dict[str, list[str]] = {}

    def begun(self, word: str) -> bool:
        """Return whether a name begins with a word."""
        return self._any([f'{{names}}: "{word}"*'])

    def near(self, word: str) -> Sequence[str]:
        """Return the questions of the index for the words one letter away that it holds.

        There are none for a short word, and for one with figures or Chinese characters.
        """
        if word not in self._found:
            looked_for = self._near_too and fits(word) and len(self._found) < MAX_NEAR_WORDS
            self._found[word] = list(self._near(word)) if looked_for else []
        return self._found[word]

    def _near(self, word: str) -> Iterator[str]:
        spoken, is_spoken = set[str](), re.compile(f"{SYLLABLE}{{2,}}").fullmatch
        for at in range(len(word) + 1):
            slips = sorted(set(_slips(word, at)) - {word})
            spoken.update(filter(is_spoken, slips))
            yield from self._existing([f'{{names body}}: "{each}"' for each in slips])
        said = sorted((tuple(spellings(each)[0][0]) for each in spoken), key=lambda sounds: (len(sounds), sounds))
        yield from self._existing([f'{{pinyin}}: "{" ".join(each)}"' for each in said[:MOST_SPOKEN]])

    def _existing(self, asked: list[str]) -> list[str]:
        """Return those of some questions that find something, parting them until each is known to do so or not."""
        if not asked or not self._any(asked):
            return []
        if len(asked) == 1:
            return asked
        middle = len(asked) // 2
        return [*self._existing(asked[:middle]), *self._existing(asked[middle:])]

    def _any(self, asked: list[str]) -> bool:
        sql = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
        return self._db.execute(sql, (" OR ".join(asked),)).fetchone() is not None


def _slips(word: str, at: int) -> Iterator[str]:
    """Yield the words that become this one by a slip at a letter."""
    before, rest = word[:at], word[at:]
    yield from (before + letter + rest for letter in _LETTERS)
    if rest:
        yield before + rest[1:]
        yield from (before + letter + rest[1:] for letter in _LETTERS)
    if len(rest) > 1:
        yield before + rest[1] + rest[0] + rest[2:]
