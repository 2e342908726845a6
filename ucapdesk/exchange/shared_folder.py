"""Exchange through a shared folder: a USB stick, a network drive, Syncthing, Nextcloud, SharePoint.

Each laptop writes only into a folder of its own there and only under new names, so the carrier never sees two versions
of one file. What is not there means nothing: a package may come late, twice, or never.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from ucapdesk.base.clock import Clock
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.exchange.giving import PACKAGE_SUFFIX, Given, give
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import NOT_THERE
from ucapdesk.store.merge.row_state import any_is_erased

OURS = "ucapdesk"
# Seconds that a file must have lain still before it is looked at: the carrier may still be writing it. A stick keeps
# the time of day and not the zone, so what another part of the world wrote may seem to come from tomorrow.
SETTLES = 5
# Maximum number of files reported at one look: each of them is opened, and anybody may have filled the folder.
MAX_FILES_REPORTED = 30
OWN_PACKAGES_KEPT = 2


def give_into(desk: Desk, folder: Path, *, files: bool = True, progress: Progress = untold) -> Given:
    """Write a package into the own subfolder; older own ones are removed once it was read back. Arguments as ``give``'s.

    Those of before somebody's data was removed are removed at once: their names were forgotten with it.
    """
    if not folder.is_dir():
        raise NOT_THERE(path=folder)
    own = folder / OURS / desk.workspace.id / desk.me().device_id
    own.mkdir(parents=True, exist_ok=True)
    given = give(desk, own, files=files, progress=progress)
    with desk.alone():
        noted = desk.db.execute("SELECT file FROM sync_export ORDER BY rowid").fetchall()
        forgot = any_is_erased(desk.db)
    named = {Path(file).name: n for n, (file,) in enumerate([*noted, (given.file,)])}  # which need not have been noted
    packages = sorted(packages_in(own), key=lambda each: named.get(each.name, -1))
    for old in packages:
        if old in packages[:-OWN_PACKAGES_KEPT] or (forgot and old.name not in named):
            with contextlib.suppress(OSError):
                old.unlink()
    return given


def packages_in(folder: Path) -> list[Path]:
    """Return the packages of a folder by name, in any spelling of the suffix: Windows may write UCAPX."""
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == PACKAGE_SUFFIX)


class Watch:
    """Looks for packages of others in a folder; polled, it reports each file once as soon as it is complete."""

    def __init__(self, folder: Path, own_device: str | None, workspace: str, clock: Clock) -> None:
        self._folder, self._own, self._workspace, self._clock = folder, own_device, workspace, clock
        self._seen: dict[Path, tuple[int, float, float]] = {}
        self._told: set[tuple[Path, int, float]] = set()

    def look(self) -> list[Path]:
        """Return packages that are new and complete, as far as that can be seen from outside; a changed one is reported again."""
        found, now = list[Path](), self._clock() / 10**6
        for file, size, changed in self._files():
            if len(found) == MAX_FILES_REPORTED:
                break
            *before, since = self._seen.get(file, (size, changed, now))
            if before != [size, changed]:
                since = now
            self._seen[file] = size, changed, since
            if max(now - changed, now - since) >= SETTLES and (file, size, changed) not in self._told:
                self._told.add((file, size, changed))
                found.append(file)
        return found

    def _files(self) -> Iterator[tuple[Path, int, float]]:
        """Yield the files of the folder itself, and those in our subfolders, with size and time of change."""
        places = [self._folder]
        with contextlib.suppress(OSError):
            places += [place for place in (self._folder / OURS / self._workspace).iterdir() if place.name != self._own]
        for place in places:
            try:
                files = packages_in(place)
            except OSError:  # the stick was pulled
                continue
            for file in files:
                if file.name.startswith(("~", ".")):
                    continue
                with contextlib.suppress(OSError):
                    status = file.stat()
                    if stat.S_ISREG(status.st_mode):  # a pipe would never end
                        yield file, status.st_size, status.st_mtime
