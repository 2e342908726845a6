"""Which clock things are told by, asked of a workspace: names of places are looked up among its records too."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.model.kinds.meetings import Meeting
from ucapdesk.model.kinds.places import Place
from ucapdesk.model.kinds.visits import ItineraryItem, TransportLeg
from ucapdesk.model.place_time import PlaceTime
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual
from ucapdesk.model.wording.zones import zone_named
from ucapdesk.store.desk import Desk

R = TypeVar("R", bound=Record)
TIMED = (ItineraryItem, TransportLeg, Meeting)
"""What has hours."""
LOOKED_AT = 20
NAMES = ("name", "short_name", "official_name", "local_name", "pinyin")


def place_time(desk: Desk) -> PlaceTime:
    """For one reading: what it looked up it remembers, so make a new one after changes."""
    made: PlaceTime

    def named(words: str) -> str | None:
        """The zone of the places on record that are called so, where they are on one clock; else what the name itself tells."""
        wanted = " ".join(words.split()).casefold()
        hits = [hit.id for hit in desk.read.search(words, kinds=("place",), limit=LOOKED_AT)] if wanted else []
        zones = {made.of_place(each.id) for each in desk.read.page(Place, hits) if wanted in _names(each)} - {None}
        return zones.pop() if len(zones) == 1 else zone_named(words)

    made = PlaceTime(desk.read, named)
    return made


def tell(desk: Desk, records: list[R]) -> list[R]:
    """Records that were read to be shown, with their hours as they are told: those of journeys, and all by their clocks."""
    clocks = place_time(desk) if any(isinstance(each, TIMED) for each in records) else None
    for each in records if clocks else ():
        if clocks and isinstance(each, TIMED):
            set_committed_value(each, "when", clocks.told(each))
    return records


def _names(place: Place) -> set[str]:
    found: set[str] = set()
    for value in (getattr(place, name) for name in NAMES):
        found |= {said.casefold() for said in (value.values() if isinstance(value, Bilingual) else [value]) if said}
    return found
