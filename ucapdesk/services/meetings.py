"""Meetings as they are logged: with what can be known before anybody writes a word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ucapdesk.model.kinds.visits import Visit
from ucapdesk.model.values import When
from ucapdesk.store.desk import Desk

QUARTER = 15
OVER = ("cancelled", "postponed", "moved_online")
"""A visit of such a status does not take place on its dates."""


def begun_now(desk: Desk, now: datetime) -> dict[str, Any]:
    """The fields of a meeting that begins now: the time to the nearest quarter, and the visit that is under way."""
    start = now + timedelta(minutes=QUARTER / 2)
    start = start.replace(minute=start.minute - start.minute % QUARTER, second=0, microsecond=0)
    visit = running_visit(desk, start.date().isoformat())
    zone = visit.time_zone if visit else None
    values: dict[str, Any] = {"when": When(date=start.date().isoformat(), start=f"{start:%H:%M}", tz=zone)}
    if visit:
        values["visit"] = visit.id
    if visit and len(visit.ucaps or ()) == 1:
        values["ucap"] = next(iter(visit.ucaps or ()))
    return values


def running_visit(desk: Desk, day: str) -> Visit | None:
    """The visit that takes place on a day; of several the one that began last, none where only a year is known."""
    found = []
    for visit in desk.read.page(Visit, desk.read.ids(Visit, order="dates")):
        if visit.dates is None or visit.status in OVER:
            continue
        first, last = visit.dates.bounds
        if first <= day <= last and len(visit.dates.ends[0].rstrip("~?%")) == len("2026-01-01"):
            found.append(visit)
    return max(found, key=lambda visit: visit.dates.bounds[0] if visit.dates else "", default=None)
