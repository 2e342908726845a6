"""The sort keys in the columns ``sort_en`` and ``sort_zh``, by which the database sorts lists through an index.

Latin text sorts without accents and capitals, numbers by size. Chinese text sorts by the sound of each character,
then the character, so that names of one spelling stay together. People sort by their family name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.pinyin import family_reading, readings
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.values import Bilingual, FileRef, HanName, PersonName

LATIN = tuple(lang for lang in LANGUAGES if lang != "zh")
_LENGTH = 60  # characters of a title that decide its place
_NO_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


def sort_key(text: str) -> str:
    """Return the sort key of a text as its readers expect, in either script."""
    return _sort_key(text[:_LENGTH])


@lru_cache(maxsize=8192)
def _sort_key(text: str) -> str:
    plain = _NO_WORD.sub(" ", fold_accents(text)).strip()
    plain = _DIGITS.sub(lambda number: number[0].zfill(6), plain)
    return " ".join(HAN_RUN.sub(lambda run: _sounded(readings(run[0])[0], run[0]), plain).split())


def title_fields(kind: Kind) -> tuple[KindField, ...]:
    """Return the title fields of a kind that can be sorted by; a link has its title elsewhere."""
    return tuple(kind.fields[name] for name in kind.cls.title_fields if not kind.fields[name].meta.kinds)


def sort_keys(titles: Iterable[Any]) -> tuple[str | None, str | None]:
    """Return the two sort keys of a record with these title values; None where none is filled."""
    filled = [title for title in titles if title]
    if not filled:
        return None, None
    first = filled[0]
    if isinstance(first, Bilingual):
        english, chinese = first.said(*LATIN), first.said("zh", "en")
        key = sort_key(english)
        return key, key if chinese == english else sort_key(chinese)
    chinese_name = next((title for title in filled if isinstance(title, HanName)), first)
    key = _one(first)
    return key, key if chinese_name is first else _one(chinese_name)


def _one(title: object) -> str:
    if isinstance(title, HanName) and (run := HAN_RUN.match(title.joined)):
        return _sounded(family_reading(run[0]), run[0]).strip()
    if isinstance(title, PersonName):
        return sort_key(title.sort_key)
    return sort_key((title.name or "") if isinstance(title, FileRef) else str(title))


def _sounded(syllables: tuple[str, ...], run: str) -> str:
    return f" {' '.join(f'{said} {character}' for said, character in zip(syllables, run, strict=True))} "
