"""Breaks lines of Chinese and of Latin text, and of both in one sentence.

``items_of`` measures atoms with their widths beside their neighbours, and remembers what no width of a column changes; widths are known
only through ``Metrics``. ``break_lines`` fills lines up to a width, ends each at the least bad place (``characters.hurt``,
``characters.spans``), mends a last line of a single character, spreads Chinese lines to the full width and answers with pieces of text
at exact places. Nothing here knows of PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from ucapdesk.briefing.text.characters import ALLOW, KEEP, NEVER, SOFT, WORD, Atom, atoms, gap_between, hurt, spans

# Between Han and Latin, in em. Conventions allow up to a quarter; with the white that the glyphs bring along this is seen well, and
# no reader takes it for a space when text is copied or searched: poppler does from a tenth on.
HAN_LATIN = 0.095
# Full-width marks with ink in one half only; the empty half may go at a line end and beside another mark.
LEFT_INK, RIGHT_INK = frozenset("），．：；！？］｝、。〉》」』】〕〗’”"), frozenset("（［｛〈《「『【〔〖‘“")
_FULL = 0.9  # em: a mark that is wider has an empty half
# Paragraphs whose measures are remembered: columns of other widths, sizes and the next preview begin with the same.
REMEMBERED = 4096


class Metrics(Hashable, Protocol):
    """Widths of text, in one weight and for one script."""

    def word(self, text: str) -> tuple[float, tuple[tuple[str, str, float], ...]]:
        """Return the width in em, and the parts (font, text, width) into which the fonts' characters cut the text."""


class Item(NamedTuple):
    """An atom with its measures in em.

    ``trim`` is what it may lose at a line end, ``head`` what it loses at a line start, and ``hurt`` how bad a line is
    that begins with it.
    """

    text: str
    kind: str
    width: float
    gap: float
    shift: float
    trim: float
    head: float
    hurt: int
    parts: tuple[tuple[str, str, float], ...]


class _Kept(NamedTuple):
    """Items that should not be parted: the first one, those after it, and how bad a break between them is; some only where a line
    holds them.
    """

    first: int
    inside: Sequence[int]
    strength: int
    if_it_fits: bool


def items_of(runs: Sequence[tuple[str, Metrics]], language: str, column: float) -> list[Item]:
    owners, measured, kept, widest = _measured(tuple(runs), language)
    items = list(measured)
    _keep_together(kept, items, column)
    if widest <= column:
        return items
    return [small for item, metrics in zip(items, owners, strict=True) for small in _explode(item, column, metrics)]


@lru_cache(REMEMBERED)
def _measured(
    runs: tuple[tuple[str, Metrics], ...], language: str
) -> tuple[Sequence[Metrics], Sequence[Item], Sequence[_Kept], float]:
    """Return metrics and measures of atoms, what should not be broken, and the width of the widest atom: all that no width of a
    column changes.
    """
    found: list[Atom] = []
    owners: list[Metrics] = []
    for run, metrics in runs:
        cut = atoms(run, language)
        found += cut
        owners += [metrics] * len(cut)
    items = list(map(_item, found, [None, *found[:-1]], [*found[1:], None], _hurts(found), owners))
    widest = max((item.width for item in items), default=0.0)
    return owners, items, _kept("".join(run for run, _ in runs), found), widest


def _kept(text: str, found: Sequence[Atom]) -> Sequence[_Kept]:
    known = list(spans(text))
    begins = accumulate((len(atom.text) for atom in found), initial=0)
    starts = dict(zip(begins, range(len(found)), strict=False)) if known else {}
    kept = []
    for start, end, strength in known:
        inside = [n for n in map(starts.get, range(start + 1, end)) if n is not None]
        if start in starts and inside:
            kept.append(_Kept(starts[start], inside, strength, strength == SOFT or text[start] == "《"))
    return kept


def _hurts(found: Sequence[Atom]) -> list[int]:
    result = [NEVER] * len(found)
    before: Atom | None = None
    spaced = False
    for n, atom in enumerate(found):
        if atom.kind == "S":
            spaced = True
            continue
        if before is not None:
            if before.kind == "H" == atom.kind:
                result[n] = ALLOW
            else:
                spaced_after = n + 1 == len(found) or found[n + 1].kind == "S"
                result[n] = hurt(before, atom, spaced, spaced_after)
        before, spaced = atom, False
    return result


def _item(atom: Atom, before: Atom | None, after: Atom | None, bad: int, metrics: Metrics) -> Item:
    """Measure an atom beside its neighbours: gaps between scripts, and marks that give up their empty half."""
    gap = HAN_LATIN if before is not None and gap_between(before, atom) else 0.0
    if not atom.wide:
        return _plain(atom.text, atom.kind, gap, bad, metrics)
    width, parts = metrics.word(atom.text)
    shift = trim = head = 0.0
    if width > _FULL:
        if atom.text in LEFT_INK:
            beside = after is not None and after.wide and (after.text in LEFT_INK or after.text in RIGHT_INK)
            if beside or (after is not None and after.kind == "S"):
                width -= 0.5
            else:
                trim = 0.5
        elif atom.text in RIGHT_INK:
            if before is not None and before.wide and before.text in RIGHT_INK:
                width, shift = width - 0.5, -0.5
            else:
                head = 0.5
        elif atom.text == "·":
            width, shift = width - 0.5, -0.25
    return Item(atom.text, atom.kind, width, gap, shift, trim, head, bad, parts)


@lru_cache(maxsize=16384)
def _plain(text: str, kind: str, gap: float, bad: int, metrics: Metrics) -> Item:
    width, parts = metrics.word(text)
    return Item(text, kind, width, gap, 0.0, 0.0, 0.0, bad, parts)


def _keep_together(kept: Sequence[_Kept], items: list[Item], column: float) -> None:
    """Make breaks inside amounts, dates, names and titles worse; names and titles only as far as they fit a line."""
    for first, inside, strength, if_it_fits in kept:
        if if_it_fits:
            wide = sum(items[n].width + items[n].gap for n in inside) + items[first].width
            if wide > (column / 2 if strength == SOFT else column):
                continue
        for n in inside:
            if items[n].hurt < strength:
                items[n] = items[n]._replace(hurt=strength)


def _explode(item: Item, column: float, metrics: Metrics) -> list[Item]:
    """Break a word wider than the column into characters."""
    if item.width <= column or len(item.text) < 2:
        return [item]
    small = []
    for n, char in enumerate(item.text):
        width, parts = metrics.word(char)
        if n == 0:
            small.append(item._replace(text=char, width=width, parts=parts))
        else:
            small.append(Item(char, item.kind, width, 0.0, 0.0, 0.0, 0.0, WORD if width else NEVER, parts))
    return small


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
