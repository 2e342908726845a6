"""The place and the time zone of programme items, journeys and meetings: decided here and nowhere else.

A point is where it says. One that names no place is where its meeting is, and has the room of that meeting.

The zone is that of the hour itself where somebody said it; else of the place where it is, of the city of its day, of the
visit and its host cities. A city without a zone has that of its country, where the country has one. Of a journey each end
has the zone of its own place. It is never taken from what stands beside it, nor from the computer: a zone that nobody
knows is None, and its hours are told without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple, Protocol

from ucapdesk.model.dates.zones import all_year, zone_named
from ucapdesk.model.kinds.partnership_kinds import Country, Place
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.record import R
from ucapdesk.model.rules.country_facts import time_zones
from ucapdesk.model.rules.journeys import RIDES, is_ride, told_of
from ucapdesk.model.values import When
from ucapdesk.model.values.groups import is_zone


class Venue(NamedTuple):
    """The places of something, the main one first, and the room in it."""

    places: tuple[str, ...]
    room: str | None

    @property
    def place(self) -> str | None:
        return next(iter(self.places), None)


def venue_of(record: ItineraryItem | Meeting, meeting: Meeting | None = None) -> Venue:
    """Return where something is; ``meeting`` is that of an item, where it has one. The room of another place is ignored."""
    if isinstance(record, Meeting):
        return Venue(tuple(record.places or ()), record.room)
    there = venue_of(meeting) if meeting is not None else Venue((), None)
    if not record.place:
        return Venue(there.places, record.room or there.room)
    return Venue((record.place,), record.room or (there.room if record.place in there.places else None))


# A function that returns the zone of a place by its name, where the name is unambiguous.
Named = Callable[[str], str | None]
Ends = tuple[str | None, str | None]  # The zones of both ends
MAX_PLACE_LEVELS = 6  # Levels to which a place is followed to the place around it
BY_AIR = "flight"
# Types of items whose place is left, or only reached: a day that begins at the airport at home is spent elsewhere.
JOURNEYS = RIDES | {"departure", "arrival"}


class Records(Protocol):
    """Reads records."""

    def get(self, kind: type[R], id_: str, /) -> R | None:
        """Return one record, in the Trash or not."""

    def children(self, id_: str, kind: type[R], /) -> list[R]:
        """Return the living parts of a record of one kind."""


class PlaceTime:
    """Zones and hours of the records of a workspace; remembers what it read, so make a new one after changes."""

    def __init__(self, records: Records, named: Named = zone_named) -> None:
        self._named = named
        self._get, self._parts = cache(records.get), cache(records.children)
        self._of_the_day = cache(self._place_of_day)

    # -- whole hours ------------------------------------------------------------------------------

    def told(self, record: ItineraryItem | TransportLeg | Meeting) -> When | None:
        """Return the times of a record with the zones of both ends; a journey's item has the times of its transport.

        Where only the end has no known zone none is told, for it would seem to be on the clock of the beginning.
        """
        when = self.when(record)
        if when is None or not (when.start or when.end):
            return when
        begins, ends = self.ends(record)
        if when.end and ends is None:
            begins = None
        return replace(when, tz=begins, end_tz=ends if when.end and ends != begins else None)

    def when(self, record: ItineraryItem | TransportLeg | Meeting) -> When | None:
        return told_of(record, self.leg_of(record)) if isinstance(record, ItineraryItem) else record.when

    def ends(self, record: ItineraryItem | TransportLeg | Meeting) -> Ends:
        if isinstance(record, TransportLeg):
            return self._of_leg(record, record.when or When())
        when = self.when(record) or When()
        if isinstance(record, Meeting):
            zone = when.tz or self._around(self.venue(record).places, self._living(Visit, record.visit), when.date)
            return zone, when.end_tz or zone
        return self._of_item(record, when)

    def leg_of(self, item: ItineraryItem) -> TransportLeg | None:
        if not item.transport:
            return None
        own = next((leg for leg in self._children(TransportLeg, item.owner) if leg.id == item.transport), None)
        return own or self._living(TransportLeg, item.transport)

    def venue(self, record: ItineraryItem | Meeting) -> Venue:
        """Return where something is."""
        return venue_of(record, self._living(Meeting, record.meeting) if isinstance(record, ItineraryItem) else None)

    # -- zones ------------------------------------------------------------------------------------

    def of_day(self, visit: Visit | None, date: str | None) -> str | None:
        """Return the zone of a day of a visit: of its city, else of the visit."""
        return self._around((), visit, date)

    def of_visit(self, visit: Visit) -> str | None:
        """Return the zone of a visit: its own, else that of its host cities, where these are on one clock."""
        zones = self.zones_of(visit)
        return zones[0] if len(set(map(all_year, zones))) == 1 else None

    def zones_of(self, visit: Visit) -> list[str]:
        own = (visit.time_zone,) if is_zone(visit.time_zone) else map(self.of_place, visit.host_places or ())
        return [zone for zone in own if zone]

    def of_place(self, id_: str | None) -> str | None:
        """Return the zone of a place: its own, that of the place around it, else the one of its country."""
        around = list(self.up_from(id_))
        own = next((place.time_zone for place in around if is_zone(place.time_zone)), None)
        return own or next((zones[0] for zones in [self._in_country(around)] if len(zones) == 1), None)

    def up_from(self, id_: str | None) -> Iterator[Place]:
        """Yield a living place, and the places around it, the nearest first."""
        seen: list[str] = []
        place = self._living(Place, id_)
        while place is not None and place.id not in seen and len(seen) < MAX_PLACE_LEVELS:
            seen.append(place.id)
            yield place
            place = self._living(Place, place.parent)

    def _of_item(self, item: ItineraryItem, when: When) -> Ends:
        leg = self.leg_of(item)
        visit = self._living(Visit, item.owner)
        if leg is not None and is_ride(item, leg):
            return self._of_leg(leg, when)
        zone = when.tz
        places = self.venue(item).places
        if zone is None and leg is not None and not places and item.type in ("departure", "arrival"):
            zone = self._of_leg(leg, leg.when or When())[item.type == "arrival"]
        zone = zone or self._around(places, visit, when.date)
        return zone, when.end_tz or zone

    def _of_leg(self, leg: TransportLeg, when: When) -> Ends:
        """Return the zones of a transport; those of unknown airports stay unknown, as the visit's zone holds at one end only."""
        visit = self._living(Visit, leg.owner)
        begins = when.tz or self._by_name(leg.departs_from)
        ends = when.end_tz or self._by_name(leg.arrives_at)
        if leg.mode == BY_AIR:
            return begins, ends or when.tz
        begins = begins or self.of_day(visit, when.date)
        return begins, ends or begins

    def _by_name(self, names: object) -> str | None:
        said = names.values() if hasattr(names, "values") else ()
        return next(filter(None, map(self._named, said)), None)

    def _around(self, places: Iterable[str], visit: Visit | None, date: str | None) -> str | None:
        """Return the zone of the nearest place that has one: of the record, then the city of its day, then the visit.

        What is farther away counts only if it may be: a place in a country of other zones is not on the clock of the visit.
        """
        allowed: tuple[str, ...] = ()
        for place in [*places, *(self._of_the_day(visit.id, date) if visit else ())]:
            zone = self.of_place(place)
            if zone is not None and (not allowed or zone in allowed):
                return zone
            allowed = allowed or self._in_country(self.up_from(place))
        zone = self.of_visit(visit) if visit else None
        return zone if not allowed or zone in allowed else None

    def _place_of_day(self, visit: str, date: str | None) -> list[str]:
        """Return the city of a day; where nobody said it, a place where it is spent if all of these are on one clock."""
        day = next((day for day in self._children(ItineraryDay, visit) if day.date == date), None)
        if day and day.place:
            return [day.place]
        points = (each for each in self._children(ItineraryItem, visit) if each.type not in JOURNEYS)
        there = (each for each in points if each.when and each.when.date == date)
        found = [place for point in there if (place := self.venue(point).place)]
        return found[:1] if len({self.of_place(place) for place in found}) == 1 else []

    def _in_country(self, around: Iterable[Place]) -> tuple[str, ...]:
        """Return the zones of the country of some places: those on record, else those of the reference list."""
        found = next((place.country for place in around if place.country), None)
        country = self._living(Country, found)
        if country is None:
            return ()
        return tuple(zone for zone in country.time_zones or time_zones(country) or () if is_zone(zone))

    # -- reading ----------------------------------------------------------------------------------

    def _living(self, kind: type[R], id_: str | None) -> R | None:
        found = self._get(kind, id_) if id_ else None
        return found if isinstance(found, kind) and not found.is_deleted else None

    def _children(self, kind: type[R], id_: str | None) -> list[R]:
        return [each for each in self._parts(id_, kind) if isinstance(each, kind)] if id_ else []
