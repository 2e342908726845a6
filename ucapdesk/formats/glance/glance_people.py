"""Reads the rows of contact persons: ``Mr A B / Mr C D (City) Ms E F (Organisation, Division)``."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ucapdesk.formats.glance.glance_parts import Contact, Organisation, Side
from ucapdesk.formats.glance.glance_places import Register
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.text import brackets, folded, inside, split_outside, squash
from ucapdesk.model.rules.names import PARTICLES, read_latin

_TITLES = {
    "mr": "mr", "ms": "ms", "mrs": "ms", "miss": "ms", "mx": "mx", "dr": "dr", "prof": "prof", "professor": "prof",
    "eng": "eng", "ing": "eng", "h.e": "he", "amb": "amb", "ambassador": "amb",
}  # fmt: skip
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Eng|Ing|H\.E|Amb|Ambassador)\b\.?"
_TITLES_AT = re.compile(rf"(?<![\w.])(?:{_TITLE}\s*)+(?=\s|$)")
_SEPARATOR = re.compile(r"\s*(?:[,;、，；\n]|\band\b|&)\s*")
_ORGANISATION = re.compile(
    r"\b(commission|division|department|office|bureau|council|universit\w*|municipality|government|institute|"
    r"cent(?:er|re)|agency|chamber|committee|association|company|gmbh|ltd|ministry|directorate|foundation|unit)\b",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"\bIUR?C\b|programme|project team|secretariat", re.IGNORECASE)
_CONTACT = re.compile(r"\bcontacts?\b(\s+(persons?|people|points?)\b)?\s*(of|for|in)?\W*", re.IGNORECASE)


def group_of(label: str, sides: tuple[Side, Side]) -> str | None:
    """Return whose contacts a row holds, by the words of its label."""
    whose = folded(_CONTACT.sub("", label))
    for side in sides:
        if any(folded(city.name) in whose for city in side.cities):
            return side.side
    if _PROGRAMME.search(whose):
        return "programme"
    if re.search(r"\b(europe(an)?|eu)\b", whose):
        return "B"
    return "A" if re.search(r"\b(chinese|china|asian?|indian?|japan\w*|latin)\b", whose) else None


class People:
    """Reads the contact rows of one paper one after the other; gathers their people and organisations."""

    def __init__(self, sides: tuple[Side, Side], register: Register, notes: Notes) -> None:
        self._sides = sides
        self._register = register
        self._notes = notes
        self._with_stop: list[tuple[str, str]] = []
        self.contacts: list[Contact] = []
        self.organisations: list[Organisation] = []
        self.unread: list[str] = []

    def read(self, text: str, label: str) -> None:
        """Read the people of one row."""
        group = group_of(label, self._sides)
        if group is None:
            self._notes.add("contact_group", label)
        own = _CONTACT.sub("", squash(label)).strip() if group == "programme" else None
        programme = self._organisation(own, None, None, label) if own else None
        for found, bracket in _shares(text):
            names = [(print_, title) for print_, title in found if print_ != title]
            for print_ in (title for print_, title in found if print_ == title):
                self._stray(print_, label)
            if len(names) > 1 and bracket:
                said = " / ".join(print_ for print_, _ in names)
                self._notes.add("contacts_joined", label, people=said, bracket=f"({bracket})", n=len(names))
            for at, (print_, title) in enumerate(names, 1):
                contact = replace(self._person(print_, title, label), group=group, organisation=programme)
                contact = self._settled(contact, bracket, label)
                tail = f" ({bracket})" if bracket and at == len(names) else ""
                self.contacts.append(replace(contact, print=print_ + tail))
            if not names and bracket:
                self._stray(f"({bracket})", label)

    def _stray(self, print_: str, label: str) -> None:
        self.unread.append(print_)
        self._notes.add("stray_text", label, print=print_)

    def _person(self, print_: str, title: str, label: str) -> Contact:
        words = print_.removeprefix(title).split()
        family, given, order, capitals = _name(words)
        if capitals:
            code = "capitals_first" if order == "family_first" else "capitals_last"
            self._notes.add(code, label, print=print_, family=family)
        elif order == "family_first":
            self._notes.add("family_first", label, print=print_, family=family)
        elif len(words) > 2 and not any(word.casefold() in PARTICLES for word in words):
            self._notes.add("name_parts", label, print=print_, family=family)
        if not title:
            self._notes.add("no_title", label, print=print_)
        if title.rstrip(".") in {"Mr", "Ms", "Mrs"} and title.endswith("."):
            self._with_stop.append((label, print_))
        return Contact(
            order=len(self.contacts) + 1, group=None, salutation=_salutation(title), family=family, given=given,
            name_order=order, surname_capitals=capitals, organisation=None, place=None, print=print_, row=label,
        )  # fmt: skip

    def _settled(self, contact: Contact, bracket: str, label: str) -> Contact:
        """Return the contact with the place or the organisation its bracket names."""
        home = self._home(label, contact.group)
        if not bracket:
            if contact.organisation is None and home is None:
                self._notes.add("contact_no_place", label, print=contact.print)
            return replace(contact, place=home)
        if self._register.get(bracket) is None and (_ORGANISATION.search(bracket) or contact.group != "B"):
            places = (place.name for place in self._register.found())
            named = next((name for name in places if re.search(rf"\b{re.escape(name)}\b", bracket)), None)
            parent = contact.organisation
            for name in split_outside(bracket, r"[,;/，；]") or [bracket]:
                parent = self._organisation(name, parent, named, label)
            return replace(contact, organisation=parent, place=named or home)
        side = contact.group if contact.group in ("A", "B") else None
        person = f"{contact.given} {contact.family}".strip()
        return replace(contact, place=self._register.contact(bracket, label, side, person).name)

    def _home(self, label: str, group: str | None) -> str | None:
        """Return the city that the label names, else the only one of the group."""
        cities = [city.name for side in self._sides if side.side == group for city in side.cities]
        named = [name for name in cities if folded(name) in folded(label)]
        return named[0] if named else cities[0] if len(cities) == 1 else None

    def _organisation(self, name: str, parent: str | None, place: str | None, label: str) -> str:
        """Register an organisation unless it is known; return its key."""
        key = f"{parent} > {folded(name)}" if parent else folded(name)
        if all(known.key != key for known in self.organisations):
            self.organisations.append(Organisation(key, name, parent, place, label))
        return key

    def check(self, text: str, label: str) -> None:
        """Note titles written differently, cities without a contact, and that nobody can be reached."""
        if 0 < len(self._with_stop) < len(self.contacts):
            for row, print_ in self._with_stop:
                self._notes.add("title_stop", row, print=print_)
        met = {contact.place for contact in self.contacts}
        listed = [place for place in self._register.found() if place.role in ("partner", "included")]
        if missing := [place.name for place in listed if place.name not in met]:
            self._notes.add("contact_missing", label, places=", ".join(missing))
        if self.contacts and not re.search(r"\w@\w|\+?\d[\d\s()/.-]{6,}\d", text):
            self._notes.add("no_addresses", label)


def _shares(text: str) -> list[tuple[list[tuple[str, str]], str]]:
    """Groups of (print, title) with the bracket they share: people joined by ``/`` share the one after the last."""
    groups: list[tuple[list[tuple[str, str]], str]] = []
    last = 0
    for start, end in [*brackets(text), (len(text), len(text))]:
        joined: list[tuple[str, str]] = []
        for slashed in _SEPARATOR.split(text[last:start]):
            groups += [([name], "") for name in joined]
            joined = []
            for piece in slashed.split("/"):
                names = _named(piece)
                groups += [([name], "") for name in (joined + names)[:-1] if len(names) > 1]
                joined = names[-1:] if len(names) > 1 else joined + names
        bracket = inside(text[start:end]) if end > start else ""
        groups += [(joined, bracket)] if bracket else [([name], "") for name in joined]
        last = end
    return groups


def _named(piece: str) -> list[tuple[str, str]]:
    """Return the people of a piece without separators, each as (print, title): a title begins the next one."""
    starts = [match.span() for match in _TITLES_AT.finditer(piece)]
    first = starts[0][0] if starts else len(piece)
    found = [(squash(piece[:first]), "")]
    for (start, end), (stop, _) in pairwise([*starts, (len(piece), 0)]):
        found.append((squash(piece[start:stop]), squash(piece[start:end])))
    return [(print_, title) for print_, title in found if re.search(r"\w", print_)]


def _salutation(title: str) -> str | None:
    codes = [_TITLES[word.casefold().rstrip(".")] for word in title.split() if word.casefold().rstrip(".") in _TITLES]
    return "prof_dr" if {"prof", "dr"} <= set(codes) else codes[-1] if codes else None


def _name(words: list[str]) -> tuple[str, str, str, bool]:
    """Family name, given name, order, and whether capitals mark the family name; a single word is taken for the family name."""
    name = read_latin(" ".join(words))
    capital = [len(word) > 1 and word.isupper() and "." not in word for word in words]
    marked = not all(capital) and (capital[0] or capital[-1])
    if not name.family:
        return name.given or "", "", "given_first", False
    return name.family, name.given or "", name.order or "given_first", marked
