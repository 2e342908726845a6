"""Normalises text: for comparing, the same way for stored texts and search words; and names chosen by strangers, for showing.

The index's tokenizer drops accents by itself and knows words by their spaces. It knows neither full-width letters,
nor letters such as ł that are no accented forms, nor where a Chinese word ends. So letters are folded here, Traditional characters become
Simplified ones, and each Han character stands as a word of its own. The index pairs such characters (``asked_words``).

A name from a stranger becomes one line, without line breaks and characters that turn the text around.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ucapdesk.base.paths import resource

# Han characters and the signs written among them, for a character class; with those beyond the first plane.
HAN = "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

HAN_RUN = re.compile(f"[{HAN}]+")
_WIDE_MARKS = "，：；（）！？"  # without them most Chinese text needs no slow normalising
# Small letters that are no accented forms of others, as they are sorted and searched for.
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ǿ": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ǥ": "g", "æ": "ae", "ǽ": "ae", "œ": "oe",
     "þ": "th", "ŋ": "n", "ß": "ss"}
)  # fmt: skip
_HAS_SPECIAL = re.compile(f"[{''.join(map(chr, PLAIN_LETTERS))}]")
_LONGEST_NAME = 64
_MARKS = re.compile("[\u0300-\u036f]+")


@cache
def _traditional() -> tuple[frozenset[str], dict[int, int]]:
    """Return the Traditional characters, and the Simplified one of each by code point; see ``resources/han``."""
    traditional, simplified = resource("han/simplified.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(traditional), str.maketrans(traditional, simplified)


def simplify(text: str) -> str:
    """Return a text with the Simplified character for each Traditional one; as many characters as before."""
    if text.isascii():
        return text
    traditional, simplified = _traditional()
    return text if traditional.isdisjoint(text) else text.translate(simplified)


def fold_letters(text: str) -> str:
    """Return a text with full-width forms, capitals, special letters and Traditional characters made plain; accents stay."""
    return _folded_name(text) if len(text) <= _LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        for mark in _WIDE_MARKS:
            text = text.replace(mark, " ")
    text = simplify(unicodedata.normalize("NFKC", text).casefold())
    return text.translate(PLAIN_LETTERS) if _HAS_SPECIAL.search(text) else text


_folded_name = lru_cache(maxsize=8192)(_folded)  # The same of a short text: names and words come again and again


def fold(text: str) -> str:
    """Return a text as it is compared: folded, each Han character a word of its own."""
    return HAN_RUN.sub(lambda run: f" {' '.join(run[0])} ", fold_letters(text))


def fold_accents(text: str) -> str:
    """Return folded letters without accents, for what the index's tokenizer does not see."""
    folded = fold_letters(text)
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", folded)))


MAX_LINE_CHARS = 60
# Categories of invisible characters: controls, direction marks, line ends, surrogates.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def one_line(text: str, longest: int = MAX_LINE_CHARS) -> str:
    """Return a text as one line of at most so many characters; a cut text ends in "…"."""
    seen = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in text[: 20 * longest])
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
