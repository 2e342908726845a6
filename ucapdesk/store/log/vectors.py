"""Store what authors had seen of others: one vector for each change of it, packed into one row.

A vector names nearly every laptop, and nearly every changeset has its own vector. Stored entry by entry, vectors were more
than half of a large workspace and a third of the work of receiving a package.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Mapping
from itertools import repeat
from typing import Any

PACKED = 0
"""The device number of a packed row; devices are numbered from 1."""
WIDTHS = {"B": 2**8, "H": 2**16, "I": 2**32, "Q": 2**64}
"""Codes of ``struct`` and the bound of each. A row is the code, then the number of each device in turn."""
VECTORS_IN_MEMORY = 100_000
"""How many entries of the vectors used last stay in memory."""
VECTORS_AT_ONCE = 1000
"""How many new vectors are written together."""


class Vectors:
    """The vectors of one database, by their numbers; 0 is the one of somebody who had seen nothing."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._at_hand: OrderedDict[int, dict[int, int]] = OrderedDict()
        self._kept = 0
        self._new: list[tuple[int, int, bytes]] = []
        self._last = int(db.execute("SELECT max(vv) FROM sync_vv").fetchone()[0] or 0)

    def of(self, vv: int) -> dict[int, int]:
        """Return a vector, by local device numbers. Do not change it."""
        if not vv:
            return {}
        if (found := self._at_hand.get(vv)) is not None:
            self._at_hand.move_to_end(vv)
            return found
        self.write()
        row = self._db.execute("SELECT seq FROM sync_vv WHERE vv = ? AND dev = ?", (vv, PACKED)).fetchone()
        return self._remember(vv, unpacked(row[0]) if row else {})

    def add(self, seen: dict[int, int]) -> int:
        """Add a vector, to be written with others, and return its number."""
        self._last += 1
        self._new.append((self._last, PACKED, packed(seen)))
        self._remember(self._last, seen)
        if len(self._new) >= VECTORS_AT_ONCE:
            self.write()
        return self._last

    def write(self) -> None:
        """Write the new vectors."""
        if self._new:
            self._db.executemany("INSERT INTO sync_vv VALUES(?, ?, ?)", self._new)
            self._new = []

    def _remember(self, vv: int, seen: dict[int, int]) -> dict[int, int]:
        self._at_hand[vv] = seen
        self._kept += len(seen)
        while self._kept > VECTORS_IN_MEMORY and len(self._at_hand) > 1:
            _, dropped = self._at_hand.popitem(last=False)
            self._kept -= len(dropped)
        return seen


def packed(seen: Mapping[int, int]) -> bytes:
    """Return a vector as it is stored."""
    highest = max(seen.values(), default=0)
    code = next(code for code, below in WIDTHS.items() if highest < below)
    count = max(seen, default=0)
    return code.encode() + struct.pack(f"<{count}{code}", *map(seen.get, range(1, count + 1), repeat(0)))


def unpacked(kept: bytes) -> dict[int, int]:
    """Return a vector that was stored."""
    code = kept[:1].decode()
    numbers = struct.unpack(f"<{(len(kept) - 1) // struct.calcsize(f'<{code}')}{code}", kept[1:])
    return {device: seq for device, seq in enumerate(numbers, 1) if seq}
