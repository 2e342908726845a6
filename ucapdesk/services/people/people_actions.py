"""Actions that begin with a person: a meeting with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.services.errors import WrongKindLinked
from ucapdesk.services.meetings.meetings import begun_now
from ucapdesk.services.records.records import get
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash


def meet(desk: Desk, person_id: str, now: datetime) -> str:
    """Create a meeting that begins now, with a person among its participants; return its id. One step."""
    person = get(desk, person_id)
    if not isinstance(person, Person):
        raise WrongKindLinked(field="person", kinds="person", id=person_id, kind=type(person).__tablename__)
    if person.is_deleted:
        raise InTrash(title=str(person.name or person.name_han or ""))
    label: list[Any] = ["record.add", {"kind": "meeting"}]
    with desk.save(label) as work:
        meeting = work.new(Meeting, None, **begun_now(desk, now))
        work.new(Participation, None, owner=meeting.id, person=person_id)
        label[1]["id"] = meeting.id
    return str(meeting.id)
