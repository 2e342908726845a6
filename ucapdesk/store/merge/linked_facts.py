"""Facts written together: the times of a transport and of the programme items that link to it; the common title and hours of
an item and its meeting.

Whoever writes one of them, through whatever form, list, command or calendar, writes the other in the same step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.record import R
from ucapdesk.model.rules.journeys import RIDES, item_after, leg_after
from ucapdesk.model.rules.meeting_hours import moved_along

ITEM, LEG, MEETING = (kind.__tablename__ for kind in (ItineraryItem, TransportLeg, Meeting))


class Changes(Protocol):
    """The changes of a save before it closes: the records handed out and how they changed."""

    def get(self, cls: type[R], id_: str) -> R:
        """Return a record to change."""

    def opened_of(self, kind: str) -> list[Any]:
        """Return the records of a kind that were handed out."""

    def changed_in(self, kind: str, field: str) -> list[tuple[Any, Any]]:
        """Return those whose field changed, each with its old value."""

    def has_changed(self, id_: str, field: str) -> bool:
        """Return whether a field of a record changed."""

    def living(self, kind: str, field: str, value: str) -> list[str]:
        """Return the ids of the living records whose stored field has a value."""


def follow_journeys(work: Changes) -> None:
    """Give transports the new times of their items, and items those of their transport."""
    moved = [
        (item, was, leg)
        for item, was in work.changed_in(ITEM, "when")
        if not work.has_changed(item.id, "transport") and (leg := _leg(work, item))
    ]
    for item, was, leg in [each for each in moved if not work.has_changed(each[2].id, "when")]:
        leg.when = leg_after(item, was, leg.when)
    for item in work.opened_of(ITEM):
        _begin_together(item, _leg(work, item) if item.type in RIDES else None)
    for leg, was in work.changed_in(LEG, "when"):
        for id_ in work.living(ITEM, "transport", leg.id):
            item = work.get(ItineraryItem, id_)
            if item.transport == leg.id and not (work.has_changed(id_, "when") or work.has_changed(id_, "transport")):
                item.when = item_after(item, was, leg.when)


def _leg(work: Changes, item: ItineraryItem) -> TransportLeg | None:
    found = work.living(LEG, "id", item.transport) if item.transport else []
    return work.get(TransportLeg, found[0]) if found else None


def _begin_together(item: ItineraryItem, leg: TransportLeg | None) -> None:
    """Give the one of a journey's two records that has no times those of the other."""
    if leg is not None and item.when is None:
        item.when = leg.when
    elif leg is not None and leg.when is None:
        leg.when = item.when


def _partners(work: Changes, field: str) -> Iterator[tuple[Meeting | ItineraryItem, Any, Meeting | ItineraryItem]]:
    """Yield the item or meeting linked to each one whose field changed, the value before, and the changed one."""
    for item, was in work.changed_in(ITEM, field):
        for id_ in work.living(MEETING, "id", item.meeting) if was and item.meeting else ():
            yield work.get(Meeting, id_), was, item
    for meeting, was in work.changed_in(MEETING, field):
        for id_ in work.living(ITEM, "meeting", meeting.id) if was else ():
            yield work.get(ItineraryItem, id_), was, meeting


def follow_meetings(work: Changes) -> None:
    """Keep the hours the same that an item and its meeting shared."""
    for other, was, changed in _partners(work, "when"):
        _move_along(work, other, was, changed)


def _move_along(work: Changes, other: Meeting | ItineraryItem, was: Any, changed: Meeting | ItineraryItem) -> None:
    item = other if isinstance(other, ItineraryItem) else changed
    if not (work.has_changed(other.id, "when") or work.has_changed(item.id, "meeting")):
        other.when = moved_along(other.when, was, changed.when)


def follow_titles(work: Changes) -> None:
    """Keep a title the same that an item and its meeting shared, in both languages."""
    for other, was, changed in _partners(work, "title"):
        _call_alike(work, other, was, changed)


def _call_alike(work: Changes, other: Meeting | ItineraryItem, was: Any, changed: Meeting | ItineraryItem) -> None:
    if not work.has_changed(other.id, "title") and dict(other.title or {}) == dict(was):
        other.title = changed.title
