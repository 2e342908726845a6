"""The cities of both sides and every other place the paper names, each registered once."""

from __future__ import annotations

import re
from functools import lru_cache

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.paper_contents import City, Notes, PaperPlace, PaperSide
from ucapdesk.formats.phrases.small_texts import (
    brackets,
    city_in_two,
    country,
    folded_nfkc,
    in_languages,
    inside,
    split_outside,
    squash,
)
from ucapdesk.model.codes import codes
from ucapdesk.model.codes import folded as plain_folded
from ucapdesk.model.rules.country_facts import known_city, place_key

_REGION_WORD = re.compile(
    r"\b(regio|region|regional|metropolitan( area)?|m[eé]tropole?|province|county)\b", re.IGNORECASE
)
_INCLUDED = re.compile(r"^(incl(uding|\.)?|with|comprising)\b\.?:?\s*", re.IGNORECASE)
# What a city is as an authority, before its name: Comune di Brescia.
_FORM_WORD = re.compile(
    r"^(?:comune|ayuntamiento|municipio|ciudad|citt[aà]|ville|mairie|commune|gemeente|(?:landeshaupt|hanse)?stadt|city|municipality)\s+"
    r"(?:(?:di|de|del|of|van|da)\s+|d['’])?(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_PROVINCE = re.compile(r"\b(?:province|county)\b|省$", re.IGNORECASE)
_SEPARATOR = r"[,;\n，；、]|\s(?:and|&|y|und)\s|\se\s(?=[A-ZÀ-Ý])"
# A name has a few words; an endless run of capitals must not be tried from each of its words to its end.
_LETTER = "[0-9A-Za-zÀ-ÖØ-öø-ɏ]"
_DISTRICT = re.compile(
    r"\b((?:[A-Z][\w’'-]*\s+){1,6}(?:(?:New|Pilot|Development)\s+)?(?:District|New Area|Development Zone|Economic Zone))\b"
)


def cities_in(text: str) -> tuple[City, ...]:
    """Return the cities of a cell in order, e.g. ``Rome, Stuttgart Regio (incl. Ludwigsburg)``."""
    cities = []
    for print_ in split_outside(text, _SEPARATOR):
        name, included = print_, []
        for start, end in brackets(print_):
            body = inside(print_[start:end])
            includes = _INCLUDED.match(body)
            if includes or country(body) or _PROVINCE.search(body):
                included += split_outside(body[includes.end() :], _SEPARATOR) if includes else []
                name = squash(name.replace(print_[start:end], " "))
        cities.append(City(_in_small(city_in_two(name or print_)), tuple(included), print_))
    return tuple(cities)


def _in_small(name: str) -> str:
    """Return a name printed in capitals as it is written: XIAMEN is Xiamen."""
    return name.title() if name.isupper() and len(name) > 3 and name.isascii() else name


def names_in(text: str) -> list[str]:
    """Return the names of places in a phrase such as ``Barcelona, Stuttgart and Brussels``."""
    return split_outside(text, _SEPARATOR)


def countries_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the states and the codes of the countries of a cell such as ``Guangxi, China``."""
    parts = [each for part in split_outside(text, r"[,;/\n，；、]|\s(?:and|&)\s") for each in country_first(part)]
    found = [(part, country(part)) for part in parts]
    return tuple(part for part, known in found if not known), tuple(known for _, known in found if known)


def unbracketed(name: str) -> str:
    """Return a name without what stands in brackets behind it: Gijón (Xixón)."""
    return squash(re.sub(r"[(（][^()（）]*[)）]", " ", name))


def bracketed_countries(text: str) -> tuple[str, ...]:
    """Return the codes of the countries in brackets behind cities: 特里尔市（德国）."""
    return tuple(known for start, end in brackets(text) if (known := country(inside(text[start:end]))))


def country_first(part: str) -> list[str]:
    """Return a Chinese place with its country before it as both: 中国福建省."""
    bare = squash(part)
    if HAN_RUN.match(bare) and not country(bare):
        for length in range(min(len(bare) - 2, 8), 1, -1):
            if country(bare[:length]):
                return [bare[:length], bare[length:].strip(" ·-—")]
    return [part]


def european(name: str, *, city: bool = False) -> bool | None:
    """Return whether a country, or with ``city`` a city of the list, lies in Europe; None where the name is of none."""
    listed = known_city(name) if city else None
    code = str(listed.facts.get("country", "")) if listed else country(name)
    facts = codes("countries").get(code or "")
    if facts is None:
        return None
    zones = facts.facts.get("zones") or [""]
    return bool(facts.facts.get("eu27")) or str(zones[0]).startswith("Europe/")


def kind_of(name: str) -> str:
    """Return ``region`` when the name says so, else ``city``."""
    return "region" if _REGION_WORD.search(name) else "city"


class Register:
    """All places of one paper, in the order they are met."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._places: dict[str, PaperPlace] = {}

    def found(self) -> tuple[PaperPlace, ...]:
        return tuple(self._places.values())

    def get(self, name: str) -> PaperPlace | None:
        return self._places.get(folded_nfkc(name))

    def resolve(self, name: str) -> PaperPlace | None:
        """Return the place that a name means: also in another language, or by the word that tells it from others."""
        if place := self.get(name):
            return place
        key, listed = place_key(name), known_city(name)
        for place in self._places.values():
            if place_key(place.name) == key or (listed and known_city(place.name) is listed):
                return place
        if self._region_of(name):
            return None
        words = set(_words(name))
        held = [place for place in self._places.values() if words and words < set(_words(place.name)) and place.role]
        return held[0] if len(held) == 1 and kind_of(held[0].name) != "district" else None

    def mentions(self, text: str) -> list[tuple[int, int, PaperPlace]]:
        """Return where a text names the cities of the sides, in order, without overlaps."""
        found: list[tuple[int, int, PaperPlace]] = []
        for place in self._places.values():
            if place.role in ("partner", "included"):
                hits = (hit for pattern in _called(place.name) for hit in pattern.finditer(text))
                found += [(*hit.span(), place) for hit in hits]
        kept: list[tuple[int, int, PaperPlace]] = []
        for each in sorted(found, key=lambda each: (each[0], -each[1])):
            if not kept or each[0] >= kept[-1][1]:
                kept.append(each)
        return kept

    def _add(self, place: PaperPlace) -> PaperPlace:
        return self._places.setdefault(folded_nfkc(place.name), place)

    def listed(self, side: PaperSide, label: str) -> None:
        for city in side.cities:
            place = self._add(PaperPlace(city.name, kind_of(city.name), None, side.side, "partner", city.print, label))
            for name in city.included:
                self._add(PaperPlace(name, "city", place.name, side.side, "included", city.print, label))
            if city.included:
                self._notes.add("place_included", label, print=city.print, region=city.name)

    def _region_of(self, name: str) -> PaperPlace | None:
        wanted = folded_nfkc(name)
        for place in self._places.values():
            if place.kind == "region" and folded_nfkc(_REGION_WORD.sub(" ", place.name)) == wanted:
                return place
        return None

    def _named(
        self, name: str, label: str, code: str, role: str | None = None, side: str | None = None, **told: object
    ) -> PaperPlace:
        """Return the place of a name; ``code`` and ``told`` are the oddity of one that is no partner."""
        known, region = self.resolve(name), self._region_of(name)
        if known:
            return known
        if region:
            self._notes.add("place_in_region", label, print=name, region=region.name)
            return self._add(PaperPlace(name, "city", region.name, region.side, None, name, label))
        self._notes.add(code, label, **told)
        return self._add(PaperPlace(name, kind_of(name), None, side, role, name, label))

    def apart(self, name: str) -> list[str]:
        """Return two places with a stroke between them, one of them a partner, by themselves: Zibo / Jinan, but not Bolzano / Bozen."""
        parts = [part for part in re.split(r"\s*/\s*", name) if part]
        return parts if not self.get(name) and any(map(self.resolve, parts)) else [name]

    def host(self, name: str, label: str) -> PaperPlace:
        """Register the place where a meeting is held, whether or not it is a partner."""
        return self._named(name, label, "place_not_partner", place=name)

    def contact(self, name: str, label: str, side: str | None, person: str) -> PaperPlace:
        """Register the place a contact person stands for, whether or not it is a partner."""
        return self._named(name, label, "contact_outside", "contact_only", side, person=person, place=name)

    def districts(self, text: str, label: str, city: str | None) -> None:
        """Register the districts a text names; they belong to the one city of the first side, if it is one."""
        for match in _DISTRICT.finditer(text):
            name = squash(match[1])
            if self.get(name):
                continue
            self._add(PaperPlace(name, "district", city, None, None, name, label))
            if city:
                self._notes.add("district", label, place=name, city=city)
            else:
                self._notes.add("district_open", label, place=name)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", plain_folded(name))


@lru_cache(maxsize=512)
def _called(name: str) -> list[re.Pattern[str]]:
    """Return patterns of how a text may call a place: by its name in five languages, without 市, by the word that is its own."""
    names = {name, _FORM_WORD.sub("", name), *in_languages(name, "en").values()}
    if listed := known_city(name):
        names |= set(listed.spellings) - {listed.code}
    bare = squash(_REGION_WORD.sub(" ", name))
    if bare != name and len(bare) > 3:
        names.add(bare)
        names.add(next((word for word in bare.split() if len(word) > 3 and word[0].isupper()), bare))
    names |= {said[:-1] for said in names if said.endswith("市") and len(said) > 2}
    return [_pattern(said) for said in names if len(said) > 1]


def _pattern(said: str) -> re.Pattern[str]:
    edges = ("", "") if HAN_RUN.search(said) else (f"(?<!{_LETTER})", f"(?!{_LETTER})")
    return re.compile(re.escape(said).join(edges), re.IGNORECASE)
