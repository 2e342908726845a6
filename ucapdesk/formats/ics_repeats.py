"""Expands recurring events of a calendar within the requested days: rules, added and removed dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

MAX_OCCURRENCES = 400
"""Maximum number of occurrences that are read."""
LOOKED_THROUGH = 20_000
"""Maximum number of occurrences counted before the requested days."""
OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
"""How often a rule may repeat; nothing of a visit repeats within a day."""
MOST_STEPS, DAYS_A_STEP = 1_000_000, 5
"""Occurrences that are counted for all rules of a file; days without any count as well, since a rule may name one that never comes."""
AFTERWARDS = timedelta(days=366)
"""For how long after the requested days a rule is followed, to tell that it goes on."""
WITHOUT_DAYS = timedelta(days=40 * 366)


class Repeats:
    """Expands the recurring events of one file, within limits for all of them.

    Args:
        local: Tells a moment by the clock of the event.
        days: The days that are asked for; without them the first times are read.
    """

    def __init__(self, local: Callable[[date], datetime], days: tuple[date, date] | None) -> None:
        self._local, self._days = local, days
        self._left = MOST_STEPS

    def of(self, event: Any, first: datetime) -> tuple[list[datetime], bool]:
        """Return when an event takes place, on its own clock, and whether it also does so on other days, or goes on.

        Raises a ``ValueError`` for a rule that cannot be followed.
        """
        if self._left < 0:
            raise ValueError("rules that take too long")
        every = self._every(event, first)
        if self._days is None:
            found = list(islice(every, MAX_OCCURRENCES + 1))
            self._left -= len(found)
            return found[:MAX_OCCURRENCES], len(found) > MAX_OCCURRENCES
        begin, end = (datetime.combine(day, time.min) for day in (self._days[0], self._days[1] + timedelta(days=1)))
        inside: list[datetime] = []
        elsewhere = False
        for n, at in enumerate(every):
            self._left -= 1
            if at >= end or n >= LOOKED_THROUGH or len(inside) >= MAX_OCCURRENCES:
                return inside, True
            if at >= begin:
                inside.append(at)
            else:
                elsewhere = True
        return inside, elsewhere

    def _every(self, event: Any, first: datetime) -> Iterator[datetime]:
        """Yield all times of an event."""
        from dateutil.rrule import rruleset

        every = rruleset(cache=False)
        every.rdate(first)
        for rule in several(event, "rrule"):
            every.rrule(self._times(rule, first))
        for added in _moments(event, "rdate"):
            every.rdate(self._local(added))
        for out in _moments(event, "exdate"):
            at = self._local(out)
            every.exdate(at if isinstance(out, datetime) else datetime.combine(at.date(), first.time()))
        yield from every

    def _times(self, rule: Any, first: datetime) -> Iterable[datetime]:
        """Return the times of a rule until some time after the requested days, or its own end on the clock of the event."""
        from dateutil.rrule import rrulestr

        told = type(rule)(rule)
        if self._left < 0 or str(told["FREQ"][0]).upper() not in OFTEN or told.get("INTERVAL", [1])[0] < 1:
            raise ValueError("a rule that takes too long")
        own = told.pop("UNTIL", None)
        until = own[0] if isinstance(own, list) else own
        last = datetime.combine(self._days[1], time.min) + AFTERWARDS if self._days else first + WITHOUT_DAYS
        if until is not None:
            ends = self._local(until)
            last = min(last, ends if isinstance(until, datetime) else datetime.combine(ends.date(), time(23, 59, 59)))
        count = told.pop("COUNT", None)
        told["UNTIL"] = [last]
        times: Iterator[datetime] = iter(rrulestr(told.to_ical().decode(), dtstart=first))
        begins = next(times, None)
        self._left -= ((begins.date() if begins else date.max) - first.date()).days // DAYS_A_STEP
        most: int | None = count[0] if count else None
        return islice(chain([begins], times), most) if begins else ()


def several(event: Any, key: str) -> list[Any]:
    """Return all values of a property."""
    said = event.get(key)
    return [] if said is None else said if isinstance(said, list) else [said]


def _moments(event: Any, key: str) -> Iterator[date]:
    """Yield the moments of a list of dates; of a period its beginning."""
    for said in several(event, key):
        for each in said.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt
