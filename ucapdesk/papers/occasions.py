"""Occasions (visits, meetings, programme items): title, dates, place and participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import LEADS, MEALS, ItineraryItem, Participation, TransportLeg, Visit
from ucapdesk.model.rules.delegation import GUEST_OF_HONOUR, is_away
from ucapdesk.model.rules.itinerary import Slot, apart
from ucapdesk.model.rules.status import called_off_in
from ucapdesk.model.rules.venue import Venue, venue_of
from ucapdesk.model.text.format.zones import all_year
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.paper_words import joined, listed, of_date, of_room, of_text, when
from ucapdesk.papers.participants import Participant, in_order, participant, participants
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read.travelling_sides import travelling_side

Occasion = Visit | Meeting | ItineraryItem


def occasion(reader: RedactedReader, id_: str) -> Occasion:
    """Return the record of the occasion that a paper is about."""
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
    """Return its dates."""
    return of_date(record.dates) if isinstance(record, Visit) else when(record.when)


def place_of(reader: RedactedReader, record: Occasion) -> Words:
    """Return its place, with the room."""
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
    """Return its visit."""
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
    """Return whether somebody is named for a point, or for its meeting."""
    return any(participants(reader, id_) for id_ in (item.id, item.meeting) if id_)


def _of_groups(reader: RedactedReader, meeting: Meeting) -> list[ItineraryItem]:
    """Return the points of a meeting in the programme where all of them are for groups, else none."""
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
    """Return who comes first on each side, as the record says."""
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
    """Return dates and place in a line."""
    return joined(dates_of(record), place_of(reader, record))
