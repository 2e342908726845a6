"""Comparisons of what two papers say: names and dates written otherwise that may still mean the same thing.

Other names of places are those of the reference lists; a Chinese name of a person is compared by its sound, an office by its name
without the place, a text in another language by its place among as many others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from ucapdesk.base.surnames import is_pinyin
from ucapdesk.formats.glance.dates_in_text import placed_dates
from ucapdesk.model.codes import by_spelling, folded
from ucapdesk.model.rules.known_cities import place_code, place_key
from ucapdesk.model.values import PartialDate

MOVED_DAYS = 92
"""Days that a visit or meeting may have been moved by."""
ALIKE = 0.8
SHORTEST_WORD = 4
_BARE = re.compile(
    r"\b(?:municipal(?:ity)?|people.?s government|government|city|of|the|for)\b|人民政府|^市", re.IGNORECASE
)
_SIGNS = re.compile(r"[\W_]+")


def texts_of(said: Any) -> dict[str, str]:
    """Return the texts of a value by language, folded."""
    return {lang: folded(" ".join(str(text).split())) for lang, text in dict(said or {}).items() if text}


def names_here(pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Return the names of places as a paper spells them, folded, with those on record; of pairs of names, told and here."""
    found: dict[str, str] = {}
    for told, here in pairs:
        known = texts_of(here)
        found |= {name: known[lang] for lang, name in texts_of(told).items() if known.get(lang, name) != name}
    return found


def as_spelt_here(text: str, names: Mapping[str, str]) -> str:
    """Return a folded text with the names of places as they are on record."""
    said = folded(" ".join(text.split()))
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, names[name])
    return said


def place_keys(said: Any) -> list[str]:
    """Return what names of a place are compared by: the names, and the place of a reference list that they mean."""
    names = [str(text) for text in dict(said or {}).values() if text]
    return [*map(place_key, names), *(f"={code}" for name in names if (code := place_code(name)))]


def resembles(one: Any, other: Any) -> bool:
    """Return whether two names differ by letters or by words more, in a language that both have."""
    here, there = texts_of(one), texts_of(other)
    return any(_alike(here[lang], there[lang]) for lang in here.keys() & there.keys())


def _alike(one: str, other: str) -> bool:
    words, others = ({word for word in _SIGNS.split(text) if word} for text in (one, other))
    smaller = min(words, others, key=len)
    if smaller and (words <= others or others <= words):
        return any(len(word) >= SHORTEST_WORD for word in smaller)
    return min(len(one), len(other)) >= SHORTEST_WORD and SequenceMatcher(None, one, other).ratio() >= ALIKE


def is_pinyin_name(said: Any) -> bool:
    """Return whether the Latin name of a place may be one in pinyin, such as Suzhou beside Fuzhou."""
    return any(all(map(is_pinyin, text.split())) for text in texts_of(said).values() if text.isascii())


def office_key(names: Any, places: Iterable[str]) -> str:
    """Return the code of the office that one of the names means without its place; empty where none is known."""
    for name in texts_of(names).values():
        for place in sorted(map(folded, places), key=len, reverse=True):
            name = name.replace(place, " ")
        known = (by_spelling(offices, _bare).get(_bare(name)) for offices in ("short_forms", "bodies"))
        if code := next(filter(None, known), None):
            return code.code
    return ""


def _bare(name: str) -> str:
    return _SIGNS.sub("", _BARE.sub(" ", folded(name)))


def may_be_moved(told: str, here: str) -> bool:
    """Return whether two dates may be those of one thing that was moved, or of whose year one paper is mistaken."""
    one, other = PartialDate(told), PartialDate(here)
    if one.bounds[0][4:] == other.bounds[0][4:] and one.bounds[1][4:] == other.bounds[1][4:]:
        return told.count("-") > 1 and abs(int(told[:4]) - int(here[:4])) <= 1
    first, second = (date.fromisoformat(each.bounds[0]) for each in (one, other))
    return abs((first - second).days) <= MOVED_DAYS


def undated(text: str) -> str:
    """Return a text without the dates in it."""
    for start, end, _ in reversed(placed_dates(text)):
        text = text[:start] + text[end:]
    return text.strip()


def in_other_language(
    records: Sequence[Any], field: str, told: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]
) -> Iterator[Any]:
    """Yield the record that a text in another language stands for: the one in its place among as many of them.

    Args:
        records: Those of one list on the desk, in their order.
        field: The text.
        told: The values of the same list in the paper, in their order.
        wanted: Those looked for.
    """
    here = [texts_of(getattr(record, field)) for record in records]
    there = [texts_of(each.get(field)) for each in told]
    apart = all(not (one.keys() & other.keys()) for one in here for other in there)
    said = [each.get(field) for each in told]
    if len(here) == len(there) and apart and wanted.get(field) in said:
        yield records[said.index(wanted.get(field))]


def only(found: Collection[Any]) -> list[Any]:
    """Return the one that was found; none where there are several."""
    return list(found) if len(found) == 1 else []
