"""The commands of the window, one function each in a module ``…_commands`` for each menu; importing this package fills the registry ``command_table.COMMANDS``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ucapdesk.ui.window.command_table import menu_commands
from ucapdesk.ui.window.commands.command_context import CommandContext

__all__ = ["CommandContext", "menu_commands"]

for _module in iter_modules(__path__, f"{__name__}."):
    if _module.name.endswith("_commands"):  # what they call may need much, and is imported then
        import_module(_module.name)
