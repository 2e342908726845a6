"""Shows, after an update, what newer programs had written into the log, and indexes everything by the present rules.

A kind or field this version did not know was kept in the log alone. Now that it has a table or a column, everything is
made again from the log, once, in one transaction; a mark in the database says up to which schema that was done.

The same is done where data of people was removed before a version that removes more with them, as this one would.

What is derived from the columns by rules of ours (the words of the index, the keys of sorting) is made again where the rules
have changed since; a second mark says by which rules it was made.
"""

from __future__ import annotations

from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.row_state import any_is_erased
from ucapdesk.store.safety.erase import NO_LEFTOVERS
from ucapdesk.store.search.search_index import index_rows, rebuild_index
from ucapdesk.store.workspace.connection import Database, immediate
from ucapdesk.store.workspace.migrate import SCHEMA

SHOWN_MARK = "shown"
INDEXED = "indexed"
RULES = 5
"""Version of the index rules, raised with every change of folding, pinyin, ``store.read.sorting`` or a field's search text."""
REMOVED = "removed"
REMOVES = 4
"""Version of what is removed with a person, raised with every change of that."""
SCHEMA_WITHOUT_MARK = 1
"""The schema of workspaces without a mark, and the version of the other rules."""


def is_behind(db: Database) -> bool:
    """Return whether the log may hold what this version has not shown yet, or what it would have removed."""
    return _mark(db, SHOWN_MARK) < SCHEMA or _removes_more(db)


def _removes_more(db: Database) -> bool:
    return _mark(db, REMOVED) < REMOVES and any_is_erased(db)


def is_indexed(db: Database) -> bool:
    """Return whether index and sort keys were made by the rules of this version."""
    return _mark(db, INDEXED) >= RULES


def _mark(db: Database, name: str) -> int:
    mark = db.execute("SELECT v FROM sync_meta WHERE k = ?", (name,)).fetchone()
    return int(mark[0]) if mark else SCHEMA_WITHOUT_MARK


def catch_up(db: Database) -> None:
    """Show everything the log holds, and index it by the present rules, where that was not done yet."""
    if not is_behind(db) and is_indexed(db) and _mark(db, REMOVED) >= REMOVES:
        return
    with immediate(db):
        newer, more = "SELECT 1 FROM sync_changeset WHERE schema > ? LIMIT 1", _removes_more(db)
        if more:  # of the copies too, as soon as it is opened
            db.execute("DELETE FROM sync_meta WHERE k = ?", (NO_LEFTOVERS,))
        if more or db.execute(newer, (_mark(db, SHOWN_MARK),)).fetchone():
            (workspace,) = db.execute("SELECT v FROM sync_meta WHERE k = 'store_id'").fetchone()
            Merge(Log(db, workspace), KINDS, index_rows).rebuild()
        elif not is_indexed(db):
            rebuild_index(db)
        marks = [(SHOWN_MARK, SCHEMA), (INDEXED, RULES), (REMOVED, REMOVES)]
        db.executemany("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", marks)
