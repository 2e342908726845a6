"""Clears the remains of removed data in a workspace: backups, waiting packages, file names, opened copies.

The lines of the log and the tables are emptied where the removal is taken in; this is about all that was made of them
before, and about what a database keeps between its pages. What was in a safety copy is not lost with it: a new one is
made at once. A package that waited comes again whole with the next one of its giver.
"""

from __future__ import annotations

from ucapdesk.base.json_text import dumps, loads
from ucapdesk.store.merge.row_state import erased_ids
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.safety.erase import NO_LEFTOVERS
from ucapdesk.store.workspace.database import Database
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.workspace import Workspace

# Where the hashes of files are noted that are still to be dropped: nothing else tells any more that they were named.
_FILES = "files of removed data"
_FORGET = (
    "UPDATE sync_import SET file = '', error = NULL, backup = NULL, counts = json_set(counts, '$.file', '')"
    " WHERE state <> 'parked'",
    "DELETE FROM sync_import WHERE state = 'parked'",
    "DELETE FROM sync_parked",
    "UPDATE sync_export SET file = '' WHERE state <> 'writing'",
)
_COMPACT = ("INSERT INTO search(search) VALUES('optimize')", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def note(db: Database, outcome: Outcome) -> None:
    """Note, inside a transaction that removes data, that remains must be cleared, whatever happens to the program now."""
    if outcome.gone:
        db.execute("DELETE FROM sync_meta WHERE k = ?", (NO_LEFTOVERS,))
    if outcome.files:
        files = dumps(sorted(outcome.files | _noted_files(db)))
        db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (_FILES, files))


def _noted_files(db: Database) -> set[str]:
    said = db.execute("SELECT v FROM sync_meta WHERE k = ?", (_FILES,)).fetchone()
    return set(loads(said[0])) if said else set()


def clear(db: Database, workspace: Workspace, outcome: Outcome) -> None:
    """Clear the remains of removed data: the bytes of its files, and every copy in the workspace."""
    if not outcome.erased:
        return
    if outcome.gone:
        _forget_packages(db, workspace)
    workspace.files.drop((outcome.files | _noted_files(db)) - named_files(db, trash=True).keys())
    workspace.files.compact()
    for statement in _COMPACT:
        db.execute(statement)
    db.execute("DELETE FROM sync_meta WHERE k = ?", (_FILES,))
    if outcome.gone:
        workspace.replace_copies(outcome.gone)
        db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, 1)", (NO_LEFTOVERS,))


def of_before(db: Database) -> Outcome:
    """Return what is still to be cleared, where the program was ended before it could."""
    found = Outcome()
    if _noted_files(db):
        found.erased = erased_ids(db)
    if not db.execute("SELECT 1 FROM sync_meta WHERE k = ?", (NO_LEFTOVERS,)).fetchone():
        found.gone = erased_ids(db)
        found.erased = found.gone
    return found


def _forget_packages(db: Database, workspace: Workspace) -> None:
    """Remove the waiting packages, and the names of packages: they contain names of people."""
    workspace.files.drop(sha256 for (sha256,) in db.execute("SELECT sha256 FROM sync_parked").fetchall())
    for statement in _FORGET:
        db.execute(statement)
