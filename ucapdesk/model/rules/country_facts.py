"""Facts of countries and cities from the reference lists, used where a record has no value of its own; public holidays.

A city is known by its names: in which country it lies, and on which clock.

Public holidays, and the weekend days that are worked for them, come from the library ``holidays``, read in when asked for. Only
what holds in the whole country counts. China shifts working days by a notice of each year; without it only the days of the law
are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ucapdesk.base.i18n import tr
from ucapdesk.model.codes import Code, by_spelling, code_label, codes, find_code, folded
from ucapdesk.model.dates.zones import city_zone
from ucapdesk.model.gazetteer import cities_named, is_doubted
from ucapdesk.model.values import Codes


def listed(country: Any) -> Mapping[str, Any]:
    """Return the facts of the reference list for a country; empty where the list lacks it."""
    known = codes("countries").get(country.alpha2 or "")
    return known.facts if known else {}


def time_zones(country: Any, today: date | None = None) -> Codes | None:  # noqa: ARG001 - asked like all that follows
    """Return its time zones as IANA names, the most populous first."""
    zones = listed(country).get("zones")
    return Codes(zones) if zones else None


def calling_code(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    return listed(country).get("calling_code")


def currency(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    return listed(country).get("currency")


def in_union(country: Any, today: date | None = None) -> bool | None:  # noqa: ARG001
    return True if listed(country).get("eu27") else None


NAMED = ("en", "zh")  # The languages in which the name of a place is completed


@dataclass(frozen=True, slots=True)
class CityFacts:
    """The country or region in which a city lies, as its ISO code, its time zone, its names and its province by language.

    ``draft``: the languages of names that nobody has read yet.
    """

    country: str
    zone: str
    names: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    draft: tuple[str, ...] = field(default=(), compare=False)
    state: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def city_facts(names: Iterable[str]) -> CityFacts | None:
    """Return the facts of a city of these names; None where none of them is known, or they name several.

    A name may have its country behind it: Valencia, Spain; a name without that has several means none of them.
    """
    found = {facts for name in names if (facts := _facts(name))}
    return found.pop() if len(found) == 1 else None


def known_city(name: str, country: str = "") -> Code | None:
    """Return the city that is called so in any language, in a country where one is told; None for a name that several have."""
    listed = by_spelling("cities", place_key).get(place_key(name))
    if listed and (not country or listed.facts["country"] == country):
        return listed
    found = cities_named(name, country)
    return found[0] if len(found) == 1 else None


def place_code(name: str) -> str | None:
    """Return the code of the place that is called so in one of the reference lists, those elsewhere included."""
    known = known_city(name) or _elsewhere(name)
    return known.code if known else None


def _elsewhere(name: str) -> Code | None:
    return by_spelling("places_elsewhere", place_key).get(place_key(name))


def place_key(name: str) -> str:
    """Return a name of a place as it is compared: without accents, without 市."""
    said = folded(" ".join(name.split()))
    return said[:-1] if len(said) > 2 and said.endswith("市") else said


_IN_COUNTRY = re.compile(r"(.+?)\s*[,，(（]\s*([^,，()（）]+?)\s*[)）]?")


def parted_country(said: str) -> tuple[str, str]:
    """Return the name of a place and the code of the country that stands behind it: ``Valencia, Spain``, 巴伦西亚（西班牙）."""
    parts = _IN_COUNTRY.fullmatch(said)
    country = find_code("countries", parts[2]) if parts else None
    return (parts[1], country) if parts and country else (said, "")


def _facts(said: str) -> CityFacts | None:
    name, country = parted_country(said)
    listed = known_city(name, country)
    if listed is not None:
        short = listed.facts.get("short", {})
        labels = short if place_key(name) in map(place_key, short.values()) else listed.labels
        names = tuple((lang, labels[lang]) for lang in NAMED if lang in labels)
        state = tuple((listed.facts.get("state") or {}).items())
        return CityFacts(str(listed.facts["country"]), str(listed.facts["zone"]), names, listed.draft, state)
    if not country and is_doubted(name):
        return None
    several = {CityFacts(each.facts["country"], each.facts["zone"]) for each in cities_named(name, country)}
    if len(several) == 1:  # Fuzhou: whichever of both it is
        return several.pop()
    elsewhere = _elsewhere(name)
    called = (name, *(elsewhere.labels.values() if elsewhere else ()))  # zones know cities by their English names
    zone = next(filter(None, (city_zone(place_key(each)) for each in called)), None)
    countries = [code for code, known in codes("countries").items() if zone in known.facts.get("zones", ())]
    return CityFacts(countries[0], zone) if zone and len(countries) == 1 and country in ("", *countries) else None


SHIFTING = "CN"  # The country whose government announces each year which days are worked instead
HOLIDAY_YEARS = range(1950, 2101)
_AMERICAN = re.compile(r"(\d\d)/(\d\d)/(\d{4})")  # A date in a name, with its month first


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
        named = tr("log", ", ", lang).join(code_label("countries", each, lang) for each in self.countries)
        return tr("holiday", "{country}: {name}", lang, country=named, name=self.name)


def holiday_on(country: str, day: date, lang: str) -> Holiday | None:
    """Return what a day is in a country, named in a language or in English; None where it is like others, or not known."""
    return _holidays_of(country, day.year, lang).get(day) if day.year in HOLIDAY_YEARS else None


def is_announced(country: str, year: int) -> bool:
    """Return whether it is known which days are worked in a year: elsewhere than in China the law says it."""
    if country != SHIFTING:
        return True
    import holidays

    announced = getattr(holidays.country_holidays(SHIFTING), "special_public_holidays", {})
    return year <= int(max(announced, default=0))


@lru_cache(maxsize=128)
def _holidays_of(country: str, year: int, lang: str) -> Mapping[date, Holiday]:
    known = _load_holidays(country, year, lang)
    if known is None:
        return MappingProxyType({})
    found = {
        day: Holiday((country,), _AMERICAN.sub(r"\3-\1-\2", name).replace("; ", ", ")) for day, name in known.items()
    }
    for day in getattr(known, "weekend_workdays", ()):
        if day.year == year and day not in found:
            found[day] = Holiday((country,), tr("holiday", "working day", lang), works=True)
    return MappingProxyType(found)


def _load_holidays(country: str, year: int, lang: str) -> Any:
    import holidays

    try:
        languages = holidays.country_holidays(country).supported_languages
        spoken = next((each for each in languages if each.partition("_")[0] == lang), None)
        other = "en_US" if "en_US" in languages else None
        return holidays.country_holidays(country, years=year, language=spoken or other)
    except (NotImplementedError, KeyError):  # a country or region that the library does not know
        return None
