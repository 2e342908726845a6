"""Changes the passphrase together with the data key: the old ``workspace.json`` opens nothing of the new state.

All databases are written anew beside themselves, under a name that tells their key. Then ``workspace.json`` is replaced, and
that is the moment: before it all is as it was, after it the new files are put in place, now or at the next opening.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import move
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.store.errors import DamagedDatabase, ReadOnlyWorkspace, translated_errors
from ucapdesk.store.safety.backup import Steps, pages_of, remove_database, remove_journals, sweep
from ucapdesk.store.workspace import folder, identity
from ucapdesk.store.workspace.database import Database, connect
from ucapdesk.store.workspace.folder import BACKUPS, FILES_DB, INFO, STORE, WorkspaceInfo, WriterLock
from ucapdesk.store.workspace.protection import Key, check_passphrase, new_key, wipe

log = logging.getLogger(__name__)

_STAGED = re.compile(r"(?P<database>.+\.db)\.(?P<tag>[0-9a-f]{8})(?P<part>\.part.*)?")


def change_passphrase(path: Path, old: str | None, new: str, *, progress: Progress = untold) -> None:
    """Protect a workspace that nobody has open by another passphrase and another data key, its backups too.

    Args:
        path: Its folder.
        old: The passphrase until now.
        new: The one from now on.
        progress: Told of pages. Raising in it leaves everything as it was.
    """
    path = path.absolute()
    info, key = check_passphrases(path, old, new)
    fresh = new_key()
    with contextlib.ExitStack() as done, translated_errors(path):
        done.callback(wipe, key)
        done.callback(wipe, fresh)
        folder.refuse_synced(path)
        done.callback(WriterLock(path).release)
        sweep(path)
        settle(path, info)
        changed = info.protected(fresh, new)
        _stage(path, key, fresh, changed, progress)
        folder.write_info(path, changed)
        with contextlib.suppress(OSError):  # it holds already; the next opening ends it
            settle(path, changed)


def check_passphrases(path: Path, old: str | None, new: str) -> tuple[WorkspaceInfo, Key]:
    check_passphrase(new)
    with translated_errors(path):
        info, key = folder.unlock(path, folder.read_info(path), old)
        if key is None:
            raise UserError(
                "The workspace {path} is not protected, so it has no passphrase. "
                "Nothing was changed; a workspace is protected when it is made.",
                code="not-protected",
                path=path,
            )
        if not folder.can_be_written(path):
            raise ReadOnlyWorkspace(path=path)
        return info, key


def settle(path: Path, info: WorkspaceInfo) -> None:
    """Finish an interrupted change of the passphrase: put files of the present key in place, remove all others.

    ``info`` is written where it stands otherwise: early versions named a protected workspace in clear.
    """
    if info.wrapping is None:
        return
    for staged, database, tag in list(_staged(path)):
        if tag != info.wrapping.tag:
            remove_database(staged)
            continue
        if database.name == STORE:
            identity.moved(database, staged)
        remove_journals(database)
        move(staged, database)
        remove_database(staged)  # files a reader left beside it
        folder.sync_folder(database.parent)
    said = info.as_json().encode()
    if any(not file.is_file() or file.read_bytes() != said for file in (path / INFO, path / BACKUPS / INFO)):
        folder.write_info(path, info)


def database(path: Path, name: str, info: WorkspaceInfo) -> Path:
    """Return where a database is to be read while it is not yet in its place."""
    staged = _beside(path / name, info)
    return staged if staged.exists() else path / name


def _beside(database: Path, info: WorkspaceInfo) -> Path:
    return database.with_name(f"{database.name}.{info.wrapping.tag if info.wrapping else ''}")


def _staged(path: Path) -> Iterator[tuple[Path, Path, str]]:
    """Yield the files that a change wrote, each with its database and tag; empty for an incomplete change."""
    for file in (*path.iterdir(), *(path / BACKUPS).glob("*")):
        if found := _STAGED.fullmatch(file.name):
            yield file, file.with_name(found["database"]), "" if found["part"] else found["tag"]


def _stage(path: Path, key: Key, fresh: Key, changed: WorkspaceInfo, progress: Progress) -> None:
    """Write all databases under the new key beside the old ones; none of them if one fails."""
    try:
        with contextlib.ExitStack() as opened:
            files = [file for file in (path / STORE, path / FILES_DB) if file.exists()]
            sources = {file: opened.enter_context(_opened(file, key)) for file in files}
            backups = sorted((path / BACKUPS).glob("*.db"))
            of_backups = sum(-(-file.stat().st_size // 4096) for file in backups)
            steps = Steps(progress, sum(map(pages_of, sources.values())) + of_backups)
            for file, db in sources.items():
                steps.copy(db, _beside(file, changed), fresh)
            for file in backups:
                _stage_backup(file, key, fresh, changed, steps)
    except BaseException:
        for staged, _, _ in list(_staged(path)):
            remove_database(staged)
        raise


def _stage_backup(file: Path, key: Key, fresh: Key, changed: WorkspaceInfo, steps: Steps) -> None:
    """Write a backup under the new key; a damaged one, as put aside before a restore, stays as it is."""
    try:
        with translated_errors(file.parent.parent), _opened(file, key) as db:
            steps.copy(db, _beside(file, changed), fresh)
    except DamagedDatabase as error:
        log.warning("a backup could not be read and keeps its key: %s", type(error).__name__)


def _opened(file: Path, key: Key) -> contextlib.closing[Database]:
    pending = file.with_name(f"{file.name}-wal").exists()
    immutable = file.parent.name == BACKUPS and not pending
    return contextlib.closing(connect(file, key, read_only=True, immutable=immutable))
