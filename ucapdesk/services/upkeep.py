"""Looking after a workspace: checking it, comparing it with a colleague's, backing it up and restoring it."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.store.backup import Progress
from ucapdesk.store.check import CheckReport, Finding, log_digest, record_digest
from ucapdesk.store.check import check as check_store
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import NotABackup, told
from ucapdesk.store.folder import BACKUPS
from ucapdesk.store.restore import restore, restore_copy

__all__ = ["CheckReport", "Finding", "backup", "check", "digest", "restore_backup"]


def check(desk: Desk, *, rebuild: bool = False, progress: Progress | None = None) -> CheckReport:
    """Look through the database, the log, its signatures and the files; ``rebuild`` makes all that is derived anew."""
    with told(desk.workspace.path):
        return check_store(desk, rebuild=rebuild, progress=progress)


def digest(desk: Desk, *, log: bool = False) -> dict[str, str]:
    """One hash of all living records and open questions; ``log`` adds one of the log they come from."""
    with told(desk.workspace.path):
        said = {"digest": record_digest(desk.db)}
        return said | {"log": log_digest(desk.db)} if log else said


def backup(desk: Desk, target: Path, *, progress: Progress | None = None) -> None:
    """Write the whole workspace into one ``.ucapbackup`` file."""
    desk.workspace.pack(target, progress)


def restore_backup(
    file: Path, target: Path, *, passphrase: str | None = None, progress: Progress | None = None
) -> Path | None:
    """Make a workspace of a backup, or put an automatic one of its own ``backups`` in place again.

    Args:
        file: A ``.ucapbackup`` file; or, by name or path, one of ``target``'s automatic copies.
        target: The workspace's folder.
        passphrase: Where the backup is protected.
        progress: Told of bytes.

    Returns:
        Where that which was in the place is now; None if there was nothing.
    """
    if file.suffix != ".db":
        return restore(file, target, passphrase=passphrase, progress=progress)
    if not (target / BACKUPS / file.name).is_file():
        raise NotABackup(path=file)
    return restore_copy(target, file.name, passphrase=passphrase)
