"""The program with a screen: which workspace is open in which window, from start to quit; one window for each workspace.

A second start has the first one come to the front and open the file it was given. The two talk by a socket of this
computer, open to this user alone; nothing goes over a network.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QDir, QEvent, QEventLoop, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ucapdesk.base import logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import MACOS
from ucapdesk.base.i18n import tr
from ucapdesk.base.paths import config_dir
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample, workspace_service
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.toolkit.widgets import ask, program_icon
from ucapdesk.ui.window.background_jobs import Cancelled, wait_for
from ucapdesk.ui.window.commands.file_commands import receive_packages
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import HOME
from ucapdesk.ui.workspaces.workspace_opening import BACKUP, PACKAGE, WorkspaceOpening, throw_away

log = logging.getLogger(__name__)

PATIENCE = 2_000  # Milliseconds after which a window that does not answer is taken for dead
HERE = b"here"
ANY_PROGRAM = -1  # For ``AllowSetForegroundWindow``


def name_of(path: Path) -> str:
    """Return the address of a workspace's window; the config folder stands for the user, and the path tells a copy apart."""
    known = (workspace_service.id_of(path), path.resolve(), config_dir().resolve())
    return f"ucapdesk-{hashlib.sha256(repr(known).encode()).hexdigest()[:24]}"


def activate_existing(path: Path, file: Path | None = None) -> bool:
    """Bring the window on a workspace to the front, and hand it a file to receive; return False where there is none."""
    windows = getattr(ctypes, "windll", None)
    if windows is not None:  # which lets another program raise its window only if the one just clicked says so
        windows.user32.AllowSetForegroundWindow(ANY_PROGRAM)
    name = name_of(path)
    if os.name == "posix" and not Path(QDir.tempPath(), name).exists():  # usual: nothing of Qt's network is loaded
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(PATIENCE) and socket.waitForReadyRead(PATIENCE)
    if not answered or socket.readAll().data() != HERE:
        return False
    if file is not None:
        socket.write(f"{file.absolute()}\n".encode())
        socket.waitForBytesWritten(PATIENCE)
    socket.disconnectFromServer()
    return True


class InstanceServer(QObject):
    """Calls ``answer`` whenever another start asks, and ``take`` with the file it brings.

    Only the process that may write the workspace opens it.
    """

    def __init__(self, path: Path, answer: Callable[[], None], take: Callable[[Path], object], parent: QObject) -> None:
        from PySide6.QtNetwork import QAbstractSocket, QLocalServer

        super().__init__(parent)
        self._answer, self._take = answer, take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = name_of(path)
        listens = self._server.listen(name)
        if not listens and self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
            QLocalServer.removeServer(name)  # left by a program that was killed
            listens = self._server.listen(name)
        if not listens:
            log.info("a second start will not find this window (%s)", self._server.serverError().name)

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(partial(self._handed, socket))
            socket.write(HERE)
            self._answer()

    def _handed(self, socket: QIODevice) -> None:
        while socket.canReadLine():
            self._take(Path(bytes(socket.readLine().data()).decode().rstrip("\n")))

    def close(self) -> None:
        self._server.close()


