"""Time zones by familiar names, of cities and airports, and their UTC offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from ucapdesk.base.clock import clock_of
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, known_language, phrases
from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import resource
from ucapdesk.model.codes import codes, folded
from ucapdesk.model.gazetteer import cities_named

# The zones of most cooperations; first in the list.
LIKELY = ("Asia/Shanghai", "Europe/Madrid", "Europe/Rome", "Europe/Berlin", "Europe/Brussels", "Europe/Paris")


@lru_cache(maxsize=4)
def zone_labels(lang: str | None = None) -> Mapping[str, str]:
    """Return the label of each zone: ``Madrid · Spain``; the likely ones first, then by city."""
    from babel.core import get_global

    lang = known_language(lang)
    territories = get_global("zone_territories")
    countries = codes("countries")
    known = available_timezones()
    labels = {
        zone: f"{zone_city(zone, lang)} · {countries[country].label(lang)}"
        for zone, country in territories.items()
        if zone in known and country in countries
    }
    rest = sorted((zone for zone in labels if zone not in LIKELY), key=lambda zone: labels[zone])
    return {zone: labels[zone] for zone in (*LIKELY, *rest) if zone in labels}


def zone_city(zone: str, lang: str | None = None) -> str:
    """Return the city a zone is named by; the zone itself where that is unknown."""
    lang = known_language(lang)
    try:
        return phrases(lang)["zone_cities"].get(zone) or _location(zone, lang)
    except (LookupError, ValueError):
        return zone


def _location(zone: str, lang: str) -> str:
    from babel.dates import get_timezone_location

    return get_timezone_location(zone, locale=lang, return_city=True)


def zone_named(place: str) -> str | None:
    """Return the zone that words name beyond doubt: ``Warsaw``, ``华沙``, ``WAW``, ``Warsaw Chopin Airport``, ``北京首都机场``.

    None for a city that has a namesake elsewhere (Córdoba, Santiago), and for what nobody knows.
    """
    said = " ".join(place.split())
    if zone := city_zone(said):
        return zone
    codes = {zone for word in _CODE.findall(said) if (zone := _airports()[0].get(word))}
    if codes:
        return next(iter(codes)) if len(codes) == 1 else None
    return _of_station(said) if _STATION.search(said) else None


def city_zone(name: str) -> str | None:
    """Return the zone of a city that has no namesake elsewhere."""
    if zone := _by_city().get(folded(name)):
        return zone
    found = {str(city.facts["zone"]) for city in cities_named(name)}
    return found.pop() if len(found) == 1 else None


def _of_station(said: str) -> str | None:
    """Return the zone of the city with which the name of an airport or a station begins; of several the longest."""
    ends = [at for at, sign in enumerate(said) if sign == " " or ord(sign) > _HAN_FROM]
    begun = (city_zone(said[:end]) for end in reversed(ends) if end)
    return next(filter(None, begun), None)


_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_STATION = re.compile(
    r" (?:airport|intl|international|station|central|hbf|south|north|east|west|t\d|terminal)\b|机场|站|航站楼",
    re.IGNORECASE,
)
_HAN_FROM = 0x2E80


@lru_cache(maxsize=1)
def _airports() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the zone of each airport by its code, and of each city that has one and no namesake in another zone."""
    known = loads(resource("zones/airports.json").read_text("utf-8"))
    codes = {code: zone for zone, said in known.items() for code in said["airports"].split()}
    cities = {city: zone for zone, said in known.items() for city in said.get("cities", "").split("|") if city}
    return codes, cities


@lru_cache(maxsize=1)
def _by_city() -> Mapping[str, str]:
    """Return the zones of cities: those with airports, overridden by the cities that name zones of Europe and Asia, then LIKELY."""
    zones = [*(zone for zone in zone_labels("en") if zone.split("/")[0] in ("Europe", "Asia")), *reversed(LIKELY)]
    named = {
        folded(name): zone
        for zone in zones
        for lang in INTERFACE_LANGUAGES
        for name in (zone_city(zone, lang), _location(zone, lang))
    }
    return {**_airports()[1], **named}


def offset(zone: str, at: datetime) -> str:
    """Return the UTC offset at a local time: ``UTC+1``, ``UTC+5:30``; empty for an unknown zone."""
    try:
        return clock_of(at.replace(tzinfo=ZoneInfo(zone)))
    except (OSError, ValueError, KeyError):
        return ""


def all_year(zone: str | None) -> str:
    """Return the UTC offsets of a zone in winter and in summer, by which zones on one clock are known; empty for an unknown one."""
    return "".join(offset(zone, datetime(2026, month, 1)) for month in (1, 7)) if zone else ""  # noqa: DTZ001 (as its clock shows it)
