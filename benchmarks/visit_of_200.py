"""The pack of a visit of two hundred people in a workspace of 116,000 records, and its gaps: time of the processor.

Beside it stands the least that must be done: every record that the pack tells, read from the workspace one kind after the other.
"""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.large import _meeting
from benchmarks.rows import Row, best_of_processor, row
from ucapdesk.base.ids import derived_id
from ucapdesk.store.search.full_text import index_rows

COUNT, PEOPLE, ITEMS = 116_000, 96, 12
"""Records beside the story, people of each side beyond its own, points of the programme a day."""
TIMES = 3


def _fill(desk: Any) -> None:
    """Add meetings past the log: only reading is measured here."""
    chance = random.Random(1)
    ids = {n + 10**6: derived_id("large", str(n)) for n in range(COUNT)}
    with desk.transaction() as db:
        db.executemany("INSERT INTO sync_row VALUES(?, ?, 'meeting', NULL, '{}')", ids.items())
        meetings = (_meeting(chance, id_) for id_ in ids.values())
        db.executemany('INSERT INTO meeting(id, title, "when", mode, summary) VALUES(?, ?, ?, ?, ?)', meetings)
        index_rows(db, {"meeting": ids})


def run() -> list[Row]:
    """The pack and its gaps, fonts loaded."""
    from tests.helpers.clock import START, FrozenClock
    from tests.unit.papers.story import Telling, tell
    from ucapdesk.papers import printing as papers
    from ucapdesk.papers.registry import made
    from ucapdesk.services import Desk

    with TemporaryDirectory() as folder:
        with Desk.create(Path(folder) / "w", name="Liuzhou", person="Ana", clock=FrozenClock()) as desk:
            visit = tell(desk, Telling(people=PEOPLE, items=ITEMS)).one("visit")
            _fill(desk)
        with Desk.open(Path(folder) / "w", clock=FrozenClock(START), read_only=True) as desk:
            asked = papers.request(desk, [visit], document="visit_pack")
            pages = papers.brief(desk, [visit], BytesIO(), document="visit_pack").pages
            told = made(desk, asked)[1].seen.values()
            ids: dict[type, list[str]] = {}
            for record in told:
                ids.setdefault(type(record), []).append(record.id)
            peer = best_of_processor(lambda: [desk.read.page(kind, some) for kind, some in ids.items()], TIMES)
            printed = best_of_processor(lambda: papers.brief(desk, [visit], BytesIO(), document="visit_pack"), TIMES)
            gaps = best_of_processor(lambda: papers.gaps(desk, [visit], document="visit_pack"), TIMES)
    of, peer_name = f"a visit of 200 people, {COUNT:,} records", f"reading the {len(told):,} records it tells"
    return [
        row(f"pack of {pages} pages: {of}", printed, peer_name, peer, 3000),
        row(f"its gaps: {of}", gaps, peer_name, peer, 1000),
    ]
