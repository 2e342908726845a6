"""Searching 100,000 records while typing, beside the bare question to FTS5; and what keeping the index costs."""

from __future__ import annotations

from benchmarks.large import large_workspace
from benchmarks.rows import Row, best, best_of_processor, row
from ucapdesk.store.read.reader import Reader
from ucapdesk.store.search.full_text import index_rows
from ucapdesk.store.search.index_words import asked_words
from ucapdesk.store.search.typed_query import pieces
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
    "Traditional characters": "柳州市會議",
    "a name in another language": "Bolonia",
    "a short form of an office": "發改委",
    "an office with its city": "柳州市发展和改革委员会",
    "4 characters of common words": "城市規劃",
    "a body without a short form": "改革委员会",
    "a name in Traditional characters": "張偉",
    "another short form": "歐盟",
    "an exonym, Spanish": "Sevilla",
    "an exonym, Italian": "Roma",
    "an exonym, German": "Kanton",
    "a name without its dots": "Mueller",
    "a name with dots": "Müller",
    "v for ü": "lvliang",
    "the goal in one word": "sdg11",
    "the goal in Chinese": "目标11",
    "initials of an office": "lzfgw",
    "a month": "2019-06",
    "a day in words": "17 June 2019",
    "a telephone number": "13877212345",
    "a goal": "SDG 11",
    "two words together": "greenhydrogen",
}
SLIPS = {
    "a letter missing": "hydrogn",
    "two changed round, pinyin": "luizhou",
    "two slips": "universty reserch",
    "a letter missing, nothing near": "Stutgart",
    "another letter": "Barselona",
}
"""Words that nothing holds: what is found is one letter away."""


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
        for what, typed in (TYPED | SLIPS).items():
            asked = (_bare(typed),)
            bare = best_of_processor(lambda asked=asked: db.execute(sql, asked).fetchall())  # type: ignore[misc]
            near = typed in SLIPS.values()
            ours = best_of_processor(lambda typed=typed, near=near: _ours(reader, typed, near=near))  # type: ignore[misc]
            rows.append(row(f"search {typed}: {what}", ours, "bare FTS5 query for the words as typed", bare, LIMIT))
    return [*rows, *_keeping(workspace)]


def _bare(typed: str) -> str:
    """The words as the index holds them, the last one begun."""
    words = [asked_words(each.words) for each in pieces(typed)]
    begun = words[-1][1] or words[-1][0].isascii()
    return " ".join(f'"{said}"' for said, _ in words) + "*" * begun


def _ours(reader: Reader, typed: str, *, near: bool) -> object:
    """Search as the box does: a letter otherwise only after nothing was found."""
    return reader.search(typed) or (reader.search(typed, near=True) if near else [])


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
