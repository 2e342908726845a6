"""Breaks lines of Chinese and of Latin text, and of both in one sentence.

``break_lines`` fills lines up to a width, ends each at the least bad place (``characters.hurt``, ``no_break.spans``), mends
a last line of a single character, spreads Chinese lines to the full width and answers with pieces of text at exact
places. It knows nothing of PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ucapdesk.briefing.characters import ALLOW, KEEP, NEVER, SOFT, WORD
from ucapdesk.briefing.line_items import Item, Metrics, items_of

SHORT, SHORT_IN_CHINESE = 4.5, 3.0  # em: a last word below this is lonely
TRACKING = 0.02  # em a line may be tightened by, to take in a lonely last character
STRETCH = 0.15  # em a place may grow by before a Chinese line rather stays ragged
_EPSILON = 0.001
_BACK, _SAME = -0.1, 1e-6  # em a piece may go back for its second character; places that are the same


class Piece(NamedTuple):
    """Characters of one face standing in a line.

    Attributes:
        x: Distance from the start of the line.
        text: The characters.
        face: Name of the face.
        spread: Distance added after each character.
    """

    x: float
    text: str
    face: str
    spread: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces from left to right, the width they take and the text they show.

    The pieces are placed when they are asked for: most lines are only set to see whether they fit. ``torn`` is how bad its end is, where it ends inside something that belongs on one line: ``KEEP``, or worse in a word;
    ``SOFT`` where only a single Han character is left for the last line.
    """

    placed: Callable[[], tuple[Piece, ...]]
    width: float
    text: str
    torn: int = 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces from left to right."""
        return self.placed()


class _Range(NamedTuple):
    """Items ``start`` to ``end`` make a line; ``over`` em of it are taken back by tracking; ``torn`` as of a line."""

    start: int
    end: int
    over: float = 0.0
    torn: int = 0


def break_lines(
    runs: Sequence[tuple[str, Metrics]],
    language: str,
    size: float,
    width: float,
    *,
    justify: bool = False,
    indent: float = 0.0,
) -> list[Line]:
    """Set one paragraph.

    Args:
        runs: Clean text without line ends, each stretch with its metrics (a bold lead, then the rest).
        language: Whose rules and marks hold.
        size: Of the type, in points.
        width: Of the column, in points.
        justify: Whether all lines but the last are spread to the full width.
        indent: White before the first line, in points.

    Returns:
        The lines from top to bottom; none for text without characters to show.
    """
    column = max(width / size, 0.01)
    items = items_of(runs, language, max(column - indent / size, 0.01))
    if indent and items:
        white = Item("", "G", indent / size, 0.0, 0.0, 0.0, 0.0, NEVER, ())
        items = [white, items[0]._replace(hurt=NEVER), *items[1:]]
    ranges = _mend_last(items, _fill(items, column), column)
    last = len(ranges) - 1
    return [_place(items, r, size, column, justify and n < last) for n, r in enumerate(ranges)]


def natural_width(runs: Sequence[tuple[str, Metrics]], language: str, size: float) -> float:
    """Return the width of a paragraph set on a single line."""
    items = items_of(runs, language, float("inf"))
    return size * sum(item.width + (item.gap if n else 0) for n, item in enumerate(items))


def _fill(items: Sequence[Item], column: float) -> list[_Range]:
    """Fill line after line; each ends at the last of its least bad places."""
    limit = column + _EPSILON
    ranges: list[_Range] = []
    total = len(items)
    start = next((n for n, item in enumerate(items) if item.kind != "S"), total)
    while start < total:
        best = [-1] * (NEVER + 1)
        wide = -items[start].head
        at = start
        while at < total:
            _, kind, width, gap, _, trim, _, hurt, _ = items[at]  # the innermost loop: names would take twice as long
            if kind == "S":
                wide += width
                at += 1
                continue
            if at > start:
                best[hurt] = at
                wide += gap
            wide += width
            if wide - trim > limit and at > start:
                break
            at += 1
        if at >= total:
            return [*ranges, _Range(start, _trim(items, start, total))]
        stop = next(place for place in best if place > start)
        bad = items[stop].hurt
        ranges.append(_Range(start, _trim(items, start, stop), torn=bad if bad >= KEEP else 0))
        start = stop
    return ranges


def _trim(items: Sequence[Item], start: int, stop: int) -> int:
    while stop > start and items[stop - 1].kind == "S":
        stop -= 1
    return stop


def _width(items: Sequence[Item], start: int, end: int) -> float:
    """Return the width of a line, its last mark at full width."""
    return sum([item.width + item.gap for item in items[start:end]]) - items[start].gap - items[start].head


def _lonely(items: Sequence[Item], start: int, end: int, column: float) -> bool:
    """Return whether a last line is a single Han character or a single short word."""
    han = words = 0
    for item in items[start:end]:
        han += item.kind == "H"
        words += item.kind == "L"
        if han + words > 1 and item.kind == "S":
            return False
    if han:
        return han == 1 and not words
    if any(item.kind == "S" for item in items[start:end]):
        return False
    short = SHORT_IN_CHINESE if items[start - 1].kind == "H" else SHORT
    return _width(items, start, end) < min(short, column / 4)


def _mend_last(items: Sequence[Item], ranges: list[_Range], column: float) -> list[_Range]:
    """Avoid a last line of one character: tighten the text, or move another word down."""
    if len(ranges) < 2 or not _lonely(items, ranges[-1].start, ranges[-1].end, column):
        return ranges
    before, last = ranges[-2], ranges[-1]
    glyphs = sum(len(item.text) for item in items[before.start : last.end])
    over = _width(items, before.start, last.end) - items[last.end - 1].trim - column
    if over <= TRACKING * (glyphs - 1):
        return [*ranges[:-2], _Range(before.start, last.end, max(over, 0.0))]
    for place in range(last.start - 1, before.start, -1):
        if items[place].kind == "S" or items[place].hurt > ALLOW:
            continue
        end = _trim(items, before.start, place)
        if _width(items, before.start, end) < column / 2 or _width(items, place, last.end) > column:
            break
        if not _lonely(items, place, last.end, column):
            return [*ranges[:-2], _Range(before.start, end), _Range(place, last.end)]
    if any(item.kind == "H" for item in items[last.start : last.end]):
        return [*ranges[:-2], before._replace(torn=max(before.torn, SOFT)), last]
    return ranges


def _stretchable(before: Item, after: Item) -> bool:
    """Return whether a justified line may grow between two neighbours."""
    if after.kind == "S" or not before.text or after.gap or (after.hurt >= WORD and (before.kind == after.kind == "L")):
        return False
    return before.kind == "S" or "H" in (before.kind, after.kind) or (before.width >= 0.5 and before.trim > 0)


def _place(items: Sequence[Item], line: _Range, size: float, column: float, justify: bool) -> Line:
    """Give every piece of a line its place."""
    shown = list(items[line.start : line.end])
    natural = _width(items, line.start, line.end)
    excess = natural - column
    trimmed = min(max(excess, 0.0), shown[-1].trim)
    track = stretch = 0.0
    if line.over:
        track = -line.over / max(1, sum(len(item.text) for item in shown) - 1)
    elif justify and excess < 0:
        places = sum(_stretchable(a, b) for a, b in pairwise(shown))
        stretch = -excess / places if places else 0.0
        stretch = stretch if stretch <= STRETCH else 0.0
    if shown[0].head:
        first = shown[0]
        shown = [first._replace(width=first.width - first.head, shift=-first.head), *shown[1:]]
    pieces = partial(_pieces, shown, size, track, stretch)
    width = column if stretch else natural - trimmed - line.over
    return Line(pieces, width * size, "".join([item.text for item in shown]), line.torn)


def _pieces(shown: Sequence[Item], size: float, track: float, stretch: float) -> tuple[Piece, ...]:
    """Collect characters into as few pieces as their places allow."""
    done: list[Piece] = []
    text: list[str] = []
    face, x, begin, end = "", 0.0, 0.0, 0.0
    spread: float | None = 0.0  # what follows each character of the piece at hand; open after a single one
    before: Item | None = None
    for item in shown:
        if before is not None:
            x += item.gap
            if stretch and _stretchable(before, item):
                x += stretch
        at = x + item.shift
        for part_face, part, width in item.parts:
            count = len(part)
            step = at - end
            if (
                text
                and part_face == face
                and (step > _BACK if spread is None else abs(step - spread) < _SAME)
                and (count == 1 or abs(step - track) < _SAME)
            ):
                spread = step
                text.append(part)
            else:
                if text:
                    done.append(Piece(begin * size, "".join(text), face, (spread or 0.0) * size))
                text, face, begin = [part], part_face, at
                spread = None if count == 1 else track
            end = at + width + track * (count - 1)
            at += width + track * count
        x += item.width + track * len(item.text)
        before = item
    if text:
        done.append(Piece(begin * size, "".join(text), face, (spread or 0.0) * size))
    return tuple(done)
