"""The Help menu."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ucapdesk import __version__
from ucapdesk.base import logs
from ucapdesk.base.i18n import tr
from ucapdesk.ui.shell.commands.area import Area


class HelpCommands(Area):
    """One method for each line of the menu."""

    def show_keys(self) -> None:
        """Which key does what, and where it is changed."""
        from ucapdesk.ui.shell.keys_view import KeysDialog

        self._run(KeysDialog(self._window.take_keys, self._window))

    def show_manual(self) -> None:
        """The manual, beside the window."""
        from ucapdesk.ui.shell.manual_view import Manual

        page = self._window.findChild(Manual) or Manual(self._window)
        page.show()
        page.activateWindow()

    def about(self) -> None:
        """What this is."""
        said = tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.")
        self._window.tell(said.format(version=__version__))

    def copy_details(self) -> None:
        """What to send with a question: versions and the end of the log, without a word of any record."""
        QApplication.clipboard().setText(logs.details())
        self._window.say(tr("window", "Details for a question about the program are in the clipboard."))
