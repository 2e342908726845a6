"""The cities of both sides and every other place the paper names, each registered once."""

from __future__ import annotations

import re

from ucapdesk.formats.glance.glance_parts import City, Country, Place, Side
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.text import brackets, country, folded, inside, split_outside, squash

_REGION_WORD = re.compile(r"\b(regio|region|regional|metropolitan( area)?|metropole?|province|county)\b", re.IGNORECASE)
_INCLUDED = re.compile(r"^(incl(uding|\.)?|with|comprising)\b\.?:?\s*", re.IGNORECASE)
_SEPARATOR = r"[,;\n，；、]|\s(?:and|&)\s"
# A name has a few words; an endless run of capitals must not be tried from each of its words to its end.
_DISTRICT = re.compile(
    r"\b((?:[A-Z][\w’'-]*\s+){1,6}(?:(?:New|Pilot|Development)\s+)?(?:District|New Area|Development Zone|Economic Zone))\b"
)


def cities_in(text: str) -> tuple[City, ...]:
    """Return the cities of a cell in order, e.g. ``Rome, Stuttgart Regio (incl. Ludwigsburg)``."""
    cities = []
    for order, print_ in enumerate(split_outside(text, _SEPARATOR), 1):
        name, included = print_, []
        for start, end in brackets(print_):
            body = inside(print_[start:end])
            if _INCLUDED.match(body):
                included += split_outside(_INCLUDED.sub("", body), _SEPARATOR)
                name = squash(name.replace(print_[start:end], " "))
        cities.append(City(name or print_, tuple(included), order, print_))
    return tuple(cities)


def names_in(text: str) -> list[str]:
    """Return the names of places in a phrase such as ``Barcelona, Stuttgart and Brussels``."""
    return split_outside(text, _SEPARATOR)


def countries_in(text: str) -> tuple[tuple[str, ...], tuple[Country, ...]]:
    """Return the states and the countries of a cell such as ``Guangxi, China``."""
    parts = split_outside(text, r"[,;/\n，；、]|\s(?:and|&)\s")
    found = [(part, country(part)) for part in parts]
    return tuple(part for part, known in found if not known), tuple(known for _, known in found if known)


def kind_of(name: str) -> str:
    """Return ``region`` when the name says so, else ``city``."""
    return "region" if _REGION_WORD.search(name) else "city"


class Register:
    """All places of one paper, in the order they are met."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._places: dict[str, Place] = {}

    def found(self) -> tuple[Place, ...]:
        """Return all places so far."""
        return tuple(self._places.values())

    def get(self, name: str) -> Place | None:
        """Return the place of that name."""
        return self._places.get(folded(name))

    def _add(self, place: Place) -> Place:
        return self._places.setdefault(folded(place.name), place)

    def listed(self, side: Side, label: str) -> None:
        """Register the cities of a side with the places they include."""
        for city in side.cities:
            place = self._add(Place(city.name, kind_of(city.name), None, side.side, "partner", city.print, label))
            for name in city.included:
                self._add(Place(name, "city", place.name, side.side, "included", city.print, label))
            if city.included:
                self._notes.add("place_included", label, print=city.print, region=city.name)

    def _region_of(self, name: str) -> Place | None:
        """Return the listed region that bears the name of this city."""
        wanted = folded(name)
        for place in self._places.values():
            if place.kind == "region" and folded(_REGION_WORD.sub(" ", place.name)) == wanted:
                return place
        return None

    def _named(self, name: str, label: str, role: str | None, side: str | None) -> tuple[Place, bool]:
        known, region = self.get(name), self._region_of(name)
        if known:
            return known, False
        if region:
            self._notes.add("place_in_region", label, print=name, region=region.name)
            return self._add(Place(name, "city", region.name, region.side, None, name, label)), False
        return self._add(Place(name, kind_of(name), None, side, role, name, label)), True

    def host(self, name: str, label: str) -> Place:
        """Register the place where a meeting is held, whether or not it is a partner."""
        place, outside = self._named(name, label, None, None)
        if outside:
            self._notes.add("place_not_partner", label, place=name)
        return place

    def contact(self, name: str, label: str, side: str | None, person: str) -> Place:
        """Register the place a contact person stands for, whether or not it is a partner."""
        place, outside = self._named(name, label, "contact_only", side)
        if outside:
            self._notes.add("contact_outside", label, person=person, place=name)
        return place

    def districts(self, text: str, label: str, city: str | None) -> None:
        """Register the districts a text names; they belong to the one city of the first side, if it is one."""
        for match in _DISTRICT.finditer(text):
            name = squash(match[1])
            if self.get(name):
                continue
            self._add(Place(name, "district", city, None, None, name, label))
            if city:
                self._notes.add("district", label, place=name, city=city)
            else:
                self._notes.add("district_open", label, place=name)
