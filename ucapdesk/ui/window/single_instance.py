"""Keeps one window for each workspace: a second start has the first one come to the front and open the file it was given.

The two talk by a socket of this computer, open to this user alone; nothing goes over a network.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QIODevice, QObject

from ucapdesk.base.paths import config_dir
from ucapdesk.services.workspaces import workspace_service

log = logging.getLogger(__name__)

PATIENCE = 2_000
"""Milliseconds after which a window that does not answer is taken for dead."""
HERE = b"here"
ANY_PROGRAM = -1
"""For ``AllowSetForegroundWindow``."""


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
        """Stop listening."""
        self._server.close()
