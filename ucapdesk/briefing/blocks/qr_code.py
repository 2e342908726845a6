"""Makes QR codes with ReportLab; the mask that it takes most of its time to choose is found here in a fraction of it.

A module of its own because ReportLab's is slow to load, and few papers have a code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel, QRUtil

_LEVEL = QRErrorCorrectLevel.M
_MASKS = range(8)
_RUN = re.compile(rb"\x00{5,}|\x01{5,}")
_FINDER = bytes((1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0))
_END = b"\x02"


def modules_of(data: bytes) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the code of some bytes, true where it is dark."""
    code = _Code(None, _LEVEL)
    code.addData(QR8bitByte(data))
    code.make()
    return tuple(tuple(map(bool, row)) for row in code.modules)


class _Code(QRCode):
    """A code that looks at all masks at once, its rows as numbers with a byte for a module."""

    def getBestMaskPattern(self) -> int:  # noqa: N802  # ReportLab's name
        """Return the first mask with the fewest lost points."""
        self.makeImpl(True, 0)
        rows = [int.from_bytes(bytes(row), "big") for row in self.modules]
        masked = [[row ^ flip for row, flip in zip(rows, flips, strict=True)] for flips in _flips(self.version)]
        return min(_MASKS, key=lambda mask: _lost_points(masked[mask]))


@cache
def _flips(version: int) -> Sequence[Sequence[int]]:
    """Return for each mask the modules of a version that differ under it from those under the first."""
    code = QRCode(version, _LEVEL)
    side = code.moduleCount = version * 4 + 17
    first, *_ = masks = [QRUtil.maskPattern[mask] for mask in _MASKS]
    found = []
    for mask in masks:
        rows = [bytearray(side) for _ in range(side)]
        for column, row in code.dataPosIterator():  # type: ignore[no-untyped-call]
            rows[row][column] = first(row, column) ^ mask(row, column)
        found.append([int.from_bytes(row, "big") for row in rows])
    return found


def _lost_points(numbers: Sequence[int]) -> int:
    """Return what ReportLab's ``getLostPoint`` returns; like that, look for patterns of a corner in rows only."""
    side = len(numbers)
    rows = [number.to_bytes(side, "big") for number in numbers]
    columns = map(bytes, zip(*rows, strict=True))
    runs = _RUN.findall(_END.join([*rows, *columns]))
    corners = _END.join([row[:-1] for row in rows]).count(_FINDER)
    dark = 100 * sum(map(sum, rows)) // side**2
    return sum(map(len, runs)) - 2 * len(runs) + 3 * _squares(numbers) + 40 * corners + 10 * (abs(dark - 50) // 5)


def _squares(numbers: Sequence[int]) -> int:
    """Return how many squares of four modules are of one colour."""
    side = len(numbers)
    inside = 2 ** (8 * (side - 1)) - 1
    found = 0
    for upper, lower in pairwise(numbers):
        differs = upper ^ lower
        found += side - 1 - ((differs | differs >> 8 | upper ^ upper >> 8) & inside).bit_count()
    return found
