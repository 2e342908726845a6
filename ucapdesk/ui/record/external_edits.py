"""Attachments opened as copies in other programs, and the question what to do with a changed copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.toolkit.timers import application


class ExternalEdits(QObject):
    """Checks opened copies, whatever record is shown meanwhile, when the window is activated again, and before it goes."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        """``over``: the parent of its questions."""
        super().__init__(over)
        self._desk, self._over = desk, over
        self._copies, self._asking = desk.workspace.copies_out, False
        self._copies.go_on()
        application().applicationStateChanged.connect(self._look)

    def open(self, attachment: str) -> None:
        """Open a copy in the program that the system has for it. Raises what keeps it from being opened."""
        from ucapdesk.ui.window.external_programs import open_attachment

        if self.ask():
            open_attachment(self._desk, attachment)

    def _look(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and not self._asking:
            self.ask()

    def ask(self) -> bool:
        """Ask about each copy that was changed since; return False where one that was to be kept could not be."""
        there = [] if self._desk.workspace.read_only else self._copies.changed()
        self._asking = True
        try:  # another program may remove the next one while one is asked about
            kept = [self._offer(attachment, copy) for attachment, copy in there if copy.is_file()]
        finally:
            self._asking = False
        return all(kept)

    def _offer(self, attachment: str, copy: Path) -> bool:
        at = copy.stat().st_mtime_ns
        said = tr(
            "files",
            "“{name}” was changed in another program. Keep the changed file? The earlier one stays in the history.",
            name=copy.name,
        )
        yes, no = tr("files", "Keep the changed file"), tr("files", "Leave it as it was")
        if ask(self._over.window(), "files.changed", said, [yes, no]) == 0:
            try:
                attached_files.put_back(self._desk, attachment, copy)
            except UserError as error:
                ask(self._over.window(), "files.failed", error.say(), [tr("notice", "Close")])
                return False
        self._copies.note(attachment, copy, at)
        return True
