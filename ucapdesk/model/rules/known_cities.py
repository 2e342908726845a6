"""Cities by their names: the reference list, and in which country and on which clock a city of no other name lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ucapdesk.model.codes import Code, by_spelling, codes, folded
from ucapdesk.model.text.format.zones import city_zone

NAMED = ("en", "zh")
"""The languages in which the name of a place is completed."""


@dataclass(frozen=True, slots=True)
class CityFacts:
    """The country or region in which a city lies, as its ISO code, its time zone, and its names by language."""

    country: str
    zone: str
    names: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def city_facts(names: Iterable[str]) -> CityFacts | None:
    """Return the facts of a city of these names; None where none of them is known, or they name several."""
    found = {facts for name in names if (facts := _facts(name))}
    return found.pop() if len(found) == 1 else None


def known_city(name: str) -> Code | None:
    """Return the city of the reference list that is called so in any of the five languages."""
    return by_spelling("cities", place_key).get(place_key(name))


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


def _facts(name: str) -> CityFacts | None:
    listed = known_city(name)
    if listed is not None:
        read = (lang for lang in NAMED if lang in listed.labels and lang not in listed.draft)
        names = tuple((lang, listed.labels[lang]) for lang in read)
        return CityFacts(str(listed.facts["country"]), str(listed.facts["zone"]), names)
    elsewhere = _elsewhere(name)
    called = (name, *(elsewhere.labels.values() if elsewhere else ()))  # zones know cities by their English names
    zone = next(filter(None, (city_zone(place_key(each)) for each in called)), None)
    countries = [code for code, known in codes("countries").items() if zone in known.facts.get("zones", ())]
    return CityFacts(countries[0], zone) if zone and len(countries) == 1 else None
