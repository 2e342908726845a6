"""Measures what lines are made of: atoms with their widths beside their neighbours, and what should not be parted.

It knows widths only through ``Metrics``. What no width of a column changes is remembered.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol

from ucapdesk.briefing.characters import ALLOW, NEVER, SOFT, WORD, Atom, atoms, gap_between, hurt
from ucapdesk.briefing.no_break import spans

# Between Han and Latin, in em. Conventions allow up to a quarter; with the white that the glyphs bring along this is seen well, and
# no reader takes it for a space when text is copied or searched: poppler does from a tenth on.
HAN_LATIN = 0.095
# Full-width marks with ink in one half only; the empty half may go at a line end and beside another mark.
LEFT_INK, RIGHT_INK = frozenset("），．：；！？］｝、。〉》」』】〕〗’”"), frozenset("（［｛〈《「『【〔〖‘“")
_FULL = 0.9  # em: a mark that is wider has an empty half
REMEMBERED = 4096
"""Paragraphs whose measures are remembered: columns of other widths, sizes and the next preview begin with the same."""


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
    """Return the items of a paragraph, none wider than the column."""
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
    """Return what should not be broken."""
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
    """Return for each atom the penalty of a line that begins with it."""
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
