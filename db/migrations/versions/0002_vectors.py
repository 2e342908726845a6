"""What authors had seen, packed: one row a vector, where there was one for each of its entries.

``dev`` 0 says that ``seq`` holds the numbers of all devices in turn, behind the ``struct`` code of their width.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WIDTHS = {"B": 2**8, "H": 2**16, "I": 2**32, "Q": 2**64}


def upgrade() -> None:
    db: Any = op.get_bind().connection.driver_connection
    db.execute("CREATE TEMP TABLE packed(vv INTEGER PRIMARY KEY, seqs BLOB NOT NULL)")
    db.executemany("INSERT INTO temp.packed VALUES(?, ?)", _packed(db))
    db.execute("DELETE FROM sync_vv")
    db.execute("INSERT INTO sync_vv SELECT vv, 0, seqs FROM temp.packed ORDER BY vv")
    db.execute("DROP TABLE temp.packed")


def _packed(db: Any) -> Iterator[tuple[int, bytes]]:
    entries = db.execute("SELECT vv, dev, seq FROM sync_vv WHERE dev > 0 ORDER BY vv, dev")
    for vv, group in groupby(entries, key=lambda entry: entry[0]):
        seen = {dev: seq for _, dev, seq in group}
        count, highest = max(seen), max(seen.values())
        code = next(code for code, below in WIDTHS.items() if highest < below)
        numbers = (seen.get(dev, 0) for dev in range(1, count + 1))
        yield vv, code.encode() + struct.pack(f"<{count}{code}", *numbers)
