"""The only module that asks for the time and for this computer's zone, so that tests can set both."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import time_ns

os.environ.setdefault("PYTZ_SKIPEXISTSCHECK", "1")  # or babel has pytz open the files of 600 zones when it is imported
Clock = Callable[[], int]  # Microseconds since 1970, UTC


def system_clock() -> int:
    """Return the computer's clock, in microseconds since 1970."""
    return time_ns() // 1000


def moment(microseconds: int) -> datetime:
    """Return a clock reading as an aware UTC time."""
    return datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)


def local_time(at: datetime) -> datetime:
    """Return a moment on the clock of this computer; where ``at`` has no zone, it was read from that clock."""
    return at.astimezone()


def local_now(clock: Clock = system_clock) -> datetime:
    return local_time(moment(clock()))


def today(clock: Clock = system_clock) -> date:
    return local_now(clock).date()


def clock_of(at: datetime) -> str:
    """Return the UTC offset of the clock a time was read from: ``UTC+1``, ``UTC+5:30``; empty where the time has none."""
    away = at.utcoffset()
    if away is None:
        return ""
    minutes = round(away.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
