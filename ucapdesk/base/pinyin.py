"""Pinyin of Chinese text, for searching with Latin letters and for sorting as a Chinese reader expects; Chinese family names.

The tables are pypinyin's. The walk through them is ours, because its own takes some 4 µs a character and every
title in an import passes here. The library is loaded at the first Han character, never before.

Family names, in characters and in pinyin, tell that a name is Chinese, and where its family name ends.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

from ucapdesk.base.fold import HAN_RUN, simplify
from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import resource

# Readings of characters as family names, where they differ from the usual ones.
SURNAMES: dict[str, str] = loads(resource("han/surnames.json").read_text(encoding="utf-8"))["readings"]

LACKING = {"𠮷": "jí"}  # Readings of name characters that the tables lack

_LONGEST = 8  # characters of an abbreviation such as lzfgw that one word of the index holds

_FINALS: dict[str, str] = loads(resource("han/syllables.json").read_text(encoding="utf-8"))
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
SYLLABLE = f"(?:{'|'.join(sorted(SYLLABLES, key=len, reverse=True))})"  # A pattern of one syllable
_BEGINNINGS = frozenset(s[:n] for s in SYLLABLES for n in range(1, len(s)))
_LATIN_MARKS = str.maketrans("，。！？、", ",.!?,")
_MARKS = re.compile("[\u0300-\u0307\u0309-\u036f]+")  # all accents but the two dots


@lru_cache(maxsize=4096)
def toneless(said: str) -> str:
    """Return ``lǚ`` as it is typed: ``lv``."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", said))
    return unicodedata.normalize("NFC", bare).replace("ü", "v")


@cache
def _tables() -> tuple[dict[int, str], dict[str, list[list[str]]], dict[str, int]]:
    """Return the readings of characters, the readings of words, and the longest word that begins with each character."""
    words: dict[str, list[list[str]]] = _table("phrases_dict")
    longest = {word[0]: len(word) for word in sorted(words, key=len) if len(word) > 1}
    return _table("pinyin_dict") | {ord(character): said for character, said in LACKING.items()}, words, longest


def _table(name: str) -> Any:
    """Return a table of pypinyin without importing the package: what divides sentences there takes as long again to build."""
    package = find_spec("pypinyin")
    assert package is not None
    spec = PathFinder.find_spec(f"pypinyin.{name}", package.submodule_search_locations)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


@lru_cache(maxsize=1 << 14)
def readings(run: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the syllables of a run of Han characters; then the part of it where a family name or an ü may be read otherwise.

    Words decide how their characters are read (重庆 is chongqing, 银行 yinhang).
    """
    characters, words, longest = _tables()
    plain = simplify(run)  # words are listed in Simplified characters alone
    first: list[str] = []
    second: list[str] = []
    at = 0
    while at < len(run):
        for end in range(min(at + longest.get(plain[at], 1), len(run)), at + 1, -1):
            if said := words.get(plain[at:end]):
                known = [toneless(choice[0]) for choice in said]
                first += known
                second += known
                break
        else:
            end = at + 1
            known = [toneless(characters[ord(run[at])].split(",", 1)[0]) if ord(run[at]) in characters else run[at]]
            first += known
            second.append(SURNAMES.get(plain[at], known[0]))
        at = end
    second = [s.replace("v", "u") for s in second]
    differ = [n for n, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    return tuple(first), tuple(second[differ[0] : differ[-1] + 4]) if differ else ()


def toned(text: str) -> str:
    """Return a sentence as it is spoken, with tones: ``xièxie``; marks stay."""
    from pypinyin import Style, lazy_pinyin

    said = lazy_pinyin(text, style=Style.TONE)
    return re.sub(r" (?=[，。！？、])", "", " ".join(said)).translate(_LATIN_MARKS)


@lru_cache(maxsize=4096)
def character_readings(character: str) -> frozenset[str]:
    """Return all syllables of a character, including the spellings of ü in passports."""
    said = {toneless(each) for each in _tables()[0].get(ord(character), "").split(",") if each}
    said |= {SURNAMES[character]} if character in SURNAMES else set()
    return frozenset(said | {each.replace("v", other) for each in said for other in ("u", "yu")})


def family_reading(name: str) -> tuple[str, ...]:
    """Return the syllables of a person's name, its first character read as a family name."""
    first, _ = readings(name)
    return (SURNAMES.get(simplify(name[:1]), first[0]), *first[1:]) if first else ()


def latin_words(text: str) -> tuple[str, str]:
    """Return the contents of the index columns for pinyin (a word for each syllable) and initials (every abbreviation)."""
    syllables: list[str] = []
    shorts: dict[str, None] = {}
    for run in HAN_RUN.findall(text):
        for reading in readings(run):
            if reading:
                syllables += reading
                letters = "".join(s[0] for s in reading)
                shorts.update(dict.fromkeys(letters[at : at + _LONGEST] for at in range(max(1, len(letters) - 1))))
    return " ".join(syllables), " ".join(shorts)


def spellings(word: str) -> list[tuple[tuple[str, ...], bool]]:
    """Return the ways a word in Latin letters can be pinyin; True where its last syllable is only begun.

    At most four, those of the fewest syllables first.
    """
    word = word.replace("ü", "v")
    found: list[tuple[tuple[str, ...], bool]] = []

    def walk(at: int, said: tuple[str, ...]) -> None:
        rest = word[at:]
        if not rest:
            found.append((said, False))
        elif len(found) < 32:
            for length in range(min(6, len(rest)), 0, -1):
                if rest[:length] in SYLLABLES:
                    walk(at + length, (*said, rest[:length]))
            if rest in _BEGINNINGS and rest not in SYLLABLES:
                found.append(((*said, rest), True))

    walk(0, ())
    return sorted(found, key=lambda way: (len(way[0]), way[1]))[:4]


_LISTED = loads(resource("han/surnames.json").read_text(encoding="utf-8"))
COMPOUND = frozenset(_LISTED["compound"].split())  # Family names of two characters
# The hundred commonest family names and some two-syllable ones, by spelling (one spelling may be several names).
_SURNAMES = frozenset(_LISTED["spellings"].split())
# No name is longer; a pattern of syllables must not be tried on endless words.
_LONGEST_SURNAME = 16


def plain(word: str) -> str:
    """Return a word of a name as its letters are compared: without tones, apostrophes and hyphens."""
    return re.sub("['’\u2018ʼ-]", "", toneless(word.casefold()))


def is_pinyin(word: str) -> bool:
    return len(word) <= _LONGEST_SURNAME and re.fullmatch(f"{SYLLABLE}+", plain(word)) is not None


def is_surname(word: str) -> bool:
    """Return whether the word spells one of the common Chinese family names."""
    return plain(word) in _SURNAMES
