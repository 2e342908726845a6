"""Names of the sides of a cooperation: their cities or organisations, never the letters A and B of the data.

The codes A and B stand in the records. Who is named by them depends on what is told of: a plan, a visit, a meeting, an
agreement. Where nobody is known, and in columns that must be short, the Chinese and the European side are called so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGES, Message, language, tr
from ucapdesk.base.marks import GroupMark
from ucapdesk.base.phrases import phrases
from ucapdesk.model.codes import code_label
from ucapdesk.model.values import Bilingual

SIDES = ("A", "B")
OTHER_SIDE = {"A": "B", "B": "A"}
HOSTS, GUESTS = "hosts", "guests"
"""Used in place of a code: the side at home, and the one that travels."""
_AT_HOME_OR_NOT = {HOSTS: Message("paper", "host side"), GUESTS: Message("paper", "visiting side")}


_ONE_CITY = re.compile(r"(?<=..)(?<!..城)市$")
"""The end of the name of one city, 柳州市 or 盐城市; that of 欧盟城市, cities of the EU, is a part of another word."""


PARTY_MARKS = (
    GroupMark("●", "#0F5FA6"), GroupMark("□", "#1C2430"), GroupMark("▲", "#A33B12"), GroupMark("◆", "#1B6E3C"),
    GroupMark("○", "#6B2C91"), GroupMark("■", "#8A5A00"), GroupMark("△", "#9B1C31"), GroupMark("▼", "#00697A"),
)  # fmt: skip
"""How those who meet are told apart, in their order. No two shapes are taken for one another without colour."""


class Party(NamedTuple):
    """One of those who meet or sign: a city, else an organisation.

    Attributes:
        id: Of its record.
        name: What it is called.
        side: The code of its side.
    """

    id: str
    name: Bilingual
    side: str


class Group(NamedTuple):
    """Those who are told apart where people sit, stand in lists or wear badges: a side, or one of several parties of it."""

    side: str
    party: Party | None
    mark: GroupMark


class Sides(NamedTuple):
    """The sides of one plan, visit, meeting or agreement.

    Attributes:
        parties: All of them, side A first.
        labels: What a side as a whole is called, where somebody wrote that.
        hosts: The code of the side that is at home; empty where nobody is.
    """

    parties: tuple[Party, ...] = ()
    labels: Mapping[str, Bilingual] = MappingProxyType({})
    hosts: str = ""

    @property
    def several(self) -> bool:
        """Whether more than two parties meet, so that each of them has its own place."""
        return any(len(self.of(side)) > 1 for side in SIDES)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The two sides; where more than two parties meet, each of these, and last those of a side who are of none of its parties.

        Side A first, each with a mark of its own.
        """
        apart = [(side, party) for side in SIDES for party in (self.of(side) if self.several else ()) or (None,)]
        apart += [(side, None) for side in SIDES if len(self.of(side)) > 1]
        return tuple(Group(side, party, PARTY_MARKS[n % len(PARTY_MARKS)]) for n, (side, party) in enumerate(apart))

    def code(self, side: str) -> str:
        """Return the code of a side, also for hosts or guests; empty where it is not known which side that is."""
        if side in _AT_HOME_OR_NOT:
            return self.hosts if side == HOSTS else OTHER_SIDE.get(self.hosts, "")
        return side

    def of(self, side: str) -> tuple[Party, ...]:
        """Return the parties of a side."""
        return tuple(each for each in self.parties if each.side == self.code(side))

    def names(self, side: str) -> tuple[Bilingual, ...]:
        """Return the names of a side: its label, else the names of its parties; empty where neither is known."""
        label = self.labels.get(self.code(side))
        return (label,) if label else tuple(each.name for each in self.of(side))

    def say(self, side: str, lang: str | None = None) -> str:
        """Return the side in words: ``Łódź and Thessaloniki side``, 郑州方; the short form where nobody is named."""
        lang = lang or language()
        return side_of_names([each.said(lang) for each in self.names(side)], self.code(side) or side, lang)


NOBODY = Sides()
"""The sides of which only the codes are known."""


def short_side(side: str, lang: str | None = None) -> str:
    """Return the short form of a side, for unnamed sides and narrow columns: 中方, 欧方; 主方, 来访方."""
    return _AT_HOME_OR_NOT[side].say(lang) if side in _AT_HOME_OR_NOT else code_label("side", side, lang)


def side_of_names(names: Sequence[str], side: str, lang: str) -> str:
    """Return the side of these names: ``Gdańsk side``, 柳州方."""
    if not names:
        return short_side(side, lang)
    name = and_list(names, lang)
    if name.casefold().endswith(tuple(each.casefold() for each in phrases(lang)["side_endings"])):
        return name  # it already says what it is
    if lang == "zh":
        name = and_list([_ONE_CITY.sub("", each) for each in names], lang)
    return tr("paper", "{name} side", lang, name=name)


def and_list(names: Sequence[str], lang: str) -> str:
    """Return names as a list with "and" before the last; in Chinese with 、."""
    from babel.lists import format_list

    if lang == "zh":
        return "、".join(names)
    known = lang in LANGUAGES and lang != "en"  # the pseudo-language of the tests is none that CLDR knows
    return str(format_list(list(names), locale=lang if known else "en_GB"))
