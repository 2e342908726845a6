"""People as papers name them, and the occasions at which they meet.

A person has name, post and organisation in every language. An occasion is a visit, a meeting or an item of a programme: title, dates, place,
and those who take part, in order of protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.blocks.elements import NO_WORDS, Words
from ucapdesk.model.dates.zones import all_year
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import LEADS, MEALS, ItineraryItem, Meeting, Participation, TransportLeg, Visit
from ucapdesk.model.rules import sides
from ucapdesk.model.rules.itinerary import Slot, apart
from ucapdesk.model.rules.place_time import Venue, venue_of
from ucapdesk.model.rules.sides import GUEST_OF_HONOUR, is_away
from ucapdesk.model.rules.status import called_off_in
from ucapdesk.model.text.person_names import say_address, say_person
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.facts.wording import (
    READ_IN,
    combined,
    joined,
    listed,
    occurs,
    of_code,
    of_date,
    of_room,
    of_text,
    small_first,
    when,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read.derived_values import travelling_side

_SIDES = {"A": 0, "B": 1}


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant as papers name them.

    Attributes:
        id: Of the participation, or of the person where nobody wrote one down.
        name: With the form of address.
        bare: Without it, as on cards.
        post: In the main post.
        organisation: With those it is part of.
        side: A, B, or what else was said.
        role: A code of the list ``participation_role``.
        person: The record, where there is one.
        part: The participation, where there is one.
        rank: Sorts by rank, the highest first.
        at_home: Whether somebody receives: by their side, or by their role.
        principal: Whether somebody is the principal host of those told of.
    """

    id: str
    name: Words
    bare: Words
    post: Words = NO_WORDS
    organisation: Words = NO_WORDS
    side: str = ""
    role: str = ""
    person: Person | None = None
    part: Participation | None = None
    rank: tuple[int, ...] = ()
    at_home: bool = False
    principal: bool = False

    @property
    def said_role(self) -> Words:
        """The role in words; a host is no member of the delegation, and who signs for the hosts is the signatory."""
        if self.principal and self.role != "signatory":
            return of_code("participation_role", sides.PRINCIPAL_HOST)
        if self.at_home and self.role == "delegate":
            return Words.label(Message("paper", "Member of the host side"))
        return of_code("participation_role", self.role or None)


def person_name(person: Person, *, salutation: bool = True) -> Words:
    """Return a name as each language writes it. Without a Chinese form that of the other language stands, and counts as missing."""
    phonetic, where = person.name_phonetic, say_person(person, salutation=False)
    text = {lang: say_person(person, lang, salutation=salutation) for lang in LANGUAGES}
    states = {lang: (phonetic.state(lang) if phonetic else "") for lang in LANGUAGES}
    states = {lang: state for lang, state in states.items() if state == "draft"}
    if person.name_han and str(person.name_han):
        states.pop("zh", None)
    elif not (phonetic and phonetic.get("zh")):
        return Words(text, states, where, {"zh": text.pop("zh")})
    return Words(text, states, where)


def free_name(text: Bilingual | None) -> Words:
    """Return the name of somebody who is not on record; a language without one uses another one's."""
    words = of_text(text)
    said = {lang: words.said(lang, READ_IN.get()) for lang in LANGUAGES}
    return Words(said, {"zh": "missing"} if not words.has("zh") else {}, said["en"])


def has_chinese(name: Words) -> bool:
    return "zh" not in name.untranslated and name.states.get("zh") != "missing"


def main_post(reader: RedactedReader, person: Person) -> Affiliation | None:
    return reader.remembered(
        ("main post", person.id), lambda: sides.main_post(reader.children(Affiliation, person.id), reader.today)
    )


def address(person: Person, post: Affiliation | None) -> Words:
    name = person_name(person)
    text = {lang: say_address(person, sides.post_code(post, lang), lang) for lang in LANGUAGES}
    return replace(name, text={lang: said for lang, said in text.items() if lang in name.text})


