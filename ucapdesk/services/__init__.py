"""One function for each thing a user can do. Window and command line call these, and nothing else writes."""

from __future__ import annotations

from collections.abc import Mapping

from ucapdesk.base.i18n import Message
from ucapdesk.model.codes import DECLARED
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import (
    DAMAGED_WITHOUT_BACKUP,
    DAMAGED_WORKSPACE,
    NOT_THERE,
    SecondWriter,
    WorkspaceLocked,
)
from ucapdesk.store.outcomes import ChangeEvent, Undone
from ucapdesk.store.read.list_queries import Trashed
from ucapdesk.store.refusals import ChangedMeanwhile

__all__ = [
    "DAMAGED_WITHOUT_BACKUP",
    "DAMAGED_WORKSPACE",
    "NOT_THERE",
    "ChangeEvent",
    "ChangedMeanwhile",
    "Desk",
    "SecondWriter",
    "Trashed",
    "Undone",
    "WorkspaceLocked",
]


def _papers() -> Mapping[str, Message]:
    from ucapdesk.papers.registry import DOCUMENTS  # loads all papers, which only the list of packs needs

    return {name: each.label for name, each in DOCUMENTS.items()}


def _layouts() -> Mapping[str, Message]:
    from ucapdesk.papers.request import LAYOUT_NAMES

    return LAYOUT_NAMES


DECLARED |= {"paper": _papers, "layout": _layouts}
