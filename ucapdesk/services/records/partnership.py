"""A partnership as a picture has it: cities of both sides, themes and MoUs between them, and how often who met whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from ucapdesk.base.i18n import language, ntr
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Theme, UcapPlace
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.record import Record
from ucapdesk.store.desk import Desk

LEFT, MIDDLE, RIGHT = 0, 1, 2
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Node:
    """A city, theme or MoU: its record, its kind, its name, and the column in which it stands."""

    id: str
    kind: str
    title: str
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two nodes, and how often they met; 0 where they only belong together."""

    a: str
    b: str
    met: int = 0

    @property
    def said(self) -> str:
        """The number of meetings in words."""
        return ntr("partnership", "{n} meeting", "{n} meetings", self.met) if self.met else ""


@dataclass(frozen=True, slots=True)
class Partnership:
    """The picture of one UCAP."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def of_ucap(desk: Desk, ucap: str) -> Partnership:
    """Return the picture of a UCAP."""
    sides = _sides(desk, ucap)
    themes = [each.id for each in desk.read.children(ucap, Theme)]
    mous = _all(desk, Agreement, ucap)
    links = [Link(a, b, n) for (a, b), n in _meetings(desk, ucap, sides).items()]
    links += _of_themes(desk, ucap, set(themes), set(sides["A"] + sides["B"]))
    for mou in mous:
        links += [Link(place, mou.id) for place in _of_parties(desk, mou) if place in sides["A"] + sides["B"]]
    names = desk.read.titles([*sides["A"], *sides["B"], *themes, *(mou.id for mou in mous)], language())
    told = (
        *((id_, "place", LEFT) for id_ in sides["A"]), *((id_, "theme", MIDDLE) for id_ in themes),
        *((mou.id, "agreement", MIDDLE) for mou in mous), *((id_, "place", RIGHT) for id_ in sides["B"]),
    )  # fmt: skip
    nodes = tuple(Node(id_, kind, " ".join(names.get(id_, "").split()), column) for id_, kind, column in told)
    return Partnership(nodes, tuple(dict.fromkeys(links)))


def _sides(desk: Desk, ucap: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"A": [], "B": []}
    for each in desk.read.children(ucap, UcapPlace):
        if each.place and each.side in found and each.place not in found[each.side]:
            found[each.side].append(each.place)
    return found


def _all(desk: Desk, kind: type[R], ucap: str) -> list[R]:
    return desk.read.page(kind, desk.read.ids(kind, where={"ucap": ucap}))


def _meetings(desk: Desk, ucap: str, sides: dict[str, list[str]]) -> Counter[tuple[str, str]]:
    """Count the meetings of each pair of cities; a side that is one city takes part in all of them."""
    met: Counter[tuple[str, str]] = Counter()
    for meeting in _all(desk, Meeting, ucap):
        people = [each.person for each in desk.read.children(meeting.id, Participation) if each.person]
        there = {*(meeting.places or ()), *(each.place for each in desk.read.page(Person, people) if each.place)}
        ours, theirs = (cities if len(cities) == 1 else [c for c in cities if c in there] for cities in sides.values())
        met.update((a, b) for a in ours for b in theirs)
    return met


def _of_themes(desk: Desk, ucap: str, themes: set[str], cities: set[str]) -> list[Link]:
    """Return the lines between cities and the themes of their pilot projects."""
    return [
        Link(city, theme)
        for project in _all(desk, PilotProject, ucap)
        for theme in project.themes or () if theme in themes
        for city in project.places or () if city in cities
    ]  # fmt: skip


def _of_parties(desk: Desk, mou: Agreement) -> list[str]:
    """Return the cities of the parties of an MoU."""
    houses = [each.organisation for each in desk.read.children(mou.id, AgreementParty) if each.organisation]
    return [each.place for each in desk.read.page(Organisation, houses) if each.place]
