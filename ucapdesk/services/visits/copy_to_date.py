"""Copies a visit or a meeting to other days: plans are copied, results are not.

Hours, people, places, agenda, checklist and programme are taken over and moved by the same number of days. Minutes, actions,
attendance, gifts, papers, and what was reported stay with the first one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary_dates import ends
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.records.record_copies import duplicate
from ucapdesk.services.records.records import get, title_or_id
from ucapdesk.store.desk import Desk

PARTS_NOT_COPIED = ("minute_entry", "action_item", "gift", "attachment")
EMPTIED = {
    "visit": "status approval_number invitation_date invitation_reference report outcomes source source_place",
    "meeting": "status summary press_line ordinal next_meeting reported_participants visit places_print source source_place",
    "participation": "attendance badge seat room arrival departure",
    "checklist_item": "done",
    "itinerary_item": "confirmed meeting",
    "agenda_item": "outcome reported_participants done",
    "transport_leg": "booking",
}
"""Fields that are not copied, as they hold results."""


class NoDayToMoveTo(UserError):
    """The date given is no day."""

    sentence = "“{said}” is not a date. Nothing was changed; give the first day, such as 2026-11-23."


def copy_to(desk: Desk, id_: str, start: PartialDate) -> str:
    """Copy a visit or a meeting so that it begins on a day; return the new id. One step."""
    record = get(desk, id_)
    if not isinstance(record, Visit | Meeting):
        raise UserError(
            "“{title}” is neither a visit nor a meeting. Nothing was changed; use Duplicate for other records.",
            code="not-to-be-copied",
            title=title_or_id(desk, id_),
        )
    if start.precision != "day":
        raise NoDayToMoveTo(said=start.edtf)
    first = date.fromisoformat(start.bounds[0])
    begins = record.dates if isinstance(record, Visit) else record.when.day if record.when else None
    was = ends(begins)[0]
    by = first - date.fromisoformat(was) if was else None

    def change(part: Record, values: dict[str, Any]) -> dict[str, Any] | None:
        if kind_of(part).name in PARTS_NOT_COPIED:
            return None
        for name in EMPTIED.get(kind_of(part).name, "").split():
            if name in values:
                values[name] = Bilingual() if isinstance(values[name], Bilingual) else None
        if by is not None:
            return {name: _moved(name, value, by) for name, value in values.items()}
        if part.id == id_:
            values |= {"dates": start} if isinstance(record, Visit) else {"when": When(first.isoformat())}
        return values

    return duplicate(desk, id_, change=change)


def _moved(name: str, value: Any, by: timedelta) -> Any:
    """Return a day, or a time, so many days later; a value known to the month only is left out."""
    if isinstance(value, When) and value.date:
        day, last = _later(value.date, by), _later(value.end_date, by) if value.end_date else None
        return When(day, value.start, value.end, last, value.tz, value.end_tz) if day else None
    if isinstance(value, PartialDate) and name in ("dates", "due"):
        ends = [_later(end, by) for end in value.ends]
        if not all(ends):
            return None
        return PartialDate("/".join(filter(None, ends if value.is_interval else ends[:1])))
    if name == "date" and isinstance(value, str):
        return _later(value, by) or value
    return value


def _later(day: str, by: timedelta) -> str | None:
    bare = day.rstrip("~?%")
    return (date.fromisoformat(bare) + by).isoformat() if bare.count("-") == 2 else None
