"""The time zones of a workspace: names of places are looked up among its records too."""

from __future__ import annotations

from functools import cache

from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.text.format.fields_in_words import called
from ucapdesk.model.text.format.zones import zone_named
from ucapdesk.store.desk import Desk

MAX_PLACE_HITS = 20


def place_time(desk: Desk) -> PlaceTime:
    """Return a reader of zones. It remembers what it looked up, so make a new one after changes."""
    made: PlaceTime

    @cache
    def named(words: str) -> str | None:
        """Return the zone of the places on record of this name, where they share one; else that of the name itself."""
        wanted = " ".join(words.split()).casefold()
        hits = [hit.id for hit in desk.read.search(words, kinds=("place",), limit=MAX_PLACE_HITS)] if wanted else []
        there = [each for each in desk.read.page(Place, hits) if wanted in map(str.casefold, called(each))]
        zones = {made.of_place(each.id) for each in there} - {None}
        return zones.pop() if len(zones) == 1 else zone_named(words)

    made = PlaceTime(desk.read, named)
    return made
