"""Public holidays of a country, and the weekend days that are worked for them, from the library ``holidays``: read in when asked for.

Only what holds in the whole country. China shifts working days by a notice of each year; without it only the days of the law are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ucapdesk.base.i18n import tr
from ucapdesk.model.codes import code_label

SHIFTING = "CN"
"""The country whose government announces each year which days are worked instead."""
YEARS = range(1950, 2101)
_AMERICAN = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
"""A date in a name, with its month first."""


class Holiday(NamedTuple):
    """A day that is not like others in a country, or in several alike.

    Attributes:
        countries: Their codes.
        name: What the day is called.
        works: Whether it is a day of the weekend that is worked.
    """

    countries: tuple[str, ...]
    name: str
    works: bool = False

    def say(self, lang: str | None = None) -> str:
        """Return countries and name."""
        named = tr("log", ", ", lang).join(code_label("countries", each, lang) for each in self.countries)
        return tr("holiday", "{country}: {name}", lang, country=named, name=self.name)


def on(country: str, day: date, lang: str) -> Holiday | None:
    """Return what a day is in a country, named in a language or in English; None where it is like others, or not known."""
    return _year(country, day.year, lang).get(day) if day.year in YEARS else None


def is_announced(country: str, year: int) -> bool:
    """Return whether it is known which days are worked in a year: elsewhere than in China the law says it."""
    if country != SHIFTING:
        return True
    import holidays

    announced = getattr(holidays.country_holidays(SHIFTING), "special_public_holidays", {})
    return year <= int(max(announced, default=0))


@lru_cache(maxsize=128)
def _year(country: str, year: int, lang: str) -> Mapping[date, Holiday]:
    """Return the days of a year that are not like others."""
    known = _ask(country, year, lang)
    if known is None:
        return MappingProxyType({})
    found = {
        day: Holiday((country,), _AMERICAN.sub(r"\3-\1-\2", name).replace("; ", ", ")) for day, name in known.items()
    }
    for day in getattr(known, "weekend_workdays", ()):
        if day.year == year and day not in found:
            found[day] = Holiday((country,), tr("holiday", "working day", lang), works=True)
    return MappingProxyType(found)


def _ask(country: str, year: int, lang: str) -> Any:
    import holidays

    try:
        languages = holidays.country_holidays(country).supported_languages
        spoken = next((each for each in languages if each.partition("_")[0] == lang), None)
        other = "en_US" if "en_US" in languages else None
        return holidays.country_holidays(country, years=year, language=spoken or other)
    except (NotImplementedError, KeyError):  # a country or region that the library does not know
        return None
