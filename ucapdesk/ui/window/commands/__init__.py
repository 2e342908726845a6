"""The commands of the window, one function each; importing this package fills the registry ``command_table.COMMANDS``."""

from __future__ import annotations

from ucapdesk.ui.window.command_table import menu_commands
from ucapdesk.ui.window.commands import (
    edit_commands,
    export_commands,
    file_commands,
    go_commands,
    help_commands,
    list_commands,
    people_commands,
    print_commands,
    receive_commands,
    record_commands,
    view_commands,
)
from ucapdesk.ui.window.commands.command_context import CommandContext

MODULES = (
    edit_commands,
    export_commands,
    file_commands,
    go_commands,
    help_commands,
    list_commands,
    people_commands,
    print_commands,
    receive_commands,
    record_commands,
    view_commands,
)
"""Where the commands are declared."""

__all__ = ["MODULES", "CommandContext", "menu_commands"]
