"""The Help menu: keys, the manual, details for a question, about."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ucapdesk.base import logs
from ucapdesk.base.i18n import tr
from ucapdesk.ui.window.commands.command_area import Area


class HelpCommands(Area):
    """One method for each line of the menu."""

    def show_keys(self) -> None:
        """Show the keys of all commands, and change them."""
        from ucapdesk.ui.window.shortcuts_dialog import ShortcutsDialog

        self._run(ShortcutsDialog(self._window.take_keys, self._window))

    def show_manual(self) -> None:
        """Open the manual beside the window."""
        from ucapdesk.ui.window.manual_view import ManualDialog

        page = self._window.findChild(ManualDialog) or ManualDialog(self._window)
        page.show()
        page.activateWindow()

    def about(self) -> None:
        """Show the version of the program, where newer ones are, and the licences of its parts."""
        from ucapdesk.ui.window.about_dialog import AboutDialog

        self._run(AboutDialog(self.copy_details, self._window))

    def copy_details(self) -> None:
        """Copy details for a question: versions and the end of the log, without any text of a record."""
        QApplication.clipboard().setText(logs.details())
        self._window.say(tr("window", "Details for a question about the program are in the clipboard."))