EXPOSED_WITHIN = 100  # Milliseconds within which a screen shows a new window; the record is not held up for longer


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
        self._server: InstanceServer | None = None
        self._opening = WorkspaceOpening(app, lambda: self.window)
        self.unexpected.connect(self._say_unexpected)
        app.setApplicationName("UCAPDesk")
        app.setDesktopFileName("ucapdesk")
        app.setWindowIcon(program_icon())
        if sys.platform == MACOS:  # no other system does it, and every event of the program would ask here
            app.installEventFilter(self)
        apply_theme(app, settings.load())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.open_file(Path(event.file()))
            return True
        return False

    def start(self, path: Path | None) -> bool:
        """Open a window on a workspace: the one named, else the last one, else (also where that is given up) one chosen on the first page.

        What is named may be a package, a backup or the workspace.json of a workspace too. False if there is to be no
        window, for instance because there is one already: that one comes to the front.
        """
        if path is not None and path.is_file():
            return self.open_file(path)
        named = path or workspace_service.last_opened()
        if named and activate_existing(named):
            return False
        desk = self._opening.open(named) if named else None
        return self._show(desk or (None if path else self._opening.begin()))

    def close(self) -> None:
        """End: close the window and its workspace, delete what waits for that, and look at no event any more."""
        self._app.removeEventFilter(self)  # PySide would still ask it while it is being deleted
        self._close_window()
        # no loop comes that would do it, and PySide deletes in any order, which crashes
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _close_window(self) -> None:
        if self._server is not None:
            server, self._server = self._server, None
            server.close()
            server.deleteLater()
        if self.window is not None:
            window, self.window = self.window, None
            window.work.stop_all()
            if not window.close():  # unsaved text was reported once; now the workspace is closed anyhow
                window.record.saving.discard()
                window.close()
            window.deleteLater()
            window.desk.close()

    def _show(self, desk: Desk | None) -> bool:
        if desk is None:
            return False
        self._close_window()
        workspace_service.note_opened(desk.workspace.path)
        self.window = DeskWindow(desk, self.open_other)
        self.window.sample_wanted.connect(self.open_sample)
        self.window.restore_wanted.connect(self.restore, Qt.ConnectionType.QueuedConnection)
        self.window.passphrase_wanted.connect(self.change_passphrase, Qt.ConnectionType.QueuedConnection)
        self.window.thrown_away.connect(self.throw_away, Qt.ConnectionType.QueuedConnection)
        self.window.show()
        self._first_sight(self.window)
        self.window.tray.follow()
        if not desk.workspace.read_only:
            self._server = InstanceServer(desk.workspace.path, self.window.bring_to_front, self.open_file, self)
        return True

    def _first_sight(self, window: DeskWindow) -> None:
        """Show where the user left off; at first today, in the sample a record worth seeing.

        The window is painted with its list before the record is read.
        """
        first = records.listing(window.desk, "ucap")[:1] if sample.is_sample(window.desk) else []
        opened = (window.desk.read.many([id_]) for id_ in (*window.trail.recent(), *first))
        found = next((one for each in opened for one in each if not one.is_deleted and not one.reserved), None)
        if window.arrangement.of("window", "at_home") is True or found is None:
            window.show_section(HOME)
            return
        if (kind := kind_of(found).name) in LISTED:
            window.show_section(kind)
        self._paint(window)
        window.show_record(found.id)

    def _paint(self, window: DeskWindow) -> None:
        window.section_counts.stop()  # what counts is imported first
        only, patience = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, QDeadlineTimer(EXPOSED_WITHIN)
        while not window.windowHandle().isExposed() and not patience.hasExpired():
            self._app.processEvents(only, 10)
        window.repaint()
        window.section_counts.count_soon()

    def open_other(self, path: Path | None) -> None:
        """Show another workspace in place of this one, which stays if that comes to nothing; of a package or backup, what it holds."""
        here = self.window.desk.workspace.path.resolve() if self.window is not None else None
        if path is not None and path.is_file():
            joins = path.suffix.lower() != BACKUP and workspace_service.of_package(path) in {None, here}
            (self._join if joins else self.open_file)(path)
        elif (path is None or path.resolve() != here) and not self._is_busy():
            self._show(self._opening.open(path) if path else self._opening.make())

    def _is_busy(self) -> bool:
        """Return whether a job runs in the window, a dialog is open over it, or a text cannot be written; the window then reports it."""
        if self.window is None:
            return False
        if self.window.work.busy:
            self.window.notice.say(tr("work", "Wait until the work in progress is done, or stop it; then try again."))
            return True
        if QApplication.activeModalWidget() is None:
            return not self.window.record.save_now() and self.window.record.saving.has_unsaved
        self.window.notice.say(tr("work", "Answer or close the dialog that is open first; then try again."))
        return True

    def _join(self, package: Path) -> None:
        if self._is_busy():
            return
        try:
            receive = partial(self._go_to, file=package)
            self._show(self._opening.joined(package, workspace_service.this_person(), receive))
        except UserError as error:
            if self.window is None and (last := workspace_service.last_opened()) is not None:
                self._show(self._opening.open(last))
            if self.window is not None:
                self.window.notice.say(error.say())
            else:
                ask(None, "not_opened", error.say(), [tr("notice", "Close")])

    def open_file(self, file: Path) -> bool:
        """Open what was double-clicked: a package, a backup, or a workspace by its workspace.json; False for no window."""
        if file.name == workspace_service.INFO:
            return self._go_to(file.parent)
        if file.suffix.lower() == BACKUP:
            return not self._is_busy() and self._show(self._opening.asked_to_restore(file))
        if file.suffix.lower() != PACKAGE:
            return self._go_to(file)
        if (home := workspace_service.of_package(file)) is None:
            self._join(file)
            return self.window is not None
        return self._go_to(home, file)

    def _go_to(self, path: Path, file: Path | None = None) -> bool:
        shown = self.window is not None and path.resolve() == self.window.desk.workspace.path.resolve()
        if not shown and (self._is_busy() or activate_existing(path, file)):
            return False
        if not shown and not self._show(self._opening.open(path)):
            return self.window is None and self._show(self._opening.begin())
        if file is not None and self.window is not None:
            receive_packages(self.window.commands, [file])
        return True

    def open_sample(self) -> None:
        if not self._is_busy():
            self._show(self._opening.sample())

    def _reopen(self, make: Callable[[Path], Desk | None]) -> None:
        """Close the window, and show what is made of its workspace; end where that is nothing."""
        if self.window is None:
            return
        path = self.window.desk.workspace.path
        self._close_window()
        if not self._show(make(path)):
            self._app.quit()

    def throw_away(self) -> None:

        def start_over(path: Path) -> Desk | None:
            throw_away(path)
            return self._opening.begin()

        self._reopen(start_over)

    def restore(self, backup: str) -> None:
        self._reopen(lambda path: self._opening.restored(Path(backup), path))

    def change_passphrase(self, old: str, new: str) -> None:
        said = ""

        def changed(path: Path) -> Desk | None:
            nonlocal said
            passphrase = old
            try:
                wait_for(
                    tr("work", "Changing the passphrase"),
                    lambda progress: workspace_service.change_passphrase(path, old, new, progress=progress.step),
                )
                passphrase, said = new, tr("settings", "The passphrase was changed.")
            except Cancelled:
                said = tr("settings", "The passphrase was not changed.")
            except UserError as error:
                said = error.say()
            return self._opening.open(path, passphrase=passphrase)

        if not self._is_busy():
            self._reopen(changed)
            if self.window is not None:
                self.window.notice.say(said)

    # -- mistakes of ours -------------------------------------------------------------------------

    def _say_unexpected(self, details: str) -> None:
        said = tr(
            "program",
            "Something unexpected happened. What was saved is safe; if it happens again, send us the details.",
        )
        if ask(self.window, "unexpected", said, [tr("program", "Copy details"), tr("notice", "Close")]) == 0:
            self._app.clipboard().setText(details)


def run(path: Path | None) -> int:
    app = QApplication(sys.argv[:1])
    program = Program(app)
    logs.start(program.unexpected.emit)
    try:
        started = program.start(path)
        gc.freeze()  # what is there now stays; see ``app.run``
        gc.enable()
        return app.exec() if started else 0
    except Exception:  # noqa: BLE001 (into the log while it is kept, and into a box: a window has no terminal)
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        program.close()
        logs.stop()
