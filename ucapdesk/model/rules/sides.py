"""The sides of a cooperation, their names, and the delegation and hosts of a visit: number and order, one rule for window, counts and papers.

The codes A and B stand in the records and are never shown. Who is named by them depends on what is told of: a plan, a visit, a
meeting, an agreement; a side is called by its cities or organisations. Where nobody is known, and in columns that must be short,
the Chinese and the European side are called so.

The order of protocol is that of the roles (``participation_role``): those who lead stand first and those who help last. Within a role
people stand as somebody put them; the rank of their posts counts when they are added, and when they are put in order of rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import filterfalse
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

from ucapdesk.base.i18n import LANGUAGES, Message, language, phrases, tr
from ucapdesk.base.marks import GroupMark
from ucapdesk.model.codes import code_label, codes, find_code
from ucapdesk.model.values import Bilingual, PartialDate

SIDES = ("A", "B")
OTHER_SIDE = {"A": "B", "B": "A"}
HOST_SIDE, GUEST_SIDE = "hosts", "guests"  # Used in place of a code: the side at home, and the one that travels
_AT_HOME_OR_NOT = {HOST_SIDE: Message("paper", "host side"), GUEST_SIDE: Message("paper", "visiting side")}


# The end of the name of one city, 柳州市 or 盐城市; that of 欧盟城市, cities of the EU, is a part of another word.
_ONE_CITY = re.compile(r"(?<=..)(?<!..城)市$")


# How those who meet are told apart, in their order. No two shapes are taken for one another without colour.
PARTY_MARKS = (
    GroupMark("●", "#0F5FA6"), GroupMark("□", "#1C2430"), GroupMark("▲", "#A33B12"), GroupMark("◆", "#1B6E3C"),
    GroupMark("○", "#6B2C91"), GroupMark("■", "#8A5A00"), GroupMark("△", "#9B1C31"), GroupMark("▼", "#00697A"),
)  # fmt: skip


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
            return self.hosts if side == HOST_SIDE else OTHER_SIDE.get(self.hosts, "")
        return side

    def of(self, side: str) -> tuple[Party, ...]:
        return tuple(each for each in self.parties if each.side == self.code(side))

    def names(self, side: str) -> tuple[Bilingual, ...]:
        """Return the names of a side: its label, else the names of its parties; empty where neither is known."""
        label = self.labels.get(self.code(side))
        return (label,) if label else tuple(each.name for each in self.of(side))

    def say(self, side: str, lang: str | None = None) -> str:
        """Return the side in words: ``Łódź and Thessaloniki side``, 郑州方; the short form where nobody is named."""
        lang = lang or language()
        return side_of_names([each.said(lang) for each in self.names(side)], self.code(side) or side, lang)


NOBODY = Sides()  # The sides of which only the codes are known


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


DELEGATION, HOSTS = "delegation", "hosts"
HOST, PRINCIPAL_HOST, GUEST_OF_HONOUR = "host", "principal_host", "guest_of_honour"
NO_SEAT = ("security", "press", "driver")  # Roles that come along and do not sit at the table
MEMBER, HELPER = 4, 5  # Places of roles in the protocol: whoever leads is before a member, whoever helps after
RANKED_LAST = 10**6


class Ranked(Protocol):
    """Somebody who takes part, as window and papers put people in order.

    Attributes:
        role: A code of the list ``participation_role``.
        rank: The place in the protocol, then the rank of the post, as ``standing`` gives them.
        at_home: Whether somebody receives.
    """

    @property
    def role(self) -> str | None: ...
    @property
    def rank(self) -> tuple[int, ...]: ...
    @property
    def at_home(self) -> bool: ...


R = TypeVar("R", bound=Ranked)


def protocol_of(role: str | None) -> int:
    """Return the place of a role in the protocol; the head is first."""
    known = codes("participation_role").get(role or "")
    return int(known.facts.get("protocol", MEMBER)) if known else MEMBER


def leads(role: str | None) -> bool:
    return protocol_of(role) < MEMBER


def helps(role: str | None) -> bool:
    """Return whether a role assists: interprets, drives, takes notes."""
    return protocol_of(role) == HELPER


def is_away(part: Any) -> bool:
    """Return whether somebody does not come, or did not."""
    known = codes("attendance").get(part.attendance or "")
    return known is not None and bool(known.facts.get("away"))


def coming(parts: Iterable[Any]) -> set[str]:
    """Return those of some participants who do not stay away, each once: people, and who is not on record."""
    return {each.person or each.id for each in parts if not is_away(each)}


def once(parts: Iterable[Any]) -> list[Any]:
    """Return who takes part, each once: of several parts of one person, such as under two records that are one, that with the role
    that says most. The head is the head, and who interprets is no delegate.
    """
    best: dict[str, Any] = {}
    for each in parts:
        key = each.person or each.id
        best[key] = min(best.get(key, each), each, key=lambda part: _says_most(protocol_of(part.role)))
    return list(best.values())


def _says_most(place: int) -> int:
    return place if place < MEMBER else -place + 2 * HELPER


def main_post(posts: Sequence[Any], day: date | PartialDate | None) -> Any | None:
    """Return the post a person is named and ranked with on a day: of those held then the main one, else the first.

    Of somebody who holds none any more it is the one they had.
    """
    on = PartialDate(day.isoformat()) if isinstance(day, date) else day
    held = [post for post in posts if held_on(post, on)] or posts
    return next((post for post in held if post.main), None) or next(iter(held), None)


def title_of_post(post: Any) -> Bilingual | None:
    """Return the title of a post in all languages it is known in; of a standard post without one its labels."""
    if post.post or not (known := codes("posts").get(post.post_code or "")):
        return post.post or None
    return Bilingual(known.labels, **{f"{lang}.state": "draft" for lang in known.draft})


def held_on(post: Any, day: PartialDate | None) -> bool:
    """Return whether a post may have been held on a day: nothing says that it was over, or not begun."""
    if post.dates is None or day is None:
        return True
    begun, over = post.dates.bounds
    return bool(begun <= day.bounds[1] and (not post.dates.is_interval or day.bounds[0] <= over))


def post_code(post: Any | None, lang: str = "") -> str | None:
    """Return the standard post of somebody: as recorded, else the one with the same title, first by that of a language.

    One Director is 主任 and another 局长; of a 院长 the word Director does not say which form of address is Chinese.
    """
    if post is None or post.post_code:
        return post.post_code if post else None
    titles = post.post or {}
    said = filter(None, (titles.get(lang), *titles.values()))
    found = next((code for title in said if (code := find_code("posts", title))), None)
    chinese = codes("posts")[found].facts.get("address", {}).get("zh", "") if found and lang == "zh" else ""
    return found if chinese in titles.get("zh", chinese) else None


def rank_of(post: Any | None) -> tuple[int, int, int]:
    """Return the sort key of a post, the highest first: its level, the order given by hand, that of the standard post."""
    level = codes("rank_levels").get((post.rank if post else None) or "")
    standard = codes("posts").get(post_code(post) or "")
    return (
        int(level.facts["order"]) if level else RANKED_LAST,
        post.rank_order if post and post.rank_order is not None else RANKED_LAST,
        int(standard.facts["order"]) if standard else RANKED_LAST,
    )


def standing(role: str | None, post: Any | None) -> tuple[int, ...]:
    """Return the sort key of somebody who takes part: the place of the role, then the rank of the post."""
    return (protocol_of(role), *rank_of(post))


def principal_host(people: Sequence[R]) -> R | None:
    """Return who receives before all others (主陪): the one marked so, else of the hosts and whoever leads at home the highest in rank."""
    marked = [each for each in people if each.role == PRINCIPAL_HOST]
    hosts = [each for each in people if each.role == HOST or (each.at_home and each.rank[:1] == (0,))]
    return min(marked or hosts, key=lambda each: each.rank, default=None)


def in_order(people: Sequence[R]) -> list[R]:
    """Return people in order of protocol: heads first, helpers last, the principal host before the other hosts; else as they stand."""
    first = principal_host(people)
    return sorted(people, key=lambda each: (each.rank[:1], each is not first))


def travelling_side(visit: Any, parts: Iterable[Any], hosting: Iterable[str] = ()) -> str:
    """Return the side that travels; empty where nobody knows it.

    It is the one that the visit says, else the other than that of the partner cities that host it, else that of the head it names,
    else the other than that of those listed as hosts, else that of whoever is listed as head. What does not speak of one side alone
    says nothing. A workspace is asked through ``store/read/derived_values.py``.

    Args:
        visit: It.
        parts: Those who take part in it.
        hosting: The sides of the partner cities that host it.
    """
    if visit.travelling_side:
        return str(visit.travelling_side)
    listed = [each for each in parts if each.side in OTHER_SIDE]
    told = (
        {OTHER_SIDE[side] for side in hosting},
        {each.side for each in listed if visit.head and each.person == visit.head},
        {OTHER_SIDE[each.side] for each in listed if each.role in (HOST, PRINCIPAL_HOST)},
        {each.side for each in listed if each.role == "head"},
    )
    return next((str(*sides) for sides in told if len(sides) == 1), "")


def group_of(part: Any, travelling: str) -> str:
    """Return whether somebody belongs to the delegation or to the hosts, where this side travels; hosts are known by their role too."""
    receives = part.role in (HOST, PRINCIPAL_HOST) or (travelling and part.side and part.side != travelling)
    return HOSTS if receives else DELEGATION


def travellers(head: str | None, parts: Sequence[Any], travelling: str) -> set[str]:
    """Return who travels, each once: without hosts and those who declined; the head counts even when not listed."""
    there = coming(each for each in once(filterfalse(is_away, parts)) if group_of(each, travelling) == DELEGATION)
    told = {each.person for each in parts}
    return there | ({head} if head else set()) - told
