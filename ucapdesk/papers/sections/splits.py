"""Splits of the delegation: stretches of a day in which two or three groups have programmes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg

Thing = ItineraryItem | TransportLeg
MAX_GROUPS_IN_COLUMNS = 3
"""Maximum number of groups in columns; more are stacked, each with its name."""


def by_start(things: Sequence[Thing]) -> Iterator[tuple[ItineraryItem, ...]]:
    """Yield the items that begin at the same time."""
    items = [thing for thing in things if isinstance(thing, ItineraryItem)]
    for _, together in groupby(items, key=lambda item: (item.when and item.when.start) or ""):
        yield tuple(together)


def stretches(things: Sequence[Thing], *, narrow: bool) -> Iterator[tuple[Sequence[Thing], Sequence[str]]]:
    """Yield the items of a day in stretches, each with the groups that have a column there, if any; ``narrow``: on a page without room
    for columns it is a single one.
    """
    for is_split, some in groupby(things, key=lambda thing: not narrow and bool(_group(thing))):
        found = tuple(some)
        groups = tuple(sorted({_group(thing) for thing in found})) if is_split else ()
        yield found, groups if 1 < len(groups) <= MAX_GROUPS_IN_COLUMNS else ()


def _group(thing: Thing) -> str:
    return (thing.group or "") if isinstance(thing, ItineraryItem) else ""
