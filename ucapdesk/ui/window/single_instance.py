"""Keeps one window for each workspace: a second start asks the first one to come to the front.

What is rung is a socket of this computer, open to this user alone; nothing goes over a network.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QAbstractSocket, QLocalServer, QLocalSocket

from ucapdesk.base.paths import config_dir
from ucapdesk.services.workspaces import workspace_service

log = logging.getLogger(__name__)

PATIENCE = 2_000
"""Milliseconds after which a window that does not answer is taken for dead."""
HERE = b"here"


def name_of(path: Path) -> str:
    """Return the address of a workspace's window; the config folder stands for the user, and the path tells a copy apart."""
    known = (workspace_service.id_of(path), path.resolve(), config_dir().resolve())
    return f"ucapdesk-{hashlib.sha256(repr(known).encode()).hexdigest()[:24]}"


def activate_existing(path: Path) -> bool:
    """Bring the window on a workspace to the front; return False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(path))
    answered = socket.waitForConnected(PATIENCE) and socket.waitForReadyRead(PATIENCE)
    return answered and socket.readAll().data() == HERE


class InstanceServer(QObject):
    """Calls ``answer`` whenever another start asks. Only the process that may write the workspace opens it."""

    def __init__(self, path: Path, answer: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._rung)
        name = name_of(path)
        if self._server.listen(name):
            return
        if self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
            QLocalServer.removeServer(name)  # left by a program that was killed
            if self._server.listen(name):
                return
        log.info("a second start will not find this window (%s)", self._server.serverError().name)

    def _rung(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(HERE)
            socket.disconnectFromServer()
            self._answer()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
