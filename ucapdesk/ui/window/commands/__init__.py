"""The commands of the menus: one method for each line of ``actions.ACTIONS``, and an area of them for each menu."""

from __future__ import annotations

from ucapdesk.model.kinds import KINDS
from ucapdesk.services.exchange.outgoing_files import kinds as outgoing
from ucapdesk.services.records.duplicates import can_be_same
from ucapdesk.ui.window.commands.edit_commands import EditCommands
from ucapdesk.ui.window.commands.file_commands import FileCommands
from ucapdesk.ui.window.commands.go_commands import GoCommands
from ucapdesk.ui.window.commands.help_commands import HelpCommands
from ucapdesk.ui.window.commands.list_commands import ListCommands
from ucapdesk.ui.window.commands.other_file_commands import OtherFileCommands
from ucapdesk.ui.window.commands.people_commands import PeopleCommands
from ucapdesk.ui.window.commands.record_commands import SEATED, RecordCommands
from ucapdesk.ui.window.commands.sheet_commands import SheetCommands
from ucapdesk.ui.window.commands.text_commands import TextCommands
from ucapdesk.ui.window.commands.view_commands import ViewCommands


class Commands(
    OtherFileCommands,
    SheetCommands,
    TextCommands,
    PeopleCommands,
    ListCommands,
    FileCommands,
    EditCommands,
    ViewCommands,
    GoCommands,
    RecordCommands,
    HelpCommands,
):
    """All commands of one window."""

    def can(self, needs: str) -> bool:
        """Return whether a command with these needs is available now; see ``actions.ActionSpec``."""
        record, read_only = self._window.record.record, self._desk.workspace.read_only
        there = record is not None and bool(self._shown())
        kind = type(record).__tablename__ if record is not None else ""
        living = there and record is not None and not record.is_deleted
        return {
            "": True,
            "write": not read_only,
            "back": self._window.can_step(-1),
            "forward": self._window.can_step(1),
            "form": record is not None,
            "record": there,
            "living": living and not read_only,
            "same": living and not read_only and can_be_same(KINDS[kind]),
            "action": living and not read_only and kind == "action_item",
            "trashed": there and not living and not read_only,
            "paper": self.can_print(kind if living else ""),
            "pattern": living and not read_only and kind in ("visit", "meeting", "agreement"),
            "occasion": living and not read_only and kind in ("visit", "meeting"),
            "somebody": living and not read_only and kind == "person",
            "person": there and kind == "person",
            "seated": living and kind in SEATED,
            "outgoing": living and kind in outgoing(),
            "files": living and not read_only and kind in KINDS["attachment"].owners,
            "file": there and kind == "attachment",
        }[needs]
