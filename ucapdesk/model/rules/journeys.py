"""Keeps records that stand for one event at the same hours: a journey and its programme item, a meeting and its point of the programme.

Both are kept with the same hours, so that older programs and lists of either find them; whoever writes one writes both.
Where two desks wrote different ones, both are kept and the difference is shown; of a journey those of the transport are told.
"""

from __future__ import annotations

from dataclasses import fields, replace

from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.rules.itinerary import Slot, apart, is_day, minutes_of, on_day, shift
from ucapdesk.model.values import When

RIDES = frozenset({"flight", "train"})  # Types of items that are the journey itself; others only lead to it
ARRIVES = "arrival"
_PARTS = tuple(each.name for each in fields(When))


def is_ride(item: ItineraryItem, leg: TransportLeg | None) -> bool:
    return leg is not None and item.type in RIDES


def told_of(item: ItineraryItem, leg: TransportLeg | None) -> When | None:
    """Return the times of an item: for a journey those of its transport, completed from the item."""
    return filled(leg.when, item.when) if leg is not None and is_ride(item, leg) else item.when


def journey_differs(item: ItineraryItem, leg: TransportLeg | None) -> bool:
    """Return whether a journey's item contradicts its transport. A part that one of them lacks is no difference."""
    if leg is None or not is_ride(item, leg) or item.when is None or leg.when is None:
        return False
    one, other = _whole(item.when), _whole(leg.when)
    said = ((getattr(one, part), getattr(other, part)) for part in _PARTS)
    return any(here and there and here != there for here, there in said)


def filled(first: When | None, second: When | None) -> When | None:
    """Return the first times, with missing parts filled in from the second."""
    if first is None or second is None:
        return first or second
    ends = first if first.end else second
    return When(
        date=first.date or second.date,
        start=first.start or second.start,
        end=ends.end,
        end_date=ends.end_date or (second.end_date if first.end == second.end else None),
        tz=first.tz or second.tz,
        end_tz=ends.end_tz or (second.end_tz if first.end == second.end else None),
    )


def same_begin(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and (one.date, one.start) == (other.date, other.start)


def leg_after(item: ItineraryItem, was: When | None, leg: When | None) -> When | None:
    """Return the times of a transport after an item that links to it changed; ``was``: the item's times before."""
    if item.type in RIDES:
        return _written(leg, was, item.when)
    if leg is None or was is None or item.when is None:
        return leg
    if same_begin(was, leg):
        return taken_along(leg, was, item.when)
    if item.type == ARRIVES and (was.date, was.start) == _arrival(leg) and item.when.start:
        day = item.when.date if item.when.date != leg.date else None
        return replace(leg, end=item.when.start, end_date=day)
    return leg


def item_after(item: ItineraryItem, was: When | None, leg: When | None) -> When | None:
    """Return the times of an item after the transport it links to changed; ``was``: the transport's times before."""
    if item.type in RIDES:
        return _written(item.when, was, leg)
    if item.when is None or was is None or leg is None:
        return item.when
    if same_begin(item.when, was):
        return taken_along(item.when, was, leg)
    if item.type == ARRIVES and (item.when.date, item.when.start) == _arrival(was) and leg.end:
        day, hour = _arrival(leg)
        return taken_along(item.when, item.when, replace(item.when, date=day, start=hour))
    return item.when


def _written(there: When | None, was: When | None, now: When | None) -> When | None:
    """Return the times of the other record after the parts that changed in one were copied to it."""
    before, after, made = was or When(), now or When(), there or When()
    changed = {part: getattr(after, part) for part in _PARTS if getattr(before, part) != getattr(after, part)}
    if "date" in changed and "end_date" not in changed and after.date and made.end_date:
        made = on_day(made, after.date)
    made = filled(replace(made, **changed), now) or When()
    return made if made.date or made.start or made.end else None


def taken_along(there: When, was: When, now: When) -> When:
    """Move times that had the same beginning to the new beginning; their duration stays."""
    if there.end and there.start and now.start and was.date and now.date:
        bare = [Slot("", replace(each, end=None, tz=None)) for each in (was, now)]
        if all(slot.timed for slot in bare):
            return shift(there, minutes_of(apart(bare[0].begins, bare[1].begins)))
    return replace(there, date=now.date, start=now.start)


def _arrival(when: When) -> tuple[str | None, str | None]:
    return when.end_date or when.date, when.end


def _whole(when: When) -> When:
    return replace(when, end_date=when.end_date or when.date) if when.end else when


def moved_along(there: When | None, was: When | None, now: When | None) -> When | None:
    """Return the times of one of the two after those of the other changed from ``was`` to ``now``."""
    if there is None or was is None or now is None or not same_begin(there, was):
        return there
    if not (now.start and is_day(now.date)):
        return there  # "in December": what was planned to the hour is not thrown away
    made = taken_along(there, was, now)
    if (there.end, there.end_date) == (was.end, was.end_date):
        made = replace(made, end=now.end, end_date=now.end_date)
    if (there.tz, there.end_tz) == (was.tz, was.end_tz):
        made = replace(made, tz=now.tz, end_tz=now.end_tz)
    return made


def meeting_differs(one: When | None, other: When | None) -> bool:
    """Return whether the two, with their zones, begin or end at different times. A part that one lacks is no difference."""
    if one is None or other is None:
        return False
    days = (one.date or "", other.date or "")
    if not (days[0].startswith(days[1]) or days[1].startswith(days[0])):
        return True
    said = ((getattr(one, part), getattr(other, part)) for part in ("start", "end", "tz"))
    return any(here and there and here != there for here, there in said)
