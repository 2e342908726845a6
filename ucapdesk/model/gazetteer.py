"""The gazetteer: the prefecture-level units of China and the large cities of the European Union by all their names.

It stands beside the list ``cities``, whose entry is taken where both have a city. ``resources/reference/gazetteer.py`` tells what is in a
line of its table, which is read when a name is first asked for. A name means a city only beyond doubt: one that another city
has as well is found by the country, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from ucapdesk.base.paths import resource
from ucapdesk.model.codes import Code, codes, folded

CHINA = "CN"
DOUBTED = "?"  # Stands in the table before a name that a city abroad has as well
_MUNICIPALITIES = ("11", "12", "31", "50")  # The codes of provinces that are cities themselves
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def cities_named(name: str, country: str = "") -> Sequence[Code]:
    """Return the cities of a name, with or without 市; ``country``: those in it, by its ISO code.

    Where a province is called like a city, as 吉林, both are returned: the name alone tells neither.
    """
    found = _by_name()[0].get(_form(name), ())
    if country:
        return [city for city in found if city.facts["country"] == country]
    return () if is_doubted(name) else found


def is_doubted(name: str) -> bool:
    """Return whether cities of several countries are called so."""
    names, abroad = _by_name()
    form = _form(name)
    return form in abroad or len({city.facts["country"] for city in names.get(form, ())}) > 1


def _form(name: str) -> str:
    """Return the form in which a name is in the table; empty where it is not."""
    said = folded(" ".join(name.split()))
    forms = (said, said.removesuffix("市"), said.removesuffix(" city"))
    return next((form for form in forms if form in _by_name()[0]), "")


@cache
def gazetteer() -> Mapping[str, Code]:
    found: dict[str, Code] = {}
    for line in _lines():
        city = _city(*line)
        if city.code in found:
            city = city._replace(code=f"{city.code}_{line[0][3:]}")  # Suzhou of Anhui
        found[city.code] = city
    return MappingProxyType(found)


def spellings(city: Code) -> Iterator[str]:
    """Yield the names of a city of the gazetteer: Koeln too, and of one of China also those without 市, and with "City"."""
    for name in (*city.labels.values(), *city.facts["aliases"]):
        yield name
        yield name.translate(_UMLAUTS)
        if city.facts["country"] == CHINA and name.endswith("市"):
            yield name.removesuffix("市")
            yield f"{city.labels['en']} City"


@cache
def _by_name() -> tuple[Mapping[str, Sequence[Code]], frozenset[str]]:
    """Return the cities by their folded names, and the names that cities abroad have as well."""
    found: dict[str, list[Code]] = {}
    listed = codes("cities")
    for city in gazetteer().values():
        for name in dict.fromkeys(map(folded, spellings(city))):
            found.setdefault(name, []).append(listed.get(city.code, city))
    for province in _provinces().values():
        for name in map(folded, (*province.values(), province["zh"].removesuffix("省"))):
            if name in found:
                found[name].append(Code("", province, (), MappingProxyType({"country": CHINA, "zone": _zone(CHINA)})))
    doubted = frozenset(
        folded(name.removeprefix(DOUBTED))
        for line in _lines()
        for name in line[1] + line[2]
        if name.startswith(DOUBTED)
    )
    return MappingProxyType(found), doubted


@cache
def _provinces() -> Mapping[str, Mapping[str, str]]:
    """Return the names of the provinces of China by language, by their codes."""
    rows = (row.split("\t") for row in _table() if _is_province(row.partition("\t")[0]))
    return {row[0][3:]: {"en": row[1].split("|")[0], "zh": row[2].split("|")[0]} for row in rows}


def _city(unit: str, latin: list[str], han: list[str], zone: str) -> Code:
    """Return the entry of a line; a Chinese name from abroad is a draft until somebody who reads it agrees."""
    country = unit[:2]
    latin, han = ([name.removeprefix(DOUBTED) for name in names] for names in (latin, han))
    facts: dict[str, Any] = {"country": country, "zone": zone or _zone(country), "aliases": (*latin[1:], *han[1:])}
    if country == CHINA:
        facts |= {"state": _provinces().get(unit[3:5])}
    if country == CHINA and len(han) > 1:
        facts |= {"short": {"en": latin[1], "zh": han[1]}}
    labels = {"en": latin[0], "zh": han[0]}
    name = facts.get("short", labels)["en"]
    code = "_".join(re.findall("[a-z0-9]+", folded(name).replace("'", "")))
    return Code(code, labels, () if country == CHINA else ("zh",), MappingProxyType(facts))


def _lines() -> Iterator[tuple[str, list[str], list[str], str]]:
    for row in _table():
        unit, latin, han, *zone = row.split("\t")
        if not _is_province(unit):
            yield unit, latin.split("|"), han.split("|"), zone[0] if zone else ""


def _is_province(unit: str) -> bool:
    return len(unit) == len("CN-53") and unit[3:] not in _MUNICIPALITIES


@cache
def _table() -> Sequence[str]:
    return resource("reference/gazetteer.tsv").read_text(encoding="utf-8").splitlines()


def _zone(country: str) -> str:
    return str(codes("countries")[country].facts["zones"][0])
