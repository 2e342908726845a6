"""The names of months and weekdays in all languages, as CLDR has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES
from ucapdesk.model.codes import folded


@cache
def months() -> dict[str, int]:
    """Return the number of a month by its long and short names in all languages, folded."""
    from babel.dates import get_month_names

    found: dict[str, int] = {"sept": 9, "giu": 6}
    for lang in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, lang).items():
                    found.setdefault(folded(name).rstrip("."), number)
    return found


def day_names(width: Literal["wide", "abbreviated"], lang: str) -> Mapping[int, str]:
    """Return the names of the weekdays by number (Monday 0), ``wide`` or ``abbreviated``."""
    from babel.dates import get_day_names

    return get_day_names(width, "format", lang)


@cache
def weekday_names() -> frozenset[str]:
    """Return the long names of the weekdays in letters, as they are written and folded: miércoles, miercoles."""
    written = {name for lang in (*LANGUAGES, *READ_LANGUAGES) for name in day_names("wide", lang).values()}
    return frozenset(name for name in {*written, *weekdays()} if name[0] < "\u3000")


@cache
def weekdays() -> dict[str, int]:
    """Return the number of a weekday (Monday 0) by its names in all languages, also those that are only read, folded."""
    found: dict[str, int] = {}
    for lang in (*LANGUAGES, *READ_LANGUAGES):
        for number, name in day_names("wide", lang).items():
            found.setdefault(folded(name), number)
    for number, name in day_names("abbreviated", "zh").items():
        found.setdefault(folded(name), number)
    return found


@cache
def short_weekdays(lang: str) -> tuple[str, ...]:
    """Return Monday to Sunday in a few letters, for the column heads of a month."""
    names = day_names("abbreviated", lang if lang in LANGUAGES else "en")
    return tuple(names[number].rstrip(".") for number in range(7))
