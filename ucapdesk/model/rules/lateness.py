"""Decides what is overdue and what expires soon.

``is_overdue`` tells it of a record; Home, pages, papers and the computed field ``overdue`` ask it. ``lateness`` tells it of one date
field, for the chips of lists, in which the end of an MoU and a late signature count too. Conditions of lists and searches ask
``overdue_ones`` in ``model/listing.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.model.kind import Kind
from ucapdesk.model.rules.agreement_rules import attention
from ucapdesk.model.rules.status import is_awaited
from ucapdesk.model.values import PartialDate

OVERDUE, EXPIRING = "overdue", "expiring"
WORDS: Mapping[str, Message] = {OVERDUE: Message("paper", "overdue"), EXPIRING: Message("paper", "expiring")}
"""The words for both, in lists and papers."""
_AGREEMENT = {"expires": ("expiring", EXPIRING), "signing_planned": ("overdue_signature", OVERDUE)}


def due_field(kind: Kind) -> str:
    """Return the field by which a record of a kind must be done; empty where there is none."""
    return "due" if "due" in kind.fields else ""


def due_by(record: Any) -> str:
    """Return the last day by which a record must be done, to sort by; without one it comes last."""
    return record.due.bounds[1] if record.due else "9999"


def is_overdue(record: Any, today: date, due: PartialDate | None = None) -> bool:
    """Return whether a record is still open after its last possible day; ``due`` where that day is computed."""
    due = due or getattr(record, "due", None)
    return due is not None and due.bounds[1] < today.isoformat() and is_awaited(record)


def lateness(record: Any, field: str, today: date) -> str:
    """Return ``overdue``, ``expiring`` or nothing for the date in a field on a day."""
    if type(record).__tablename__ == "agreement" and field in _AGREEMENT:
        flag, word = _AGREEMENT[field]
        return word if flag in attention(record, today) else ""
    return OVERDUE if field == "due" and is_overdue(record, today) else ""
