"""The place of a programme item or a meeting: decided here and nowhere else.

A point is where it says. One that names no place is where its meeting is, and has the room of that meeting.
"""

from __future__ import annotations

from typing import NamedTuple

from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem


class Venue(NamedTuple):
    """The places of something, the main one first, and the room in it."""

    places: tuple[str, ...]
    room: str | None

    @property
    def place(self) -> str | None:
        """The place that is shown."""
        return next(iter(self.places), None)


def venue_of(record: ItineraryItem | Meeting, meeting: Meeting | None = None) -> Venue:
    """Return where something is; ``meeting`` is that of an item, where it has one. The room of another place is ignored."""
    if isinstance(record, Meeting):
        return Venue(tuple(record.places or ()), record.room)
    there = venue_of(meeting) if meeting is not None else Venue((), None)
    if not record.place:
        return Venue(there.places, record.room or there.room)
    return Venue((record.place,), record.room or (there.room if record.place in there.places else None))
