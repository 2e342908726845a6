"""Time zones as people know them: by their cities, and how their clocks stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from ucapdesk.base.clock import clock_of
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, language
from ucapdesk.model.codes import folded
from ucapdesk.model.wording.date_words import CAPITAL_TIME, PATTERNS

LIKELY = ("Asia/Shanghai", "Europe/Madrid", "Europe/Rome", "Europe/Berlin", "Europe/Brussels", "Europe/Paris")
"""Where cooperation mostly takes place; first in the list."""


@lru_cache(maxsize=4)
def zone_labels(lang: str | None = None) -> Mapping[str, str]:
    """What each zone is called: ``Madrid · Spain``; the likely ones first, then by city."""
    lang = _spoken(lang)
    territories = get_global("zone_territories")
    countries = Locale(lang).territories
    known = available_timezones()
    labels = {
        zone: f"{zone_city(zone, lang)} · {countries.get(country, country)}"
        for zone, country in territories.items()
        if zone in known and len(country) == 2 and country.isalpha()
    }
    rest = sorted((zone for zone in labels if zone not in LIKELY), key=lambda zone: labels[zone])
    return {zone: labels[zone] for zone in (*LIKELY, *rest) if zone in labels}


def zone_city(zone: str, lang: str | None = None) -> str:
    """The city a zone is named by; the zone itself where nobody knows it."""
    lang = _spoken(lang)
    try:
        return CAPITAL_TIME.get(zone, {}).get(lang) or str(get_timezone_location(zone, locale=lang, return_city=True))
    except (LookupError, ValueError):
        return zone


def zone_named(city: str) -> str | None:
    """The likely zone that is told by a city of this name; of others there is a second one somewhere (Córdoba, Santiago)."""
    return _by_city().get(folded(city))


@lru_cache(maxsize=1)
def _by_city() -> Mapping[str, str]:
    return {
        folded(name): zone
        for zone in LIKELY
        for lang in INTERFACE_LANGUAGES
        for name in (zone_city(zone, lang), str(get_timezone_location(zone, locale=lang, return_city=True)))
    }


def offset(zone: str, at: datetime) -> str:
    """How far its clock is from Greenwich at a time of the place: ``UTC+1``, ``UTC+5:30``; empty for an unknown zone."""
    try:
        return clock_of(at.replace(tzinfo=ZoneInfo(zone)))
    except (OSError, ValueError, KeyError):
        return ""


def _spoken(lang: str | None) -> str:
    lang = lang or language()
    return lang if lang in PATTERNS else "en"
