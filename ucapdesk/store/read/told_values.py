"""Values that come from other records, added where records are read to be shown.

The hours of a point are those of its journey, its place is that of its meeting; how somebody is addressed follows from
their posts. A list, a sheet, a paper and the command line show records that went through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.base.clock import today
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Affiliation, Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.record import R, Record, note_told
from ucapdesk.model.rules.delegation import main_post
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.rules.venue import Venue, venue_of
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.format.salutations import address_in_both
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.place_times import place_time

TIMED = (ItineraryItem, TransportLeg, Meeting)


def tell(desk: Desk, records: list[R]) -> list[R]:
    """Return records read to be shown, with all values that come from other records."""
    clocks = place_time(desk) if any(isinstance(each, TIMED) for each in records) else None
    for each in records if clocks else ():
        if clocks and isinstance(each, TIMED):
            set_told(each, _fields(clocks, each))
    return tell_computed(desk, records)


def tell_computed(desk: Desk, records: list[R]) -> list[R]:
    """Return records with fields as entered, and computed values from other records added."""
    people, now = [each for each in records if isinstance(each, Person)], today(desk.workspace.clock)
    posts = desk.read.children_of([person.id for person in people], Affiliation) if people else {}
    for person in people:
        note_told(person, "address_as", address_in_both(person, main_post(posts[person.id], now)))
    return records


def plain_of(desk: Desk, record: Record) -> dict[str, Json]:
    """Return, as JSON, the values of fields that come from other records, whatever was entered."""
    if not isinstance(record, TIMED):
        return {}
    fields = kind_of(record).fields
    return {name: fields[name].type.plain(value) for name, value in _fields(place_time(desk), record).items()}


def _fields(clocks: PlaceTime, record: ItineraryItem | TransportLeg | Meeting) -> dict[str, Any]:
    """Return time and place of a record, by field."""
    when = {"when": clocks.told(record)}
    return when | where_told(clocks.venue(record)) if isinstance(record, ItineraryItem) else when


def told_before(desk: Desk, record: R, states: Callable[[Record], Iterable[Record]]) -> Iterator[R]:
    """Yield a record with what former ``states`` of another record told of it: a point where its meeting was."""
    meeting = desk.read.get(Meeting, record.meeting or "") if isinstance(record, ItineraryItem) else None
    for each in states(meeting) if meeting else ():
        if isinstance(each, Meeting):
            set_told(point := type(record)(), where_told(venue_of(each)))
            yield point


def where_told(venue: Venue) -> dict[str, Any]:
    """Return the place of an item, by field."""
    return {"place": venue.place, "room": venue.room}


def set_told(record: Record, values: Mapping[str, Any]) -> None:
    """Set values of a record that is only shown."""
    for name, value in values.items():
        set_committed_value(record, name, value)
