"""The one place that asks what time it is, so that tests can set it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], int]
"""Microseconds since 1970, UTC."""


def system_clock() -> int:
    """The computer's clock, in microseconds since 1970."""
    return time.time_ns() // 1000


def moment(microseconds: int) -> datetime:
    """A clock reading as an aware UTC time."""
    return datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)


def today(clock: Clock = system_clock) -> date:
    """The calendar day where this computer is."""
    return moment(clock()).astimezone().date()


def clock_of(at: datetime) -> str:
    """How far the clock that a time was read from is from Greenwich: ``UTC+1``, ``UTC+5:30``; empty where it does not say."""
    away = at.utcoffset()
    if away is None:
        return ""
    minutes = round(away.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
