"""Line-breaking rules for each character, in Chinese and in Latin text.

The line breaker works on *atoms*: words, single Han characters, single marks. This module cuts text into atoms and
answers for two neighbours how much it would hurt to end a line between them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

NO_START = frozenset("！），．：；？］｝、。〉》」』】〕〗’”…—·～％‰℃!),.:;?]}%/／–〜»›°′″•´")
NO_END = frozenset("（［｛〈《「『【〔〖‘“￥＄([{/／«‹„‚¿¡$€£¥§#")
USUAL = ("gb2312", "cp1252", "cp1250")
"""Encodings of simplified Chinese, Western and Central European languages."""

# How bad a break is; a line ends at the least bad place it has.
ALLOW, SOFT, KEEP, WORD, MARK, NEVER = range(6)

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = "0-9A-Za-z_\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff"
_ATOM = re.compile(rf" +|[{_LETTER}]+(?:’[{_LETTER}]+)*|—+|…+|.", re.DOTALL)  # L’Hospitalet is a word
_IS_HAN = re.compile(f"[{_HAN}]")
HAN_ONLY = re.compile(f"[{_HAN}]+")
_IS_LETTER = re.compile(f"[{_LETTER}]")
_DIGIT = re.compile(r"\d")
# In Chinese text these belong to the Chinese face, although Latin faces hold them too.
SHARED_MARKS = frozenset("“”‘’—…·")
_FULL_WIDTH = re.compile("[\u3000-\u3020\u3030-\u303f\uff00-\uffef]")
_GLUE = frozenset("\u00a0\u202f\u2060")
_KINDS = (("S", " "), ("G", _GLUE), ("X", "/／"), ("D", "—–"), ("Y", "-‐"))


class Atom(NamedTuple):
    """The smallest piece a line is made of.

    Attributes:
        text: Its characters.
        kind: ``L`` word, ``H`` Han, ``S`` spaces, ``O`` opening mark, ``C`` mark that starts no line, ``X`` slash,
            ``D`` dash, ``Y`` hyphen, ``G`` glue.
        wide: Whether it is a full-width mark.
        letter: Whether it is a word that begins with a Latin letter or a digit.
    """

    text: str
    kind: str
    wide: bool
    letter: bool


def has_han(text: str) -> bool:
    """Return whether the text has a Chinese character."""
    return _IS_HAN.search(text) is not None


def is_wide(char: str) -> bool:
    """Return whether a character is always full-width: Han, or a full-width mark."""
    return _IS_HAN.match(char) is not None or _FULL_WIDTH.match(char) is not None


@cache
def is_usual(char: str) -> bool:
    """Return whether a character is of a set that our fonts hold whole, so that none need be opened to know."""
    return char == "\n" or any(_is_in(char, each) for each in USUAL)


def _is_in(char: str, encoding: str) -> bool:
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False


def clean(text: str) -> str:
    """Return text ready to set: composed, one kind of line end, no invisible characters, lone surrogates replaced."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(map(_clean_char, text))


@cache
def _clean_char(char: str) -> str:
    if char in "\n\r\v\f\u2028\u2029\x85":
        return "\n"
    if char in _GLUE:
        return char
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Zs" or char == "\t":
        return " "
    if category in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e01ef":
        return ""
    return char


@cache
def _marks(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that start no line and those that end none; German closes with the mark that opens in English."""
    return (NO_START | frozenset("“‘"), NO_END - frozenset("“‘")) if language == "de" else (NO_START, NO_END)


@cache
def _kind(char: str, language: str) -> tuple[str, bool]:
    no_start, no_end = _marks(language)
    wide = bool(_FULL_WIDTH.match(char)) or (language == "zh" and char in SHARED_MARKS)
    for kind, chars in (*_KINDS, ("O", no_end)):
        if char in chars:
            return kind, wide
    if char in no_start or unicodedata.category(char).startswith("M"):
        return "C", wide
    if _IS_HAN.match(char) or (wide and unicodedata.category(char)[0] in "LN"):
        return "H", False
    return "L", wide


def atoms(text: str, language: str) -> list[Atom]:
    """Return ``text`` (already clean, one paragraph) cut into atoms."""
    return [_atom(piece, language) for piece in _ATOM.findall(text)]


@lru_cache(maxsize=16384)
def _atom(piece: str, language: str) -> Atom:
    letter = _IS_LETTER.match(piece) is not None
    kind, wide = ("L", False) if letter else _kind(piece[0], language)
    return Atom(piece, kind, wide, letter)


def hurt(before: Atom, after: Atom, spaced: bool, spaced_after: bool) -> int:
    """Return the penalty for a line end between two neighbours.

    Args:
        before: The last atom of the line, spaces left out.
        after: The first atom of the next line.
        spaced: Whether spaces stand between them.
        spaced_after: Whether spaces follow ``after``: a lone hyphen is a dash.
    """
    first, second = before.kind, after.kind
    if first == "X" and second == "L":
        return SOFT if spaced else KEEP  # "Press /" and "photographer", if there is no better place
    if second in "CXD" or first in "OX":
        return MARK
    if first == "G" or second == "G":
        return MARK
    if second == "Y" and (not spaced or spaced_after):
        return MARK
    if spaced or first == "H" or second == "H" or (before.text == "]" and after.text == "["):
        return ALLOW
    if (before.wide and first in "CD") or (after.wide and second == "O"):
        return ALLOW
    if first in "YD" and second == "L":
        # a range of numbers may part after its dash, if it must
        return ALLOW if not _DIGIT.match(after.text[0]) else KEEP if first == "D" else WORD
    return WORD


def gap_between(before: Atom, after: Atom) -> bool:
    """Return whether a gap belongs between two neighbours: Han beside a Latin word or a number."""
    if before.kind == "H":
        return after.letter
    return after.kind == "H" and before.letter
