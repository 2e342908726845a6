"""Days relative to the dates of a visit: its days, and due dates so many days before or after."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from ucapdesk.model.rules.itinerary import MOVES, is_day
from ucapdesk.model.values import PartialDate, When
from ucapdesk.model.values.partial_date import days_later

LEG = "transport_leg"
MAX_DAYS = 60
"""How many days of a visit are listed at most."""
YEAR = 366
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[~?%]?")


def ends(dates: PartialDate | None) -> tuple[str | None, str | None]:
    """Return the first and the last day, each where it is known to the day."""
    if dates is None:
        return None, None
    first, last = (found[1] if (found := _DAY.fullmatch(end)) else None for end in dates.ends)
    return first, last


def runs(dates: PartialDate | None, day: str) -> bool:
    """Return whether a visit takes place on a day; not where only a month or a year is known of its beginning."""
    first, last = dates.bounds if dates and ends(dates)[0] else ("", "")
    return first <= day <= last


def days_of(dates: PartialDate | None) -> list[str]:
    """Return the days of a visit; none where only a month or a year is known."""
    first, last = ends(dates)
    return between(first, last, MAX_DAYS) if first and last else []


def days_that_may_be(dates: PartialDate | None) -> list[str]:
    """Return the days on which a visit may be: where only a month or a year is known, all of its days; at most a year."""
    known = days_of(dates)
    if known or dates is None:
        return known
    first, last = dates.bounds
    return between(days_later(last, 1 - YEAR) or first if dates.ends[0] == ".." else first, last, YEAR)


def between(first: str, last: str, most: int) -> list[str]:
    """Return the days from one to another, both included, the first of them where they are too many."""
    begin, end = map(date.fromisoformat, (first, last))
    return [(begin + timedelta(number)).isoformat() for number in range(min((end - begin).days + 1, most))]


def days_on(when: When | None) -> tuple[str, str]:
    """Return the day of an item, and the later one on which it ends; empty for none."""
    first = when.date if when and is_day(when.date) else ""
    last = when.end_date if when and first and when.end and is_day(when.end_date) else ""
    return first or "", last if last and first and last > first else ""


def arrives_on(thing: Any, when: When | None) -> str:
    """Return the later day on which a journey ends, empty for none; a dinner that ends after midnight arrives nowhere."""
    travels = getattr(thing, "type", None) in MOVES or getattr(thing, "transport", None) or thing.__tablename__ == LEG
    clocks = {when.tz, when.end_tz} - {None} if when else set()
    return days_on(when)[1] if travels or len(clocks) > 1 else ""


def due_on(offset: int | None, dates: PartialDate | None) -> str | None:
    """Return the day so many days before the first day (or on it), or after the last; None where that day is not known."""
    if offset is None:
        return None
    first, last = ends(dates)
    day = first if offset <= 0 else last
    return days_later(day, offset) if day else None
