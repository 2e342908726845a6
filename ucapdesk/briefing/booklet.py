"""Imposes the pages of a booklet, so that the folded sheets have them in order."""

from __future__ import annotations


def impose(pages: int) -> list[tuple[int | None, int | None]]:
    """Return left and right page of every side, in the order of printing; None for a blank one.

    The front of the outermost sheet holds the last and the first page, its back the second and the last but one.
    """
    total = -(-pages // 4) * 4

    def number(n: int) -> int | None:
        return n if n <= pages else None

    sides = []
    for sheet in range(total // 4):
        low, high = 2 * sheet + 1, total - 2 * sheet
        sides.append((number(high), number(low)))
        sides.append((number(low + 1), number(high - 1)))
    return sides
