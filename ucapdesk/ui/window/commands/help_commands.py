"""The Help menu: keys, the manual, details for a question, about."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication

from ucapdesk.base import logs
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, language, tr
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.command_context import CommandContext


@window_command("help.keys", "Keyboard", "F1")
def show_keys(at: CommandContext) -> None:
    from ucapdesk.ui.window.shortcuts import ShortcutsDialog

    ShortcutsDialog(at.window.apply_shortcuts, at.window).ask()


@window_command("help.manual", "Manual")
def show_manual(at: CommandContext) -> None:
    from ucapdesk.ui.window.help_dialogs import ManualDialog

    page = at.window.findChild(ManualDialog) or ManualDialog(at.window)
    page.show()
    page.activateWindow()


@window_command("help.about", "About UCAPDesk")
def about(at: CommandContext) -> None:
    from ucapdesk.ui.window.help_dialogs import AboutDialog

    AboutDialog(partial(copy_details, at), at.window).ask()


@window_command("help.drafts", "Drafts of the interface…", enabled=lambda _: language() in INTERFACE_LANGUAGES[1:])
def show_drafts(at: CommandContext) -> None:
    from ucapdesk.ui.translation_dialogs import InterfaceDraftsDialog

    InterfaceDraftsDialog(at.window.dress_anew, at.window).ask()


@window_command("help.details", "Copy support details")
def copy_details(at: CommandContext) -> None:
    """Copy details for a question: versions and the end of the log, without any text of a record."""
    QApplication.clipboard().setText(logs.details())
    at.window.say(tr("window", "The support details are in the clipboard."))
