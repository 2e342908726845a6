"""Searching 100,000 records while typing, beside the bare question to FTS5; and what keeping the index costs."""

from __future__ import annotations

from benchmarks.large import large_workspace
from benchmarks.rows import Row, best, row
from ucapdesk.store.read.reader import Reader
from ucapdesk.store.search.full_text import expression
from ucapdesk.store.search.search_index import index_rows
from ucapdesk.store.workspace.workspace import Workspace

LIMIT = 20
TYPED = {
    "1 Han character, common": "柳",
    "2 Han characters, common": "柳州",
    "3 Han characters, common": "柳州市",
    "3 common characters that never meet": "市州柳",
    "2 Han characters, rare": "育能",
    "Latin, one letter": "h",
    "Latin, a beginning": "hyd",
    "Latin, two words": "green hydrogen",
    "pinyin": "liuzhou",
    "initials": "lzs",
    "both scripts": "柳州 hydrogen",
    "nothing found": "xyzzy",
}


def run() -> list[Row]:
    """Measured on a workspace made for it."""
    with large_workspace() as workspace:
        return measure(workspace)


def measure(workspace: Workspace) -> list[Row]:
    """The rows of the results."""
    reader = Reader(workspace.readers)
    rows = []
    with workspace.readers.connect() as connection:
        db = connection.connection.driver_connection
        assert db is not None
        sql = "SELECT rowid FROM search WHERE search MATCH ? LIMIT 200"
        for what, typed in TYPED.items():
            asked = (expression(typed, "names body"),)
            bare = best(lambda asked=asked: db.execute(sql, asked).fetchall())  # type: ignore[misc]
            ours = best(lambda typed=typed: reader.search(typed))  # type: ignore[misc]
            rows.append(row(f"search {typed}: {what}", ours, "bare FTS5 query", bare, LIMIT))
    return [*rows, *_keeping(workspace)]


def _keeping(workspace: Workspace, count: int = 2_000) -> list[Row]:
    """Indexing rows that are written: many at once, and one by one; beside the statements of FTS5 alone."""
    db = workspace.db
    assert db is not None
    numbers = dict(db.execute(f"SELECT n, id FROM sync_row LIMIT {count}").fetchall())
    texts = db.execute(f"SELECT title, summary, '', '' FROM meeting LIMIT {count}").fetchall()
    entries = [(n, *said) for n, said in zip(numbers, texts, strict=True)]
    insert = "INSERT OR REPLACE INTO search(rowid, names, body, pinyin, initials) VALUES(?,?,?,?,?)"
    db.execute("BEGIN IMMEDIATE")
    try:
        bare = best(lambda: db.executemany(insert, entries), 3) / count
        bulk = best(lambda: index_rows(db, {"meeting": numbers}), 3) / count
        (n, id_), *_ = numbers.items()
        one = best(lambda: index_rows(db, {"meeting": {n: id_}}), 50)
    finally:
        db.execute("ROLLBACK")
    peer = "INSERT of the same texts, unfolded"
    return [
        row("index a record again, 600 characters, of many at once", bulk, peer, bare),
        row("index one record again", one, peer, bare),
    ]
