"""Expands recurring events of a calendar within the requested days: rules, added and removed dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

MAX_OCCURRENCES = 400
"""Maximum number of occurrences that are read."""
LOOKED_THROUGH = 20_000
"""Maximum number of occurrences counted before the requested days."""


def repeats(
    event: Any, first: datetime, local: Callable[[date], datetime], days: tuple[date, date] | None
) -> tuple[list[datetime], bool]:
    """Return when it takes place, on its own clock, and whether it also does so on other days, or goes on.

    Args:
        event: The component.
        first: Its beginning.
        local: Tells a moment by the same clock.
        days: The days that are asked for; without them the first times are read.
    """
    from dateutil.rrule import rruleset, rrulestr

    every = rruleset(cache=False)
    every.rdate(first)
    for rule in _several(event, "rrule"):
        every.rrule(rrulestr(_told(rule, local), dtstart=first))
    for added in _moments(event, "rdate"):
        every.rdate(local(added))
    for out in _moments(event, "exdate"):
        at = local(out)
        every.exdate(at if isinstance(out, datetime) else datetime.combine(at.date(), first.time()))
    if days is None:
        found = list(islice(every, MAX_OCCURRENCES + 1))
        return found[:MAX_OCCURRENCES], len(found) > MAX_OCCURRENCES
    begin, end = (datetime.combine(day, time.min) for day in (days[0], days[1] + timedelta(days=1)))
    inside: list[datetime] = []
    elsewhere = False
    for n, at in enumerate(every):
        if at >= end or n >= LOOKED_THROUGH or len(inside) >= MAX_OCCURRENCES:
            return inside, True
        if at >= begin:
            inside.append(at)
        else:
            elsewhere = True
    return inside, elsewhere


def _told(rule: Any, local: Callable[[date], datetime]) -> str:
    """Return a rule whose end is given on the clock of the event itself."""
    copy = type(rule)(rule)
    for key in [key for key in copy if str(key).upper() == "UNTIL"]:
        until = copy[key][0] if isinstance(copy[key], list) else copy[key]
        last = local(until)
        copy[key] = [last if isinstance(until, datetime) else datetime.combine(last.date(), time(23, 59, 59))]
    said: str = copy.to_ical().decode()
    return said


def _several(event: Any, key: str) -> list[Any]:
    said = event.get(key)
    return [] if said is None else said if isinstance(said, list) else [said]


def _moments(event: Any, key: str) -> Iterator[date]:
    """Yield the moments of a list of dates; of a period its beginning."""
    for said in _several(event, key):
        for each in said.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt
