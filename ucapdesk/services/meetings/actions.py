"""Changes of agreed actions: done or not, and their due dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records.records import edited
from ucapdesk.store.desk import Desk

DONE, OPEN = "done", "open"


def tick(desk: Desk, ids: Sequence[str], today: date) -> bool:
    """Mark actions as done today; if all of them are done already, open them again. Return whether they are done. One step."""
    with desk.save(edited(ids, "action_item", ["status", "done_on"])) as work:
        items = [work.get(ActionItem, id_) for id_ in ids]
        done = any(item.status != DONE for item in items)
        for item in items:
            if done and item.status != DONE:
                item.status, item.done_on = DONE, PartialDate(today.isoformat())
            elif not done:
                item.status, item.done_on = OPEN, None
    return done


def set_due(desk: Desk, ids: Sequence[str], due: PartialDate | None) -> None:
    """Set the due date of actions. One step."""
    with desk.save(edited(ids, "action_item", ["due"])) as work:
        for id_ in ids:
            work.get(ActionItem, id_).due = due