def organisations_of(reader: RedactedReader, people: Iterable[Participant]) -> list[Organisation]:
    posts = [main_post(reader, who.person) for who in people if who.person]
    return reader.all(Organisation, (post.organisation for post in posts if post))


def post_name(post: Affiliation | None) -> Words:
    if post is None:
        return NO_WORDS
    return of_text(post.post) if post.post else of_code("posts", post.post_code)


def own_name_of(organisation: Organisation | None) -> Words:
    """Return the name of an organisation by itself; of one that is known by less its short name, else its acronym."""
    if organisation is None:
        return NO_WORDS
    name = of_text(organisation.name) if organisation.name else of_text(organisation.short_name)
    return name if not name.empty else Words.plain(organisation.acronym or "")


def organisation_name(reader: RedactedReader, id_: str | None) -> Words:
    """Return an organisation with its parents, from the outside in; one that the name of a part of it tells is not told again."""
    parts = [own_name_of(each) for each in reader.upwards(Organisation, id_)][::-1]

    def say(said: Sequence[str], lang: str) -> str:
        told = [each for n, each in enumerate(said) if not any(occurs(each, inner) for inner in said[n + 1 :])]
        return ("" if lang == "zh" else ", ").join(told)

    return combined(parts, say)


def participant(reader: RedactedReader, person: Person, part: Participation | None = None) -> Participant:
    """Return somebody on record as a participant."""
    own = reader.remembered(("participant", person.id), lambda: _by_post(reader, person))
    if part is None:
        return own
    rank = sides.standing(part.role, main_post(reader, person))
    return replace(own, id=part.id, side=part.side or "", role=part.role or "", part=part, rank=rank)


def _by_post(reader: RedactedReader, person: Person) -> Participant:
    post = main_post(reader, person)
    return Participant(
        id=person.id,
        name=person_name(person),
        bare=person_name(person, salutation=False),
        post=post_name(post),
        organisation=organisation_name(reader, post.organisation if post else None),
        person=person,
        rank=sides.standing(None, post),
    )


def participants(reader: RedactedReader, owner: str, *, absent: bool = False) -> list[Participant]:
    """Return the participants of a visit, a meeting or a programme item, in the order of the list.

    Args:
        reader: The workspace.
        owner: The visit, the meeting or the point of the programme.
        absent: Also those who declined or do not come.
    """
    return list(reader.remembered(("participants", owner, absent), lambda: _participants(reader, owner, absent=absent)))


def _participants(reader: RedactedReader, owner: str, *, absent: bool) -> list[Participant]:
    found = []
    there = (each for each in reader.children(Participation, owner) if absent or not sides.is_away(each))
    parts: list[Participation] = sides.once(there)
    people = reader.all(Person, (part.person for part in parts))
    reader.read_children(Affiliation, [person.id for person in people])
    posts = [main_post(reader, person) for person in people]
    reader.all(Organisation, (post.organisation for post in posts if post))
    for part in parts:
        person = reader.one(Person, part.person)
        if person is not None:
            found.append(participant(reader, person, part))
        elif part.free_name:
            name, rank = free_name(part.free_name), sides.standing(part.role, None)
            side, role = part.side or "", part.role or ""
            found.append(Participant(part.id, name, name, side=side, role=role, part=part, rank=rank))
    away = _travelling(reader, owner)
    return in_order(replace(each, at_home=sides.group_of(each, away) == sides.HOSTS) for each in found)


def _travelling(reader: RedactedReader, owner: str) -> str:
    """Return the code of the travelling side; empty where it is unknown."""
    record = reader.known(owner) or reader.desk.read.record(owner)
    id_ = owner if isinstance(record, Visit) else getattr(record, "visit", None) or getattr(record, "owner", None)
    visit = reader.aside.one(Visit, id_)
    return travelling_side(reader.desk, visit) if visit else ""


