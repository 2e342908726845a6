"""What people come together for: a visit, a meeting or a point of the programme, and who takes part in it."""

from __future__ import annotations

from ucapdesk.briefing.content import Words
from ucapdesk.model.kinds.meetings import Meeting
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.kinds.places import Place
from ucapdesk.model.kinds.visits import ItineraryItem, Visit
from ucapdesk.model.record import Record
from ucapdesk.services.papers.guests import Guest, guest, guests, in_order
from ucapdesk.services.papers.parts import when
from ucapdesk.services.papers.reading import Reading
from ucapdesk.services.papers.words import listed, of_date, of_text

Occasion = Visit | Meeting | ItineraryItem
KINDS = ("visit", "meeting", "itinerary_item")


def occasion(reading: Reading, id_: str) -> Occasion:
    """The record of an occasion that a paper is about."""
    kind = reading.desk.read.kind_of(id_)
    if kind == "visit":
        return reading.get(Visit, id_)
    return reading.get(Meeting, id_) if kind == "meeting" else reading.get(ItineraryItem, id_)


def title_of_occasion(record: Record) -> Words:
    """What it is called."""
    return of_text(getattr(record, "title", None) or getattr(record, "name", None))


def dates_of(record: Occasion) -> Words:
    """When it is."""
    return of_date(record.dates) if isinstance(record, Visit) else when(record.when)


def place_of(reading: Reading, record: Occasion) -> Words:
    """Where it is, with the room."""
    ids = {Visit: "host_places", Meeting: "places"}.get(type(record))
    places = (
        getattr(record, ids) if ids else [record.place] if isinstance(record, ItineraryItem) and record.place else []
    )
    said = listed([of_text(place.name) for place in reading.all(Place, places)])
    room = getattr(record, "room", None)
    return listed([said, Words.plain(room)]) if room else said


def ucap_of(reading: Reading, record: Occasion) -> str | None:
    """The UCAP it belongs to, where that is one."""
    if isinstance(record, Meeting):
        if record.ucap:
            return record.ucap
        visit = reading.one(Visit, record.visit)
        return ucap_of(reading, visit) if visit else None
    visit = record if isinstance(record, Visit) else reading.one(Visit, record.owner)
    ids = list(visit.ucaps or ()) if visit else []
    return ids[0] if len(ids) == 1 else None


def visit_of(reading: Reading, record: Occasion) -> Visit | None:
    """The visit it is part of."""
    if isinstance(record, Visit):
        return record
    return reading.one(Visit, record.visit if isinstance(record, Meeting) else record.owner)


def people_of(reading: Reading, record: Occasion, *, absent: bool = False) -> list[Guest]:
    """Who takes part; where nobody is named, those of the meeting or of the visit it is part of."""
    found = guests(reading, record.id, absent=absent)
    if found:
        return found
    if isinstance(record, ItineraryItem) and (meeting := reading.one(Meeting, record.meeting)):
        found = guests(reading, meeting.id, absent=absent)
    if not found and not isinstance(record, Visit) and (visit := visit_of(reading, record)):
        found = guests(reading, visit.id, absent=absent)
    if not found and isinstance(record, Visit) and (head := reading.one(Person, record.head)):
        found = [guest(reading, head)]
    return in_order(found)


def host_side(reading: Reading, record: Occasion) -> str:
    """The side that is at home: the one that does not travel; where that is not known, side A."""
    visit = visit_of(reading, record)
    return "B" if visit is not None and visit.travelling_side == "A" else "A"


def subtitle(reading: Reading, record: Occasion) -> Words:
    """Dates and place in a line."""
    return listed([each for each in (dates_of(record), place_of(reading, record)) if not each.empty])
