"""The sides of a UCAP, a visit, a meeting or an agreement: which cities and organisations, and their names.

A plan may bind one city to five others of which two travel; then these two are the side. What is on record decides, in this order:
the cities that host a visit, the partners of the plan that take part, all of its partners, the cities of those who lead.

``partnership_facts`` are what a partnership is drawn of: the cities of both sides, themes and MoUs between them, and how often who
met whom. The paper, and the picture in the window, are made of the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ucapdesk.base.i18n import Message, capital, ntr
from ucapdesk.base.marks import NO_MARK, GroupMark
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty
from ucapdesk.model.kinds.partnership_kinds import PilotProject, Place, Theme, Ucap, UcapPlace, UcapSide
from ucapdesk.model.kinds.people_kinds import Organisation
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import (
    HOST_SIDE,
    MEMBER,
    NOBODY,
    OTHER_SIDE,
    SIDES,
    Group,
    Party,
    Sides,
    and_list,
    leads,
    short_side,
    side_of_names,
)
from ucapdesk.model.rules.status import is_called_off, is_party
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.facts.participants import Occasion, Participant, main_post, participants, people_of, visit_of
from ucapdesk.papers.facts.wording import combined, in_all, of_text
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read.derived_values import side_at_home

LEADING = ("delegate", "signatory")  # Roles whose cities take part, besides the leads, where no plan says which do


def sides_of(reader: RedactedReader, record: Record | None) -> Sides:
    if record is None:
        return NOBODY
    if record.id not in reader.sides:
        aside = reader.aside  # who takes part is not told by a paper that names the sides
        found = reader.sides[record.id] = _sides(aside, record)
        told = {each.id for each in found.parties}
        reader.seen.update({id_: each for id_, each in aside.seen.items() if id_ in told or isinstance(each, UcapSide)})
    return reader.sides[record.id]


def sides_of_id(reader: RedactedReader, id_: str | None) -> Sides:
    kind = reader.desk.read.kind_of(id_) if id_ else None
    return sides_of(reader, reader.aside.one(KINDS[kind].cls, id_)) if kind else NOBODY


def sides_in_order(reader: RedactedReader, record: Occasion | Agreement, first: str = HOST_SIDE) -> tuple[str, str]:
    """Return the codes of both sides in the order in which a paper has them: hosts, or guests, first.

    For plans and columns, which have two places and must fill both: where nobody is known to be at home, A stands in the
    place of the hosts. Who is at home is asked of ``Sides.hosts`` or ``at_home``.
    """
    hosts = sides_of(reader, record).hosts or "A"
    return (hosts, OTHER_SIDE[hosts]) if first == HOST_SIDE else (OTHER_SIDE[hosts], hosts)


def _sides(reader: RedactedReader, record: Record) -> Sides:
    if isinstance(record, Ucap):
        return _Asked(reader, [record]).among({}, "")
    if isinstance(record, Agreement):
        return _of_agreement(reader, record)
    if isinstance(record, Visit | Meeting | ItineraryItem):
        return _of_occasion(reader, record)
    return sides_of_id(reader, getattr(record, "owner", None) or getattr(record, "ucap", None))


def is_partner(part: UcapPlace) -> bool:
    return part.role in ("partner", None)


# -- their names ----------------------------------------------------------------------------------


def side_name(sides: Sides, side: str) -> Words:
    """Return the name of a side: ``Gdańsk side``; 柳州方. People of no side are "Others"."""
    if not side:
        return Words.label(Message("paper", "Others"))
    return _said(sides, side, lambda said, lang: side_of_names(said, sides.code(side) or side, lang))


def names_of(sides: Sides, side: str) -> Words:
    """Return the names of a side, where the words around them say that a side is meant."""
    return _said(sides, side, and_list)


def _said(sides: Sides, side: str, say: Callable[[Sequence[str], str], str]) -> Words:
    names = sides.names(side)
    if not names:
        return in_all(lambda lang: capital(short_side(sides.code(side) or side, lang)))
    return combined([of_text(each) for each in names], lambda said, lang: capital(say(said, lang)), ours=True)


# -- who they are ---------------------------------------------------------------------------------


class _Asked:
    """The partners of some UCAPs, by side."""

    def __init__(self, reader: RedactedReader, ucaps: Iterable[Ucap]) -> None:
        self.reader, self.ucaps = reader, list(ucaps)
        self.partners: dict[str, str] = {}
        for ucap in self.ucaps:
            for part in reader.children(UcapPlace, ucap.id):
                if part.place and part.side in SIDES and is_partner(part):
                    self.partners.setdefault(part.place, part.side)

    @property
    def labels(self) -> dict[str, Bilingual]:
        of = self.reader.children(UcapSide, self.ucaps[0].id) if len(self.ucaps) == 1 else []
        return {each.side: each.label_text for each in of if each.side and each.label_text}

    def among(self, there: Mapping[str, Sequence[Place | Organisation]], hosts: str) -> Sides:
        """Return those who are present; for a side without known people all its partners."""
        parties: list[Party] = []
        labels: dict[str, Bilingual] = {}
        for side in SIDES:
            partners = [place for place, of in self.partners.items() if of == side]
            here = list(dict.fromkeys(there.get(side, ())))
            own = [each for each in here if each.id in partners] or here
            if not own or {each.id for each in own} >= set(partners) > set():
                own = [*self.reader.all(Place, partners), *(each for each in own if each.id not in partners)]
                labels |= {side: self.labels[side]} if side in self.labels else {}
            else:
                own.sort(key=lambda each: partners.index(each.id) if each.id in partners else len(partners))
            parties += [Party(each.id, name, side) for each in own if (name := _name(each))]
        return Sides(tuple(parties), labels, hosts)


def _name(body: Place | Organisation) -> Bilingual | None:
    return (isinstance(body, Organisation) and body.short_name) or body.name


def _of_occasion(reader: RedactedReader, record: Occasion) -> Sides:
    visit = visit_of(reader, record)
    meeting = record if isinstance(record, Meeting) else None
    ids = [meeting.ucap] if meeting and meeting.ucap else list((visit and visit.ucaps) or ())
    asked = _Asked(reader, reader.all(Ucap, ids))
    host_places = reader.all(Place, visit.host_places) if visit else []
    hosts = side_at_home(reader.desk, visit) if visit else ""
    there: dict[str, list[Place | Organisation]] = {hosts: [*host_places]} if hosts and record is visit else {}
    for who in people_of(reader, record, not_yet=True):  # a side is called alike at every point of a visit
        if (city := city_of(reader, who, asked.partners)) and _counts(who, city, asked.partners):
            there.setdefault(who.side, []).append(city)
    if hosts and not there.get(hosts):
        there[hosts] = [*host_places]
    return asked.among(there, hosts)


def _counts(who: Participant, city: Place, partners: Mapping[str, str]) -> bool:
    """Return whether somebody's city takes part: as a partner of the UCAP; without a UCAP, as the city of a lead."""
    if city.id in partners:
        return partners[city.id] == who.side
    return who.side not in partners.values() and (leads(who.role) or who.role in LEADING)