def in_order(people: Iterable[Participant]) -> list[Participant]:
    """Return people side by side, those of each in order of protocol; one of the hosts is the principal one."""
    there = list(people)
    first = sides.principal_host(there)
    there = [each if each.principal == (each is first) else replace(each, principal=each is first) for each in there]
    return sorted(sides.in_order(there), key=lambda each: _SIDES.get(each.side, len(_SIDES)))


def by_rank(people: Sequence[Participant]) -> list[Participant]:
    return sorted(people, key=lambda each: each.rank)


def posted(who: Participant) -> Words:
    """Return post with organisation: ``Mayor, City of Liuzhou``; ``柳州市人民政府市长``."""
    return combined([who.post, who.organisation], small_first)


def titled(person: Participant) -> Words:
    """Return name with post and organisation: ``Mr WANG Wei, Mayor of Liuzhou``; ``柳州市市长王伟先生``."""
    return combined([person.name, person.post, person.organisation], small_first)


Occasion = Visit | Meeting | ItineraryItem


def occasion(reader: RedactedReader, id_: str) -> Occasion:
    found = reader.subject(id_)
    assert isinstance(found, Occasion), "asked for by its kind"
    return found


def points_of(reader: RedactedReader, visit: str) -> list[ItineraryItem]:
    """Return the programme items without those whose meeting is cancelled; those without a date last."""
    found = sorted(reader.children(ItineraryItem, visit), key=lambda item: item.when is None or item.when.date is None)
    meetings = {each.id: each for each in reader.all(Meeting, (item.meeting for item in found))}
    hidden = {item.meeting for item in found if item.meeting and item.meeting not in meetings}
    meetings |= {each.id: each for each in reader.desk.read.page(Meeting, sorted(hidden))}  # may not be told of
    return [item for item in found if called_off_in(meetings.get(item.meeting or "")) is None]


def dates_of(record: Occasion) -> Words:
    return of_date(record.dates) if isinstance(record, Visit) else when(record.when)


def place_of(reader: RedactedReader, record: Occasion) -> Words:
    at = Venue(tuple(record.host_places or ()), None) if isinstance(record, Visit) else venue_at(reader, record)
    return joined(listed(of_text(place.name) for place in reader.all(Place, at.places)), of_room(at.room))


def venue_at(reader: RedactedReader, record: Meeting | ItineraryItem) -> Venue:
    """Return where something is; a meeting that does not say it is where its point of the programme is, in the room of that."""
    at = venue_of(record)
    points = reader.linked(ItineraryItem, meeting=record.id) if isinstance(record, Meeting) else []
    if len(points) != 1 or (at.places and points[0].place != at.place):
        return at
    there = venue_of(points[0])
    return Venue(at.places or there.places, at.room or there.room)


def visit_of(reader: RedactedReader, record: Occasion) -> Visit | None:
    if isinstance(record, Visit):
        return record
    return reader.one(Visit, record.visit if isinstance(record, Meeting) else record.owner)


def people_of(reader: RedactedReader, record: Occasion, *, not_yet: bool = False) -> list[Participant]:
    """Return who takes part; where nobody is named who comes, the participants of its meeting, or those of its visit who are there
    then, without those who declined it.

    The head of the delegation and those who chair come first on their side, also where nobody wrote down that they take part; at a
    meal the guest of honour does.
    Who belongs to a group has to be said: at its point, and at the meeting there, nobody is, where nobody is named.

    Args:
        reader: Reads them.
        record: The occasion.
        not_yet: Also those of the visit who have left by then, or land only later.
    """
    if isinstance(record, ItineraryItem) and record.group and not not_yet and not is_named(reader, record):
        return []
    away = declined(reader, record.id)
    found = participants(reader, record.id)
    if not found and not isinstance(record, Visit):
        around = _around(reader, record, not_yet=not_yet)
        found = [each for each in around if not each.person or each.person.id not in away]
    for side, id_ in _firsts(reader, record):
        if id_ not in away:
            found = _with_first(reader, found, side, id_, record)
    honoured = GUEST_OF_HONOUR if record.type in MEALS else None
    return in_order(replace(each, rank=(-1, *each.rank[1:])) if each.role == honoured else each for each in found)


