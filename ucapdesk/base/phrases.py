"""The patterns and words of a language, one file of ``resources/phrases`` each: how dates, numbers, rooms and people are told, and how
people type them. Patterns of dates are written out: skeletons put Chinese in the wrong order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import resource


@cache
def phrases(lang: str) -> Mapping[str, Any]:
    """Return the patterns of a language; what it lacks is English."""
    return MappingProxyType({**_own("en"), **_own(lang)})


@cache
def typed(name: str) -> Mapping[str, Any]:
    """Return the words that people type for something, of all languages, with what each of them means where they differ."""
    found: dict[str, Any] = {}
    for lang in LANGUAGES:
        words = _own(lang).get("typed", {}).get(name, ())
        found |= words if isinstance(words, dict) else dict.fromkeys(words)
    return MappingProxyType(found)


@cache
def _own(lang: str) -> Mapping[str, Any]:
    file = resource(f"phrases/{lang}.json")
    return MappingProxyType(loads(file.read_text(encoding="utf-8")) if file.exists() else {})
