"""What a date in a list says beside its day: that it has passed without the thing being done, or that something ends soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.model.kind import Kind
from ucapdesk.model.register import agreement_flags
from ucapdesk.model.rules import CLOSED_ACTIONS
from ucapdesk.model.values import PartialDate

OVERDUE, EXPIRING = "overdue", "expiring"
WORDS: Mapping[str, Message] = {OVERDUE: Message("paper", "overdue"), EXPIRING: Message("paper", "expiring")}
CLOSED = (*CLOSED_ACTIONS, "deferred", "dropped", "completed", "expired", "terminated", "superseded")
"""Statuses after which nothing is waited for, whatever the kind."""
_AGREEMENT = {"expires": "expiring", "signing_planned": "overdue_signature"}


def due_field(kind: Kind) -> str:
    """The field by which something of a kind must be done; empty where there is none."""
    return "due" if "due" in kind.fields else ""


def lateness(record: Any, field: str, today: date) -> str:
    """``overdue``, ``expiring`` or nothing: what the date in a field says on a day."""
    kind = type(record).__tablename__
    if kind == "agreement" and field in _AGREEMENT:
        flag = _AGREEMENT[field]
        if flag not in agreement_flags(record, today):
            return ""
        return EXPIRING if flag == "expiring" else OVERDUE
    due = getattr(record, field) if field == "due" else None
    if not isinstance(due, PartialDate) or due.bounds[1] >= today.isoformat():
        return ""
    closed = getattr(record, "status", None) in CLOSED or getattr(record, "done", None) is True
    return "" if closed else OVERDUE