def city_of(reader: RedactedReader, who: Participant, partners: Collection[str] = ()) -> Place | None:
    """Return the city somebody comes from: that of the organisation, or of a parent of it, else the person's own.

    ``partners``: places that count as cities, whatever they are.
    """
    person = who.person
    if person is None:
        return None

    def found() -> Place | None:
        post = main_post(reader, person)
        own = city_of_organisation(reader, post.organisation if post else None, partners)
        return own or city_around(reader, person.place, partners)

    return reader.remembered(("city", person.id, *sorted(partners)), found)


def city_of_organisation(reader: RedactedReader, id_: str | None, partners: Container[str] = ()) -> Place | None:
    cities = (city_around(reader, house.place, partners) for house in reader.upwards(Organisation, id_))
    return next(filter(None, cities), None)


def city_around(reader: RedactedReader, id_: str | None, partners: Container[str] = ()) -> Place | None:
    """Return a place, or the city around it."""
    named = [each for each in reader.upwards(Place, id_) if each.name]
    partner = next((each for each in named if each.id in partners), None)
    return partner or next((each for each in named if each.type == "city"), next(iter(named), None))


def _of_agreement(reader: RedactedReader, agreement: Agreement) -> Sides:
    """Return the cities of its parties, else the parties themselves."""
    asked = _Asked(reader, reader.all(Ucap, [agreement.ucap]))
    there: dict[str, list[Place | Organisation]] = {}
    for party in reader.children(AgreementParty, agreement.id):
        if party.side and is_party(party):
            house = reader.one(Organisation, party.organisation)
            city = city_of_organisation(reader, party.organisation, asked.partners)
            body = city if city and (city.id in asked.partners or not asked.partners) else house
            there.setdefault(party.side, []).extend([body] if body else [])
    return asked.among(there, sides_of(reader, reader.one(Meeting, agreement.signing_meeting)).hosts)


# -- party by party -------------------------------------------------------------------------------


def around(reader: RedactedReader, record: Occasion) -> Sides:
    """Return the sides of an occasion's visit, so that everybody has one mark in all its papers; else its own."""
    own, visit = sides_of(reader, record), visit_of(reader, record)
    whole = sides_of(reader, visit)
    return whole if {each.id for each in own.parties} <= {each.id for each in whole.parties} else own


