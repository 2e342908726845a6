"""The program with a screen: which workspace is open in which window, from the first start to the last."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from ucapdesk.base import logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.services import Desk, PassphraseNeeded, WrongPassphrase, records, search, workspaces
from ucapdesk.ui.doorbell import Doorbell, ring
from ucapdesk.ui.look.dress import dress
from ucapdesk.ui.pages.workspaces import (
    NewWorkspaceDialog,
    PassphraseDialog,
    StartDialog,
)
from ucapdesk.ui.shell.window import DeskWindow

SAMPLE_NAME = "Liuzhou"


class Program(QObject):
    """One application with one window at a time.

    Signals:
        unexpected(str): something nobody caught, from whatever thread.
    """

    unexpected = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.window: DeskWindow | None = None
        self._doorbell: Doorbell | None = None
        self.unexpected.connect(self._say_unexpected)
        app.setApplicationName("UCAPDesk")
        app.setDesktopFileName("ucapdesk")
        dress(app, settings.load())

    def start(self, path: Path | None) -> bool:
        """Open a window on a workspace: the one named, else the last one, else the sample.

        False if there is to be none, for instance because there is one already: that one comes to the front.
        """
        named = path or workspaces.last_opened()
        if named and ring(named):
            return False
        desk = self.open(named) if named else self._first()
        return self._show(desk)

    def close(self) -> None:
        """Close the window and its workspace."""
        if self._doorbell is not None:
            doorbell, self._doorbell = self._doorbell, None
            doorbell.close()
            doorbell.deleteLater()
        if self.window is not None:
            window, self.window = self.window, None
            window.work.stop_all()
            if not window.close():  # it says once what could not be saved; now the workspace goes anyhow
                window.close()
            window.deleteLater()
            window.desk.close()

    def _show(self, desk: Desk | None) -> bool:
        if desk is None:
            return False
        self.close()
        workspaces.note_opened(desk.workspace.path)
        self.window = DeskWindow(desk, self.open_other)
        self.window.show()
        self._first_sight(self.window)
        if not desk.workspace.read_only:
            self._doorbell = Doorbell(desk.workspace.path, self.come_forward, self)
        return True

    def _first_sight(self, window: DeskWindow) -> None:
        """Begin where the person left off, or with the first UCAP."""
        if window.record.id:  # what was being typed when the program ended without warning
            return
        ids = [*window.trail.recent(), *records.listing(window.desk, "ucap")[:1]]
        found = next(iter(search.these(window.desk, ids)), None)
        if found is not None:
            window.show_record(found.id)

    def come_forward(self) -> None:
        """Show the window before all others."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def open_other(self, path: Path | None) -> None:
        """Show another workspace in place of this one, which stays if that comes to nothing."""
        if self.window is not None and self.window.work.busy:
            self.window.notice.say(
                tr("work", "Wait until the work in progress is done, or stop it; then open the other workspace.")
            )
            return
        if path is not None and self.window is not None and path.absolute() == self.window.desk.workspace.path:
            return
        self._show(self.open(path) if path else self._make())

    # -- opening ----------------------------------------------------------------------------------

    def open(self, path: Path, *, read_only: bool | None = None) -> Desk | None:
        """A workspace, its passphrase asked for; where it cannot be opened, another one as the person chooses."""
        try:
            return self._opened(path, read_only=read_only)
        except UserError as error:
            return self._instead(path, error)

    def _opened(self, path: Path, *, read_only: bool | None) -> Desk | None:
        passphrase, wrong = None, None
        while True:
            try:
                return workspaces.open(path, passphrase=passphrase, read_only=read_only)
            except (PassphraseNeeded, WrongPassphrase) as error:
                wrong = error if isinstance(error, WrongPassphrase) else None
            dialog = PassphraseDialog(path, wrong, self.window)
            answer, passphrase = dialog.exec(), dialog.line.text()
            dialog.deleteLater()
            if not answer:
                return None

    def _instead(self, path: Path, why: UserError) -> Desk | None:
        """Say why, and do what the person chooses."""
        dialog = StartDialog(why, self.window)
        dialog.exec()
        dialog.deleteLater()
        match dialog.way:
            case "read":
                return self.open(path, read_only=True)
            case "restore":
                return self._restored(Path(str(why.details["backup"])), path)
            case "backup":
                return self._restored_file()
            case "other":
                name = QFileDialog.getExistingDirectory(self.window, tr("action", "Open workspace…"))
                return self.open(Path(name)) if name else self._instead(path, why)
            case "make":
                return self._make() or self._instead(path, why)
            case "sample":
                return self._first()
        return None

    def _restored(self, backup: Path, path: Path) -> Desk | None:
        from ucapdesk.services import upkeep

        try:
            upkeep.restore_backup(backup, path)
        except UserError as error:
            return self._instead(path, error)
        return self.open(path)

    def _restored_file(self) -> Desk | None:
        name, _ = QFileDialog.getOpenFileName(
            self.window, tr("workspace", "Restore a backup file…"), "", "UCAPDesk (*.ucapbackup)"
        )
        if not name:
            return None
        return self._restored(Path(name), workspaces.default_place(Path(name).stem))

    def _make(self) -> Desk | None:
        dialog = NewWorkspaceDialog(self.window)
        dialog.exec()
        dialog.deleteLater()
        return dialog.desk

    def _first(self) -> Desk | None:
        """The sample, made at the first start."""
        place = workspaces.default_place(SAMPLE_NAME)
        from ucapdesk.services import sample

        try:
            return sample.make(place)
        except UserError as error:
            return self._instead(place, error)

    # -- mistakes of ours -------------------------------------------------------------------------

    def _say_unexpected(self, details: str) -> None:
        box = QMessageBox(self.window)
        box.setWindowTitle("UCAPDesk")
        box.setText(
            tr(
                "program",
                "Something unexpected happened. What was saved is safe; if it happens again, send us the details.",
            )
        )
        copy = box.addButton(tr("program", "Copy details"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(tr("notice", "Close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        if box.clickedButton() is copy:
            self._app.clipboard().setText(details)
        box.deleteLater()


def run(path: Path | None) -> int:
    """Open the window and stay until it is closed."""
    app = QApplication(sys.argv[:1])
    program = Program(app)
    logs.start(program.unexpected.emit)
    try:
        started = program.start(path)
        gc.freeze()  # what is there now stays; see ``app.run``
        gc.enable()
        return app.exec() if started else 0
    finally:
        program.close()
        logs.stop()
