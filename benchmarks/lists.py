"""A list of 100,000 records: opened, sorted, filtered, and a page of it read; beside the bare ids from SQLite.

All is time of the processor.
"""

from __future__ import annotations

from typing import Any

from benchmarks.large import large_workspace
from benchmarks.rows import Row, row
from benchmarks.rows import best_of_processor as best
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.listing import TEXTS, Condition
from ucapdesk.store.read.reader import Reader
from ucapdesk.store.workspace.workspace import Workspace

LIMIT, MISSING_LIMIT = 150, 100
BARE = "SELECT of the ids alone"
LISTS: dict[str, dict[str, Any]] = {
    "open": {},
    "sort by title, Chinese": {"order": "sort_zh"},
    "sort by time": {"order": "when"},
    "sort backwards": {"descending": True},
    "filter 柳州, three of four match": {"find": "柳州"},
    "filter hydrogen": {"find": "hydrogen"},
    "filter cyjl, initials": {"find": "cyjl"},
    "chip by code": {"conditions": [Condition("mode", ("online",))]},
    "chip by code and by year, sort by title": {
        "conditions": [Condition("mode", ("online",)), Condition("when", ("2024",))],
        "order": "sort_zh",
    },
    "chip for a missing translation": {"conditions": [Condition(TEXTS, ("zh.missing",))]},
}


def run() -> list[Row]:
    """Measured on a workspace made for it."""
    with large_workspace() as workspace:
        return measure(workspace)


def measure(workspace: Workspace) -> list[Row]:
    """The rows of the results."""
    reader = Reader(workspace.readers)
    ids = reader.ids("meeting")
    some = ids[5000:5256]
    with workspace.readers.connect() as connection:
        db = connection.connection.driver_connection
        assert db is not None
        bare = best(lambda: db.execute("SELECT id FROM meeting WHERE is_deleted = 0").fetchall())
        marks = ",".join("?" * len(some))
        page = best(lambda: db.execute(f"SELECT * FROM meeting WHERE id IN ({marks})", some).fetchall())
    rows = []
    for what, how in LISTS.items():
        ours = best(lambda how=how: reader.ids("meeting", **how))  # type: ignore[misc]
        limit = MISSING_LIMIT if "missing" in what else LIMIT
        rows.append(row(f"list of {len(ids):,}: {what}", ours, BARE, bare, limit))
    free = best(lambda: reader.ids("meeting", order="mode"), 3)
    rows.append(row(f"list of {len(ids):,}: sort by a field without an index", free, BARE, bare))
    name = "SELECT of 256 rows"
    rows.append(row("a page of 256 records", best(lambda: reader.page(Meeting, some)), name, page))
    rows.append(row("titles of 256 records", best(lambda: reader.titles(some, "zh")), name, page))
    return rows
