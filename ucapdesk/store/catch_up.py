"""After an update of the program: what newer programs had written into the log before is shown now.

A kind or field this version did not know was kept in the log alone. Now that it has a table or a column, everything is
made again from the log, once, in one transaction; a mark in the database says up to which schema that was done.
"""

from __future__ import annotations

from ucapdesk.model.kinds import KINDS
from ucapdesk.store.connection import Database
from ucapdesk.store.log import Log
from ucapdesk.store.merge import Merge
from ucapdesk.store.migrate import SCHEMA
from ucapdesk.store.search_index import index_rows

MARK = "shown"
FIRST = 1
"""The schema that workspaces without a mark were made by."""


def is_behind(db: Database) -> bool:
    """Whether the log may hold what this version has not shown yet."""
    return _shown(db) < SCHEMA


def _shown(db: Database) -> int:
    mark = db.execute("SELECT v FROM sync_meta WHERE k = ?", (MARK,)).fetchone()
    return int(mark[0]) if mark else FIRST


def catch_up(db: Database) -> None:
    """Show everything the log holds, where that was not done yet."""
    if not is_behind(db):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        newer = "SELECT 1 FROM sync_changeset WHERE schema > ? LIMIT 1"
        if db.execute(newer, (_shown(db),)).fetchone():
            (workspace,) = db.execute("SELECT v FROM sync_meta WHERE k = 'store_id'").fetchone()
            Merge(Log(db, workspace), KINDS, index_rows).rebuild()
        db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (MARK, SCHEMA))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