def declined(reader: RedactedReader, owner: str | None) -> set[str | None]:
    """Return the people who do not come to an occasion, as it says itself."""
    return {part.person for part in reader.children(Participation, owner) if is_away(part)} if owner else set()


def _around(reader: RedactedReader, record: Meeting | ItineraryItem, *, not_yet: bool) -> list[Participant]:
    """Return who takes part in what an occasion belongs to: the meeting of a point, the points of a meeting of groups, the visit."""
    if isinstance(record, ItineraryItem) and (meeting := reader.one(Meeting, record.meeting)):
        return people_of(reader, meeting, not_yet=not_yet)
    points = _of_groups(reader, record) if isinstance(record, Meeting) and not not_yet else []
    if points:
        return [each for point in points for each in participants(reader, point.id)]
    visit = visit_of(reader, record)
    found = people_of(reader, visit) if visit else []
    return found if not_yet else there_at(reader, found, record)


def head_of(reader: RedactedReader, visit: Visit) -> Participant | None:
    """Return the head of the delegation: as the visit says, unless they do not come; else who has that role."""
    people = people_of(reader, visit)
    said = reader.one(Person, visit.head)
    named = [each for each in people if said and each.person and each.person.id == said.id]
    return next(iter(named or [each for each in people if each.role == "head" and not each.at_home]), None)


def is_named(reader: RedactedReader, item: ItineraryItem) -> bool:
    return any(participants(reader, id_) for id_ in (item.id, item.meeting) if id_)


def _of_groups(reader: RedactedReader, meeting: Meeting) -> list[ItineraryItem]:
    points = reader.linked(ItineraryItem, meeting=meeting.id)
    return points if all(point.group for point in points) else []


def there_at(
    reader: RedactedReader, people: Sequence[Participant], at: ItineraryItem | Meeting | TransportLeg
) -> list[Participant]:
    """Return those of a visit who may be there: who left before by a journey of their own, or lands only after, is not, nor who
    receives at what is on no clock of theirs.

    What nobody of the delegation could be at is on their way to it or from it: then nobody is left out.
    """
    slot, far = Slot(at.id, reader.clocks.told(at)), _is_far(reader, at, people)
    found = [each for each in people if not _misses(reader, each.part, slot) and not (far and each.at_home)]
    return found if any(not each.at_home for each in found) else list(people)


def _is_far(reader: RedactedReader, at: ItineraryItem | Meeting | TransportLeg, people: Sequence[Participant]) -> bool:
    """Return whether something is on no clock of those who receive, as a stop on the way is; two zones may be on one clock."""
    clocks, visit = reader.clocks, reader.one(Visit, at.visit if isinstance(at, Meeting) else at.owner)
    places = () if isinstance(at, TransportLeg) else venue_at(reader, at).places
    ends = () if isinstance(at, Meeting) else clocks.ends(at)  # the clock of a meeting may be that of whoever calls
    there = set(map(all_year, map(clocks.of_place, places) if places else ends))
    cities = (visit and visit.host_places) or ()
    own = {each.person.place for each in people if each.person and each.at_home} - {None}
    home = set(map(all_year, map(clocks.of_place, own.union(cities)))) if cities else set()
    return bool(home and there) and "" not in home | there and not home & there


def _misses(reader: RedactedReader, part: Participation | None, at: Slot) -> bool:
    """Return whether somebody has certainly left before an hour, or lands only after it, by a journey of their own."""
    if part is None or not at.timed:
        return False
    legs = [reader.one(TransportLeg, id_) for id_ in (part.departure, part.arrival)]
    leaves, lands = (Slot(leg.id, reader.clocks.told(leg)) if leg else None for leg in legs)
    return bool(
        (leaves and leaves.timed and apart(leaves.begins, at.begins) > timedelta())
        or (lands and lands.timed and apart(at.ends, lands.ends) > timedelta())
    )


