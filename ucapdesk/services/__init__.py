"""One function for each thing a user can do. Window and command line call these, and nothing else writes."""

from __future__ import annotations

from ucapdesk.store.change_events import ChangeEvent, Undone
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import (
    DamagedWithoutBackup,
    DamagedWorkspace,
    NotThere,
    PassphraseNeeded,
    SecondWriter,
    WrongPassphrase,
)
from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.read.list_queries import Trashed
from ucapdesk.store.refusals import ChangedMeanwhile

__all__ = [
    "ChangeEvent",
    "ChangedMeanwhile",
    "DamagedWithoutBackup",
    "DamagedWorkspace",
    "Desk",
    "NotThere",
    "PassphraseNeeded",
    "SecondWriter",
    "StepLabel",
    "Trashed",
    "Undone",
    "WrongPassphrase",
]
