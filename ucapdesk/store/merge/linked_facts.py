"""Facts written together: the times of a transport and of the programme items that link to it; the common title and hours of
an item and its meeting; the day on which an MoU is to be signed, and that of its meeting.

Whoever writes one of them, through whatever form, list, command or calendar, writes the other in the same step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.rules.agreement_rules import awaits_signature
from ucapdesk.model.rules.journeys import RIDES, item_after, leg_after
from ucapdesk.model.rules.meeting_hours import moved_along
from ucapdesk.store.save import Save

ITEM, LEG, MEETING = (kind.__tablename__ for kind in (ItineraryItem, TransportLeg, Meeting))


def follow(work: Save) -> None:
    """Write what goes with the changes of a save that is about to close."""
    follow_meetings(work)
    follow_signings(work)
    follow_journeys(work)
    follow_titles(work)


def follow_journeys(work: Save) -> None:
    """Give transports the new times of their items, and items those of their transport."""
    kept = (each for each in work.changed_in(ITEM, "when") if not work.has_changed(each[0].id, "transport"))
    legs = [(item, was, leg) for item, was in kept if (leg := _leg(work, item))]
    for item, was, leg in [each for each in legs if not work.has_changed(each[2].id, "when")]:
        leg.when = leg_after(item, was, leg.when)
    for item in work.opened_of(ITEM):
        _begin_together(item, _leg(work, item) if item.type in RIDES else None)
    for leg, was in work.changed_in(LEG, "when"):
        for id_ in work.living(ITEM, "transport", leg.id):
            item = work.get(ItineraryItem, id_)
            if item.transport == leg.id and not (work.has_changed(id_, "when") or work.has_changed(id_, "transport")):
                item.when = item_after(item, was, leg.when)


def _leg(work: Save, item: ItineraryItem) -> TransportLeg | None:
    found = work.living(LEG, "id", item.transport) if item.transport else []
    return work.get(TransportLeg, found[0]) if found else None


def _begin_together(item: ItineraryItem, leg: TransportLeg | None) -> None:
    """Give the one of a journey's two records that has no times those of the other."""
    if leg is not None and item.when is None:
        item.when = leg.when
    elif leg is not None and leg.when is None:
        leg.when = item.when


def _partners(work: Save, field: str) -> Iterator[tuple[Meeting | ItineraryItem, Any, Meeting | ItineraryItem]]:
    """Yield the item or meeting linked to each one whose field changed, the value before, and the changed one."""
    for item, was in work.changed_in(ITEM, field):
        for id_ in work.living(MEETING, "id", item.meeting) if was and item.meeting else ():
            yield work.get(Meeting, id_), was, item
    for meeting, was in work.changed_in(MEETING, field):
        for id_ in work.living(ITEM, "meeting", meeting.id) if was else ():
            yield work.get(ItineraryItem, id_), was, meeting


def follow_meetings(work: Save) -> None:
    """Keep the hours the same that an item and its meeting shared."""
    for other, was, changed in _partners(work, "when"):
        item = other if isinstance(other, ItineraryItem) else changed
        if not (work.has_changed(other.id, "when") or work.has_changed(item.id, "meeting")):
            other.when = moved_along(other.when, was, changed.when)


def follow_signings(work: Save) -> None:
    """Keep the day the same on which an MoU is to be signed, and that of the meeting at which it is."""
    for meeting, was in work.changed_in(MEETING, "when"):
        day = was and meeting.when and meeting.when.day
        for id_ in work.living(Agreement.__tablename__, "signing_meeting", meeting.id) if day else ():
            agreement = work.get(Agreement, id_)
            planned = None if work.has_changed(id_, "signing_planned") else agreement.signing_planned
            if planned and planned == was.day and awaits_signature(agreement):
                agreement.signing_planned = day


def follow_titles(work: Save) -> None:
    """Keep a title the same that an item and its meeting shared, in both languages."""
    for other, was, changed in _partners(work, "title"):
        if not work.has_changed(other.id, "title") and dict(other.title or {}) == dict(was):
            other.title = changed.title
