"""Finds the characters of a PDF that are struck through: a line goes from the first of them to the last, through their middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ucapdesk.base.grouping import grouped

Stroke = tuple[float, float, float]
"""A line drawn on a page: where it stands, from and to."""
Box = tuple[float, float, float, float]
"""Left and right of a character, where it ends below, and its height."""
_LOWEST, _HIGHEST = 0.28, 0.65  # of the height: below are underlines
_NEAR = 2.0
_MOST = 20_000_000
"""Of lines times characters: a page with more is a drawing."""


def struck(boxes: Mapping[int, Box], flat: Sequence[Stroke]) -> set[int]:
    """Return the characters that are struck through, by their numbers; a rule of a table is longer than what stands at it."""
    if len(flat) * len(boxes) > _MOST:
        return set()
    lines = grouped((round(y), at) for at, (_, _, y, _) in boxes.items())
    found: set[int] = set()
    for height, left, right in flat:
        level = [
            at
            for y, line in lines.items()
            if _LOWEST < (y - height) / max(boxes[line[0]][3], 1.0) < _HIGHEST
            for at in line
            if left - _NEAR <= boxes[at][0] and boxes[at][1] <= right + _NEAR
        ]
        edges = [edge for at in level for edge in boxes[at][:2]]
        if level and abs(min(edges) - left) < _NEAR and abs(max(edges) - right) < _NEAR:
            found.update(level)
    return found
