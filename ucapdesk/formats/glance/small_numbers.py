"""Small numbers as words, in five languages: ``three``, ``tres``, ``三``."""

from __future__ import annotations

from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.text.parse.typed_text import plain


def numbers_by_word(name: str) -> dict[str, int]:
    """Return the numbers of a table of ``resources/words`` by their words."""
    return {word: int(number) for number, words in word_table(name).items() for word in words}


_WORDS = numbers_by_word("small_numbers")


def number_of(said: str) -> int | None:
    """Return a whole number written in figures or as a word; None for any other word."""
    if said.isdigit():
        return int(said)
    han = plain(f"{said}个").removesuffix("个")
    return int(han) if han.isdigit() else _WORDS.get(folded(said))
