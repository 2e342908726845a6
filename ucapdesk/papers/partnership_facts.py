"""Facts of which a partnership is drawn: cities of both sides, themes and MoUs between them, and how often who met whom.

The paper, and the picture in the window, are made of the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ucapdesk.base.i18n import ntr
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Theme, UcapPlace
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.papers.paper_sides import city_around, city_of, city_of_house
from ucapdesk.papers.participants import participants
from ucapdesk.papers.redacted_reader import RedactedReader

LEFT, MIDDLE, RIGHT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class PartnershipLink:
    """A line between two records, and how often they met; 0 where they only belong together."""

    a: str
    b: str
    met: int = 0

    @property
    def said(self) -> str:
        """The number of meetings in words."""
        return ntr("partnership", "{n} meeting", "{n} meetings", self.met) if self.met else ""


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """The records of the picture of one UCAP, and the lines between them."""

    sides: tuple[tuple[Place, ...], tuple[Place, ...]]
    between: tuple[Theme | Agreement, ...]
    """The records in the middle: themes, then MoUs."""
    links: tuple[PartnershipLink, ...]

    @property
    def points(self) -> Iterator[tuple[Place | Theme | Agreement, int]]:
        """The records in order, each with its column."""
        yield from ((place, LEFT) for place in self.sides[0])
        yield from ((each, MIDDLE) for each in self.between)
        yield from ((place, RIGHT) for place in self.sides[1])


def partnership_facts(reader: RedactedReader, ucap: str) -> PartnershipFacts:
    """Return the facts of a UCAP."""
    places = reader.children(UcapPlace, ucap)
    sides = tuple(tuple(reader.all(Place, (p.place for p in places if p.side == side))) for side in "AB")
    themes = reader.children(Theme, ucap)
    mous = reader.linked(Agreement, ucap=ucap)
    cities = [[place.id for place in side] for side in sides]
    links = [PartnershipLink(a, b, n) for (a, b), n in _meetings(reader, ucap, cities).items()]
    known = {id_ for side in cities for id_ in side}
    links += _of_themes(reader, ucap, {theme.id for theme in themes}, known)
    links += [PartnershipLink(city, mou.id) for mou in mous for city in _of_parties(reader, mou, known)]
    return PartnershipFacts((sides[0], sides[1]), (*themes, *mous), tuple(dict.fromkeys(links)))


def _meetings(reader: RedactedReader, ucap: str, sides: list[list[str]]) -> Counter[tuple[str, str]]:
    """Count the meetings of each pair of cities; a side that is one city takes part in all of them."""
    met: Counter[tuple[str, str]] = Counter()
    partners = frozenset(city for cities in sides for city in cities)
    for meeting in reader.linked(Meeting, "when", ucap=ucap):
        if is_called_off(meeting):
            continue
        found = [city_around(reader, place, partners) for place in meeting.places or ()]
        found += [city_of(reader, who, partners) for who in participants(reader, meeting.id)]
        there = {city.id for city in found if city}
        ours, theirs = (cities if len(cities) == 1 else [c for c in cities if c in there] for cities in sides)
        met.update((a, b) for a in ours for b in theirs)
    return met


def _of_themes(reader: RedactedReader, ucap: str, themes: set[str], cities: set[str]) -> list[PartnershipLink]:
    """Return the lines between cities and the themes of their pilot projects."""
    return [
        PartnershipLink(city, theme)
        for project in reader.linked(PilotProject, "pos", ucap=ucap)
        for theme in project.themes or () if theme in themes
        for city in project.places or () if city in cities
    ]  # fmt: skip


def _of_parties(reader: RedactedReader, mou: Agreement, partners: set[str]) -> list[str]:
    """Return the partners that the parties of an MoU come from."""
    parties = reader.children(AgreementParty, mou.id)
    cities = (city_of_house(reader, each.organisation, partners) for each in parties)
    return [city.id for city in cities if city and city.id in partners]
