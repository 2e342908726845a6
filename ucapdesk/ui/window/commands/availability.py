"""When a command is available: one function for each condition, of what is shown and of the workspace."""

from __future__ import annotations

from ucapdesk.model.kinds import KINDS
from ucapdesk.services.files.file_formats import kinds as outgoing
from ucapdesk.services.records.duplicates import can_be_same
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.window.command_table import Condition
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.sections import PAGES, TRASH


def writable(at: CommandContext) -> bool:
    """Records can be changed."""
    return at.writable


def form_shown(at: CommandContext) -> bool:
    """A record is shown, saved or not."""
    return at.window.record.record is not None


def record_shown(at: CommandContext) -> bool:
    """A saved record is shown."""
    return at.record is not None


def editable_shown(at: CommandContext) -> bool:
    """A record that can be changed is shown."""
    return at.living is not None and at.writable


def trashed_shown(at: CommandContext) -> bool:
    """A record of the Trash is shown and can be restored."""
    return at.record is not None and at.living is None and at.writable


def mergeable_shown(at: CommandContext) -> bool:
    """A record that may be the same as another one is shown."""
    return editable_shown(at) and can_be_same(KINDS[at.kind])


def _of(*kinds: str) -> Condition:
    """Return the condition that a record of these kinds, which can be changed, is shown."""
    return lambda at: at.writable and at.kind in kinds


def _of_also_trashed(kind: str) -> Condition:
    """Return the condition that a record of this kind is shown, in the Trash or not."""
    return lambda at: at.record is not None and type(at.record).__tablename__ == kind


action_shown = _of("action_item")
guest_shown = _of("person")
occasion_shown = _of("visit", "meeting")
template_owner_shown = _of("visit", "meeting", "agreement")
file_owner_shown = _of(*KINDS["attachment"].owners)
person_shown, attachment_shown = _of_also_trashed("person"), _of_also_trashed("attachment")


def ucap_shown(at: CommandContext) -> bool:
    """A UCAP is shown."""
    return at.kind == "ucap"


def seated_shown(at: CommandContext) -> bool:
    """A record with a seating plan is shown."""
    return presentation(at.kind).seated


def exportable_shown(at: CommandContext) -> bool:
    """A record that files of other programs can be made of is shown."""
    return at.kind in outgoing()


def printable_shown(at: CommandContext) -> bool:
    """The record shown can be printed, or else everything listed."""
    chosen = at.chosen()
    if len(chosen) < 2 and (at.kind or chosen):
        return at.kind in KINDS and bool(KINDS[at.kind].cls.papers)
    table = at.window.list.table
    return at.window.section not in (*PAGES, TRASH) and table.rowCount() > 0 and table.kind.cls.papers == "many"
