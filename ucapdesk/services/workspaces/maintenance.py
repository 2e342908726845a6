"""Maintenance of a workspace: check and repair, compare with a colleague's, back up and restore."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, language, ntr, sentences
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import NOT_A_BACKUP, age_of, translated_errors
from ucapdesk.store.merge.row_state import erased_ids
from ucapdesk.store.safety import leftovers
from ucapdesk.store.safety.check import CheckReport, log_digest, record_digest
from ucapdesk.store.safety.check import check as check_store
from ucapdesk.store.safety.erase import NO_LEFTOVERS
from ucapdesk.store.safety.restore import restore, restore_copy
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.folder import BACKUPS

__all__ = ["CheckReport"]
_BACK = Message(
    "workspace",
    "All data of {name} ({id}) was removed after this backup was made, and is back now; “ucapdesk erase” removes it again.",
)
_GONE = Message(
    "workspace",
    "Steps written after this backup was made, which are no longer here: {n}. They are kept in the newest backup, which the settings list.",
)
CLEARED = Message(
    "repair",
    "Data of removed people was still in safety copies, waiting packages or file names. It is removed from "
    "them now; one new safety copy was made. Packages that waited come again with the next ones of their "
    "senders.",
)
_SILENT = Message(
    "repair",
    "Laptops that packages named but that never wrote or sent anything here are forgotten ({n}). One that "
    "appears later is asked about as a new one.",
)
_ASIDE = Message(
    "repair",
    "The damaged attachments were set aside as {file}. The records are safe; packages of colleagues bring "
    "the files again.",
)
_NAME = re.compile(r"(\d{8}T\d{6})Z(?:-\d+)?-(\w+)\.db", re.ASCII)


@dataclass(frozen=True, slots=True)
class AutomaticBackup:
    """An automatic backup in a workspace: ``why`` is daily, receive, migration, or restore for what was put aside."""

    name: str
    time: datetime
    why: str


def copies(folder: Path) -> list[AutomaticBackup]:
    """Return the automatic backups of a workspace, the newest first; it need not be possible to open it."""
    named = [match for path in (folder / BACKUPS).glob("*.db") if (match := _NAME.fullmatch(path.name))]
    found = [
        AutomaticBackup(match[0], datetime.strptime(f"{match[1]}+0000", "%Y%m%dT%H%M%S%z"), match[2]) for match in named
    ]
    return sorted(found, key=lambda copy: age_of(Path(copy.name)), reverse=True)


def check(desk: Desk, *, rebuild: bool = False, progress: Progress = untold) -> CheckReport:
    """Check the database, the log, its signatures and the files; ``rebuild`` makes all that is derived anew."""
    with translated_errors(desk.workspace.path):
        return check_store(desk, rebuild=rebuild, progress=progress)


def finish_removals(desk: Desk) -> list[Message]:
    """Clear what is left of removed data where the program was ended before it could; return a sentence if that was so."""
    with desk.alone():
        left = leftovers.of_before(desk.db)
        desk.tidy(left)
    if left.gone:
        return [CLEARED]
    if not desk.marked(NO_LEFTOVERS):  # so that no later opening has to look
        desk.mark(NO_LEFTOVERS)
    return []


def repair(desk: Desk) -> list[Message]:
    """Set damaged attachments aside, clear what is left of removed data, forget silent laptops; return what was done."""
    aside = desk.workspace.put_files_aside()
    said = [replace(_ASIDE, args={"file": aside.name})] if aside else []
    said += finish_removals(desk)
    from ucapdesk.exchange import arrival  # which a window without packages need not load

    silent = arrival.forget_silent(desk)
    return [*said, replace(_SILENT, args={"n": silent})] if silent else said


def say_well(report: CheckReport) -> str:
    n = report.counts["records"]
    said = ntr("cli", "All is well: {n} record.", "All is well: {n} records.", n)
    return sentences(said, _say_not_here(report.counts["files_missing"]))


def say_not_here(desk: Desk) -> str:
    with desk.alone():
        named = named_files(desk.db)
    return _say_not_here(len(named.keys() - desk.workspace.files.sizes(named).keys()))


def _say_not_here(n: int) -> str:
    said = ntr(
        "exchange",
        "{n} file is not here yet; it comes with the next package from a colleague who has it.",
        "{n} files are not here yet; they come with the next package from a colleague who has them.",
        n,
    )
    return said if n else ""


def digest(desk: Desk, *, log: bool = False) -> dict[str, str]:
    """Return one hash of all living records and open questions; ``log`` adds one of the log they come from."""
    with translated_errors(desk.workspace.path):
        said = {"digest": record_digest(desk.db)}
        return said | {"log": log_digest(desk.db)} if log else said


def backup(desk: Desk, target: Path, *, progress: Progress = untold) -> None:
    desk.workspace.pack(target, progress)


def restore_backup(
    file: Path,
    target: Path,
    *,
    passphrase: str | None = None,
    protect: str | None = None,
    progress: Progress = untold,
) -> Path | None:
    """Create a workspace from a backup, or put an automatic one of its own ``backups`` in place again.

    Args:
        file: A ``.ucapbackup`` file; or, by name or path, one of ``target``'s automatic copies.
        target: The workspace's folder.
        passphrase: Where the backup is protected.
        protect: The passphrase of the workspace from now on, if it shall have another; of a ``.ucapbackup`` alone.
        progress: Told of bytes.

    Returns:
        Where that which was in the place is now; None if there was nothing.
    """
    if file.suffix != ".db":
        return restore(file, target, passphrase=passphrase, protect=protect, progress=progress)
    if protect is not None:
        raise UserError(
            "A new passphrase goes with a .ucapbackup file; the automatic backup {file} keeps the one it has. "
            "Nothing was changed; restore it without a new one.",
            code="no-new-passphrase",
            file=file.name,
        )
    if not (target / BACKUPS / file.name).is_file():
        raise NOT_A_BACKUP(path=file)
    return restore_copy(target, file.name, passphrase=passphrase)


class Before(NamedTuple):
    """A workspace before a backup is restored: how many steps it held, and whose data was removed from it for good."""

    steps: int
    removed: set[str]


def before(path: Path, passphrase: str | None) -> Before:
    """Return what a workspace holds; nothing where it cannot be opened."""
    try:
        with Desk.open(path, passphrase=passphrase, read_only=True) as desk:
            return Before(sum(desk.log.vector().values()), erased_ids(desk.db))
    except UserError:
        return Before(0, set())


def steps_gone(desk: Desk, was: Before) -> list[Message]:
    gone = was.steps - sum(desk.log.vector().values())
    return [replace(_GONE, args={"n": gone})] if gone > 0 else []


def people_back(desk: Desk, removed: Collection[str]) -> list[Message]:
    there = sorted(set(desk.read.ids(Person)) & set(removed)) if removed else []
    names = desk.read.titles(there, language())
    return [replace(_BACK, args={"id": id_, "name": name}) for id_, name in names.items()]