def cities_apart(reader: RedactedReader, record: Occasion, people: Sequence[Participant]) -> Sides:
    """Return who sits together at a round table: every city that somebody comes from, the parties of the visit first."""
    cities = {city.id: (city, who.side) for who in people if (city := city_of(reader, who))}
    known = [each.id for each in around(reader, record).parties]
    found = sorted(cities.values(), key=lambda each: known.index(each[0].id) if each[0].id in known else len(known))
    return Sides(tuple(Party(city.id, city.name, side) for city, side in found if city.name))


def groups_of(reader: RedactedReader, sides: Sides, people: Mapping[str, Participant]) -> dict[str, Group]:
    ids, groups = [each.id for each in sides.parties], sides.groups
    return {
        key: group_in(groups, who.side, city.id if (city := city_of(reader, who, ids)) else "")
        for key, who in people.items()
        if who.side in SIDES
    }


def group_in(groups: Sequence[Group], side: str, party: str) -> Group:
    """Return the group of a party of a side; whoever is of none of several stands apart from them."""
    own = [each for each in groups if each.side == side]
    return next((each for each in own if each.party and each.party.id == party), own[-1])


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of people, by their keys, and what each of them means."""

    of: Mapping[str, GroupMark] = field(default_factory=dict)
    legend: tuple[tuple[GroupMark, Words], ...] = ()


def marked(
    reader: RedactedReader, sides: Sides, people: Mapping[str, Participant], known: Mapping[str, Group] | None = None
) -> Marked:
    """Return the marks of some people; ``known``: groups of those of whom something else than their city says it."""
    groups = groups_of(reader, sides, people) | dict(known or {})
    there = [each for each in sides.groups if each in groups.values()]
    legend = [(each.mark, group_name(sides, each)) for each in there]
    others = [(NO_MARK, side_name(sides, ""))] if groups.keys() < people.keys() else []
    return Marked({key: groups[key].mark if key in groups else NO_MARK for key in people}, (*legend, *others))


def group_name(sides: Sides, group: Group) -> Words:
    return of_text(group.party.name) if group.party else side_name(sides, group.side)


def by_party(
    reader: RedactedReader, sides: Sides, people: Sequence[Participant]
) -> list[tuple[Words, list[Participant]]]:
    """Return people under the names of their sides; each party has its own list where a side has several.

    Who comes from none of them stands under the name of the side, behind its parties; who leads, behind those that have somebody higher.
    Who is of no side comes last.
    """
    groups = groups_of(reader, sides, {each.id: each for each in people})
    there: list[tuple[Group, list[Participant]]] = []
    for group in sides.groups:
        members = [each for each in people if groups.get(each.id) == group]
        own = [n for n, (each, _) in enumerate(there) if each.side == group.side and not group.party]
        if own and (leading := [each for each in members if each.rank[:1] < (MEMBER,)]):
            higher = [n + 1 for n in own if people.index(there[n][1][0]) < people.index(leading[0])]
            there.insert(max(higher, default=own[0]), (group, leading))
            members = [each for each in members if each not in leading]
        if members:
            there.append((group, members))
    several = len({group.side for group, _ in there}) < len(there)
    known = [
        (group_name(sides, group) if several else side_name(sides, group.side), members) for group, members in there
    ]
    rest = dict.fromkeys(each.side for each in people if each.side not in SIDES)
    others = [
        (side_name(sides, side), [each for each in people if each.side == side]) for side in sorted(rest, reverse=True)
    ]
    return known + others


LEFT, MIDDLE, RIGHT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class PartnershipLink:
    """A line between two records, and how often they met; 0 where they only belong together."""

    a: str
    b: str
    met: int = 0

    @property
    def said(self) -> str:
        return ntr("partnership", "{n} meeting", "{n} meetings", self.met) if self.met else ""


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """The records of the picture of one UCAP, and the lines between them."""

    sides: tuple[tuple[Place, ...], tuple[Place, ...]]
    between: tuple[Theme | Agreement, ...]  # The records in the middle: themes, then MoUs
    links: tuple[PartnershipLink, ...]

    @property
    def points(self) -> Iterator[tuple[Place | Theme | Agreement, int]]:
        yield from ((place, LEFT) for place in self.sides[0])
        yield from ((each, MIDDLE) for each in self.between)
        yield from ((place, RIGHT) for place in self.sides[1])


def partnership_facts(reader: RedactedReader, ucap: str) -> PartnershipFacts:
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
    return [
        PartnershipLink(city, theme)
        for project in reader.linked(PilotProject, "pos", ucap=ucap)
        for theme in project.themes or () if theme in themes
        for city in project.places or () if city in cities
    ]  # fmt: skip


def _of_parties(reader: RedactedReader, mou: Agreement, partners: set[str]) -> list[str]:
    parties = reader.children(AgreementParty, mou.id)
    cities = (city_of_organisation(reader, each.organisation, partners) for each in parties)
    return [city.id for city in cities if city and city.id in partners]