def takes_part(reader: RedactedReader, item: ItineraryItem, who: Participant) -> bool:
    """Return whether a point is for somebody: one with participants is for them and those who lead it alone, and none for who declined it."""
    id_, led = who.person.id if who.person else "", {getattr(item, field) for field in LEADS}
    people = people_of(reader, item) if is_named(reader, item) else ()
    if named := {each.person.id for each in people if each.person}:
        return id_ in named | led
    if id_ in declined(reader, item.id) | declined(reader, item.meeting):
        return False
    leg = reader.one(TransportLeg, item.transport)
    return id_ in led or (rides(reader, leg, who) if leg else _is_there(reader, item, who))


def rides(reader: RedactedReader, leg: TransportLeg, who: Participant) -> bool:
    """Return whether somebody travels with it: transport assigned to others is not theirs."""
    parts = [each.part for each in participants(reader, leg.owner or "") if each.part]
    whose = {part.id for part in parts if leg.id in (part.arrival, part.departure)}
    return who.id in whose if whose else _is_there(reader, leg, who) or _connects(reader, leg, who)


def _connects(reader: RedactedReader, leg: TransportLeg, who: Participant) -> bool:
    """Return whether somebody goes on with it after their own departure, or came with it before their own arrival."""
    ends = (who.part.departure, who.part.arrival) if who.part else (None, None)
    departure, arrival = (reader.one(TransportLeg, id_) for id_ in ends)
    return any(one and other and _goes_on(reader, one, other) for one, other in ((departure, leg), (leg, arrival)))


def _goes_on(reader: RedactedReader, one: TransportLeg, other: TransportLeg) -> bool:
    """Return whether a journey begins, within a day, where another one ends."""
    there, here = one.arrives_at or Bilingual(), other.departs_from or Bilingual()
    first, second = (Slot(leg.id, reader.clocks.told(leg)) for leg in (one, other))
    if not (first.timed and second.timed and there.items() & here.items()):
        return False
    return timedelta() <= apart(first.ends, second.begins) <= timedelta(days=1)


def _is_there(reader: RedactedReader, at: ItineraryItem | TransportLeg, who: Participant) -> bool:
    """Return whether somebody may be there: who is not listed may be."""

    def missing() -> set[str]:  # asked for each of the delegation
        people = participants(reader, at.owner or "")
        return {each.id for each in people} - {each.id for each in there_at(reader, people, at)}

    return who.id not in reader.remembered(("missing", at.id), missing)


def _firsts(reader: RedactedReader, record: Occasion) -> list[tuple[str, str | None]]:
    if isinstance(record, Visit):
        return [(travelling_side(reader.desk, record), record.head)]
    return [("A", record.chair_a), ("B", record.chair_b)] if isinstance(record, Meeting) else []


def _with_first(
    reader: RedactedReader, people: list[Participant], side: str, id_: str | None, record: Occasion
) -> list[Participant]:
    """Return the participants with this person first in rank, adding them if missing, unless they are in the Trash; what is said of
    them for the visit counts.
    """
    person = reader.one(Person, id_)
    if person is None:
        return people
    own = [each for each in people if each.person is not None and each.person.id == person.id]
    if not own:
        visit = visit_of(reader, record)
        there = participants(reader, visit.id) if visit else []
        known = (each for each in there if each.person is not None and each.person.id == person.id)
        made = next(known, participant(reader, person))
        home = made.at_home or (bool(side) and any(each.at_home and each.side == side for each in people))
        own = [replace(made, side=side, role="head" if record is visit else "", at_home=home)]
    return [*(replace(each, rank=(0, *each.rank[1:])) for each in own), *(each for each in people if each not in own)]


def subtitle(reader: RedactedReader, record: Occasion) -> Words:
    return joined(dates_of(record), place_of(reader, record))
