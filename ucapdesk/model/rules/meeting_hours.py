"""Keeps a meeting and its point of the programme at the same hours: what was the same in both stays the same.

Where they say different hours, as after two desks wrote them, both are kept, and the difference is shown.
"""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.rules.journeys import same_begin, taken_along
from ucapdesk.model.values import When


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


def differ(one: When | None, other: When | None) -> bool:
    """Return whether the two, with their zones, begin or end at different times. A part that one lacks is no difference."""
    if one is None or other is None:
        return False
    days = (one.date or "", other.date or "")
    if not (days[0].startswith(days[1]) or days[1].startswith(days[0])):
        return True
    said = ((getattr(one, part), getattr(other, part)) for part in ("start", "end", "tz"))
    return any(here and there and here != there for here, there in said)
