"""Public holidays and shifted working days of a date still to come, for the line under its field."""

from __future__ import annotations

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.model.values import PartialDate, When
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import days_off


def note(desk: Desk, value: object) -> str:
    """Return public holidays and shifted working days of a date or period; empty for what is past, or not known to the day."""
    dates = value.day if isinstance(value, When) else value
    if not isinstance(dates, PartialDate) or dates.bounds[1] < today(desk.workspace.clock).isoformat():
        return ""
    return days_off.of_workspace(desk, language()).say_dates(dates)
