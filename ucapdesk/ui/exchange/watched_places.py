"""The places of packages: USB sticks, and a folder the user chose to watch."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QStorageInfo, Signal

from ucapdesk.base import settings
from ucapdesk.services import Desk
from ucapdesk.ui.toolkit.signals import repeating

if TYPE_CHECKING:
    from ucapdesk.services.exchange.exchange_service import Watch

FIRST_LOOK_MS, LOOK_EVERY_MS = 500, 5_000  # Milliseconds until the first look, and between two looks
ANSWERS_WITHIN = 0.2  # Seconds that a shared folder has to answer; one that does not is left out until it has
_SETTING = "shared_folders"
# Where Linux and macOS put sticks; other disks are not asked, one of a dead network would hold up the window.
_PATTERNS = ("media/*", "media/*/*", "run/media/*/*", "Volumes/*", "mnt/usb*")
_REMOVABLE = 2  # Windows' number for a removable drive


class Drive(NamedTuple):
    """A USB stick: its name, its path, and its free bytes."""

    name: str
    path: Path
    free: int


def drives() -> list[Drive]:
    """Return the USB sticks, as far as the system tells them from internal disks."""
    found = []
    for root in _letters() if os.name == "nt" else _mounts(Path("/")):
        volume = QStorageInfo(str(root))
        if volume.isValid() and volume.isReady() and not volume.isReadOnly():
            found.append(Drive(volume.displayName() or str(root), root, volume.bytesAvailable()))
    return found


def _letters() -> list[Path]:
    """Return the removable drives of Windows; it knows their kinds without asking the drives."""
    import ctypes

    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 (only there on Windows)
    there = windows.GetLogicalDrives()
    roots = [f"{chr(ord('A') + at)}:\\" for at in range(26) if there & 1 << at]
    return [Path(root) for root in roots if windows.GetDriveTypeW(root) == _REMOVABLE]


def _mounts(root: Path) -> list[Path]:
    return [path for pattern in _PATTERNS for path in sorted(root.glob(pattern)) if os.path.ismount(path)]


def shared_folder(desk: Desk) -> Path | None:
    name = settings.kept(_SETTING).get(desk.workspace.id)
    return Path(name) if isinstance(name, str) and name else None


def share(desk: Desk, folder: Path | None) -> None:
    settings.keep(_SETTING, {**settings.kept(_SETTING), desk.workspace.id: str(folder) if folder else ""})


class WatchedPlaces(QObject):
    """Polls USB sticks and the shared folder.

    Signals:
        found(list): new packages, each reported once.
        torn(UserError): why a file there cannot be read.
        changed(): a stick was plugged in or removed.
    """

    found = Signal(list)
    torn = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.drives: list[Drive] = []
        self._watches: dict[Path, Watch] = {}
        self._known: set[Path] = set()
        self._asking: threading.Thread | None = None
        self._timer = repeating(self, FIRST_LOOK_MS, self.look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        from ucapdesk.services.exchange import exchange_service

        self._timer.setInterval(LOOK_EVERY_MS)
        now = drives()
        if now != self.drives:
            self.drives = now
            self.changed.emit()
        folder = shared_folder(self._desk)
        places = [drive.path for drive in now] + ([folder] if folder and self._answers(folder) else [])
        self._watches = {
            place: self._watches.get(place) or exchange_service.watch(self._desk, place) for place in places
        }
        new = [file for watch in self._watches.values() for file in watch.look() if file not in self._known]
        fresh = [file for file in new if exchange_service.concerns(self._desk, file)]
        self._known.update(fresh)  # an incomplete one is reported again once it has changed
        for file in new:
            if file not in fresh and (why := exchange_service.torn(self._desk, file)) is not None:
                self.torn.emit(why)
        if fresh:
            self.found.emit(fresh)

    def _answers(self, folder: Path) -> bool:
        """Return whether a folder can be looked at now. A network drive that is gone would hold up the window for minutes."""
        if self._asking is not None and self._asking.is_alive():
            return False
        self._asking = threading.Thread(target=os.path.isdir, args=(folder,), daemon=True)
        self._asking.start()
        self._asking.join(ANSWERS_WITHIN)
        return not self._asking.is_alive()
